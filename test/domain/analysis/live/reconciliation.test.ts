import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformMeasures } from '../../../../contracts/streams/stream-event.ts';
import { dayCounts } from '../../../../domain/analysis/live/day-counts.ts';
import type { DayFacts } from '../../../../domain/analysis/live/day-facts.ts';
import { type DayEvidence, reconcileDay } from '../../../../domain/analysis/live/reconciliation.ts';
import { type HourCounters, noCounters } from '../../../../domain/integrations/streaming/counters.ts';
import type { PolledTotals } from '../../../../domain/integrations/streaming/poll-difference.ts';

const date = '2026-11-22';
const account = {
  id: 'acc_1',
  name: 'Shop DE',
  platform: 'google-ads' as const,
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
};
/** Berlin: the day ends at 23:00 of UTC, and is polled for three hours more. */
const lastPoll = Date.parse('2026-11-23T01:58:00Z');
const before = Date.parse('2026-11-22T20:00:00Z');
const after = Date.parse('2026-11-23T04:10:00Z');
const morning = Date.parse('2026-11-23T08:00:00Z');

const totals = (spendMicros: number): PolledTotals => ({
  impressions: 0,
  clicks: 0,
  spendMicros,
  conversionsMicros: 0,
  conversionValueMicros: 0,
});
const spends = (campaigns: Readonly<Record<string, number>>) =>
  new Map(Object.entries(campaigns).map(([id, spend]) => [id, totals(spend)]));
const facts = (spendMicros: number, changedAt: number | null = after, exact = true): DayFacts => ({
  totals: totals(spendMicros),
  changedAt,
  exact,
});
const hour = (given: Partial<Omit<HourCounters, 'counters'>>, counters: Partial<HourCounters['counters']>) => ({
  accountId: account.id,
  campaignId: 'a',
  adGroupId: null,
  adId: null,
  currency: 'EUR',
  date,
  hour: 12,
  ...given,
  counters: { ...noCounters, ...counters },
});

interface Day {
  readonly hours?: readonly HourCounters[];
  readonly polled?: Readonly<Record<string, number>>;
  readonly polledBefore?: Readonly<Record<string, number>>;
  readonly askedAt?: number;
  readonly unsent?: boolean;
  readonly facts?: DayFacts | undefined;
  readonly campaigns?: DayFacts | undefined;
  readonly now?: number;
}
/** By default everything agrees: 100 counted, polled and loaded. */
const evidence = (day: Day = {}): DayEvidence => ({
  account,
  date,
  counts: dayCounts(day.hours ?? [hour({}, { spendMicros: 100 })], date, 'EUR'),
  polls: {
    totals: spends(day.polled ?? { a: 100 }),
    before: spends(day.polledBefore ?? day.polled ?? { a: 100 }),
    askedAt: day.askedAt ?? lastPoll,
    polledAt: day.askedAt ?? lastPoll,
    unsent: day.unsent ?? false,
  },
  facts: 'facts' in day ? day.facts : facts(100),
  campaignFacts: 'campaigns' in day ? day.campaigns : day.facts,
  now: day.now ?? morning,
});
const spendOf = (given: DayEvidence) => {
  const found = reconcileDay(given).measures.find(({ measure }) => measure === 'spendMicros');
  if (found === undefined) throw new Error('Spend is missing.');
  return found;
};
const partsOf = (given: DayEvidence) => spendOf(given).parts.map(({ part, reason, amount }) => [part, reason, amount]);

describe('the parts of a difference', () => {
  it.each<readonly [string, Day, readonly (readonly [string, string, number])[]]>([
    ['nothing, when all three agree', {}, []],
    ['what the platform credited after the last poll', { facts: facts(130) }, [['restated', 'changed-after', 30]]],
    ['what it took back', { facts: facts(90) }, [['restated', 'changed-after', -10]]],
    ['a load older than the last poll', { facts: facts(70, before) }, [['notLoaded', 'load-older', -30]]],
    ['a poll that was not counted', { polled: { a: 100, b: 25 }, facts: facts(125) }, [['missing', 'lost', 25]]],
    [
      'a poll that is kept and not all sent',
      { polled: { a: 125 }, polledBefore: { a: 100 }, unsent: true, facts: facts(125) },
      [['missing', 'on-the-way', 25]],
    ],
    [
      'no more on the way than the last poll brought',
      { polled: { a: 125 }, polledBefore: { a: 115 }, unsent: true, facts: facts(125) },
      [
        ['missing', 'on-the-way', 10],
        ['missing', 'lost', 15],
      ],
    ],
    [
      'a platform’s taking back that is on its way, in a day that runs',
      {
        polled: { a: 80 },
        polledBefore: { a: 100 },
        askedAt: before,
        now: before + 60_000,
        facts: facts(70, before - 3_600_000),
      },
      [
        ['missing', 'on-the-way', -20],
        ['notLoaded', 'load-older', -10],
      ],
    ],
    [
      'events of others, beneath a campaign and beside the platform’s word',
      {
        hours: [
          hour({}, { spendMicros: 107 }),
          hour({ adGroupId: 'g' }, { spendMicros: 5 }),
          hour({ campaignId: null }, { spendMicros: 3 }),
        ],
      },
      [['otherSenders', 'own-events', -15]],
    ],
    [
      'one campaign lost and another counted beyond, not set off against each other',
      { hours: [hour({}, { spendMicros: 104 })], polled: { a: 100, b: 4 }, facts: facts(104) },
      [
        ['otherSenders', 'own-events', -4],
        ['missing', 'lost', 4],
      ],
    ],
    [
      'an account’s report that says more than its campaigns',
      { facts: facts(112), campaigns: facts(110) },
      [
        ['restated', 'changed-after', 10],
        ['betweenGrains', 'account-report', 2],
      ],
    ],
    [
      'polling that ended before the day did',
      { askedAt: before, facts: facts(160) },
      [['notPolled', 'polling-ended', 60]],
    ],
    [
      'a load newer than the last poll of the running day',
      { askedAt: before - 600_000, facts: facts(103, before), now: before + 60_000 },
      [['notPolled', 'still-running', 3]],
    ],
    [
      'facts that do not say when they were loaded',
      { facts: facts(130, after, false) },
      [['unexplained', 'load-time-unknown', 30]],
    ],
  ])('tell %s', (_, day, parts) => {
    expect(partsOf(evidence(day))).toEqual(parts);
  });

  it('say that a day was never polled, and that nobody knows it any more once that would be forgotten', () => {
    const unpolled = { ...evidence({ facts: facts(140) }), polls: undefined };
    expect(partsOf(unpolled)).toEqual([['notPolled', 'never-polled', 40]]);
    const later = { ...unpolled, now: Date.parse('2026-12-27T12:00:00Z') };
    expect(partsOf(later)).toEqual([['unexplained', 'poll-forgotten', 40]]);
    expect(spendOf(later)).toMatchObject({ polled: null, stream: 100, batch: 140, difference: 40 });
    // A day that was taken up to be polled and never answered.
    const tried = evidence({ askedAt: 0, facts: facts(140) });
    expect(partsOf(tried)).toEqual([['notPolled', 'never-polled', 40]]);
  });

  it('are none where no facts are loaded or a platform does not report the measure', () => {
    const unloaded = reconcileDay(evidence({ facts: undefined }));
    expect(unloaded.load).toEqual({ kind: 'none' });
    expect(spendOf(evidence({ facts: undefined }))).toMatchObject({
      polled: 100,
      batch: null,
      difference: null,
      parts: [],
    });
    const silent = { ...facts(100), totals: { ...totals(100), conversionValueMicros: null } };
    const { measures } = reconcileDay(evidence({ facts: silent }));
    expect(measures.find(({ measure }) => measure === 'conversionValueMicros')).toMatchObject({
      batch: null,
      parts: [],
    });
  });

  it('add up to the batch exactly, whatever was counted, polled and loaded', () => {
    const amount = fc.integer({ min: -4_000_000_000_000, max: 4_000_000_000_000 });
    const values = fc.record(
      Object.fromEntries(platformMeasures.map((name) => [name, amount])) as Record<
        (typeof platformMeasures)[number],
        typeof amount
      >,
    );
    const loaded = fc.option(
      fc.record({
        totals: values,
        changedAt: fc.constantFrom(null, before, lastPoll, after),
        exact: fc.boolean(),
      }),
      { nil: undefined },
    );
    const byCampaign = fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), values)
      .map((campaigns) => new Map(Object.entries(campaigns)));
    const hours = fc.array(
      fc
        .record({
          campaignId: fc.constantFrom('a', 'b', 'd', null),
          adGroupId: fc.constantFrom(null, null, 'g'),
          currency: fc.constantFrom('EUR', 'EUR', 'USD', null),
          counters: values,
        })
        .map(({ counters, ...place }) => hour(place, counters)),
      { maxLength: 8 },
    );
    const polls = fc.option(
      fc.record({
        totals: byCampaign,
        before: byCampaign,
        askedAt: fc.constantFrom(0, before, lastPoll),
        polledAt: fc.constantFrom(before, lastPoll),
        unsent: fc.boolean(),
      }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.record({
          hours,
          polls,
          facts: loaded,
          campaignFacts: loaded,
          now: fc.constantFrom(before + 1, lastPoll + 1, morning, Date.parse('2027-01-10T00:00:00Z')),
        }),
        ({ hours: counted, ...given }) => {
          const day = { account, date, counts: dayCounts(counted, date, 'EUR'), ...given };
          for (const { stream, batch, difference, parts } of reconcileDay(day).measures) {
            const sum = parts.reduce((whole, one) => whole + one.amount, 0);
            if (batch === null) expect([difference, parts]).toEqual([null, []]);
            else expect([stream + sum, difference]).toEqual([batch, batch - stream]);
          }
        },
      ),
    );
  });
});

describe('what was counted of a day', () => {
  it('keeps currencies, late events and the site’s orders apart', () => {
    const counts = dayCounts(
      [
        hour({}, { spendMicros: 10, conversionValueMicros: 70, orders: 1, revenueMicros: 60 }),
        hour({ currency: 'USD' }, { conversionValueMicros: 500, orders: 2, revenueMicros: 40, refundsMicros: 5 }),
        hour({ currency: null }, { clicks: 3, late: 2 }),
        hour({ date: '2026-11-23' }, { clicks: 9, late: 4, spendMicros: 1_000 }),
      ],
      date,
      'EUR',
    );
    expect(counts.totals).toMatchObject({ spendMicros: 10, conversionValueMicros: 70, clicks: 3 });
    expect(counts.late).toEqual({ thatDay: 2, nextDay: 4 });
    expect(counts.site).toEqual({
      orders: 3,
      money: [
        { currency: 'EUR', revenueMicros: 60, refundsMicros: 0 },
        { currency: 'USD', revenueMicros: 40, refundsMicros: 5 },
      ],
    });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { platformMeasures, streamEvent } from '../../../../contracts/streams/stream-event.ts';
import { admitEvent } from '../../../../domain/integrations/streaming/admit-event.ts';
import { placeEvent } from '../../../../domain/integrations/streaming/place-event.ts';
import {
  type DayTotals,
  type PolledDay,
  type PolledTotals,
  pollDifference,
} from '../../../../domain/integrations/streaming/poll-difference.ts';

const timeZone = 'Europe/Berlin';
const account = {
  id: 'acc_01J00000000000000000000000',
  platform: 'google-ads',
  platformId: '111',
  currency: 'EUR',
  timeZone,
} as const;
/** Of Berlin, an hour before UTC. */
const local = (time: string, date = '2026-11-20') => Date.parse(`${date}T${time}+01:00`);
const at = (polledAt: number, polledBefore: number | null, over: Partial<PolledDay> = {}): PolledDay => ({
  workspaceId: 'wsp_01J00000000000000000000000',
  account,
  date: '2026-11-20',
  sequence: 1,
  polledAt,
  polledBefore,
  ...over,
});
const totals = (spendMicros: number, clicks = 0): PolledTotals => ({
  impressions: 0,
  clicks,
  spendMicros,
  conversionsMicros: 0,
  conversionValueMicros: 0,
});
const ten = local('10:00');
const clock = (instant: number | undefined) => new Date((instant ?? Number.NaN) + 3_600_000).toISOString().slice(0, 19);

describe('what came between two polls', () => {
  it('is one event of each campaign that changed, with what changed of it alone', () => {
    const events = pollDifference(
      { 1: totals(100, 1), 2: totals(50, 1), 3: totals(7) },
      { 1: totals(250, 1), 2: totals(50, 1), 4: totals(9, 2) },
      at(ten, ten - 300_000, { sequence: 12 }),
    );
    expect(events.map(({ id, measures: { spendMicros, clicks } }) => [id, spendMicros, clicks])).toEqual([
      [`poll/${account.id}/2026-11-20/1/12`, 150, 0],
      // The platform speaks of it no more: all of it is taken back.
      [`poll/${account.id}/2026-11-20/3/12`, -7, 0],
      [`poll/${account.id}/2026-11-20/4/12`, 9, 2],
    ]);
    expect(events.map((event) => streamEvent.parse(event))).toEqual(events);
  });

  it('is nothing when the platform says the same', () => {
    expect(pollDifference({ 1: totals(100) }, { 1: totals(100) }, at(ten, ten - 300_000))).toEqual([]);
    expect(pollDifference({}, { 1: totals(0) }, at(ten, null))).toEqual([]);
  });

  it('is the same events whenever it is asked, so that sending them again counts them once', () => {
    const day = at(ten, ten - 300_000, { sequence: 3 });
    const [before, now] = [{ 1: totals(100) }, { 1: totals(180), 2: totals(3) }];
    expect(pollDifference(before, now, day)).toEqual(pollDifference(structuredClone(before), { ...now }, { ...day }));
    const next = pollDifference(before, now, { ...day, sequence: 4 });
    expect(next.map(({ id }) => id)).not.toContain(pollDifference(before, now, day)[0]?.id);
  });

  it('takes back what the platform restates downwards', () => {
    const [event] = pollDifference({ 1: totals(100, 9) }, { 1: totals(60, 8) }, at(ten, ten - 300_000));
    expect(event?.measures).toMatchObject({ spendMicros: -40, clicks: -1 });
  });

  it.each([
    ['the minute of the poll', local('10:00'), local('09:55'), '2026-11-20T10:00:00'],
    ['the minute of the poll after a pause of an hour', local('10:00'), local('09:00'), '2026-11-20T10:00:00'],
    ['the beginning of a pause of more', local('10:01'), local('09:00'), '2026-11-20T09:00:00'],
    ['the beginning of a day first asked for at ten', local('10:00'), null, '2026-11-20T00:00:00'],
    ['the minute of a first poll soon after midnight', local('00:40'), null, '2026-11-20T00:40:00'],
    ['the last minute of a day that is over', local('00:04', '2026-11-21'), local('23:59'), '2026-11-20T23:59:59'],
    [
      'the last minute, hours after it',
      local('02:50', '2026-11-21'),
      local('02:45', '2026-11-21'),
      '2026-11-20T23:59:59',
    ],
    ['the beginning of a pause over midnight', local('01:00', '2026-11-21'), local('23:30'), '2026-11-20T23:30:00'],
    // Further back than a day it would be late and count nowhere.
    ['as far back as anything may count', local('02:00', '2026-11-21'), local('00:30'), '2026-11-20T02:00:00'],
  ])('counts in %s', (_, polledAt, polledBefore, expected) => {
    const [event] = pollDifference({}, { 1: totals(5) }, at(polledAt, polledBefore));
    expect(clock(event?.occurredAt)).toBe(expected);
  });

  const amount = fc.integer({ min: 0, max: 1_000_000_000 });
  const answer: fc.Arbitrary<DayTotals> = fc.dictionary(
    fc.constantFrom('7', '11', '9007199254740993', 'urn:li:sponsoredCampaign:5'),
    fc.record({
      impressions: amount,
      clicks: amount,
      spendMicros: amount,
      conversionsMicros: amount,
      conversionValueMicros: amount,
    }),
  );
  const dates = fc.constantFrom(
    ['2026-11-20', timeZone, '2026-11-19T23:00:00Z'],
    ['2026-10-25', timeZone, '2026-10-24T22:00:00Z'],
    ['2026-03-29', timeZone, '2026-03-28T23:00:00Z'],
    ['2026-11-20', 'Asia/Kathmandu', '2026-11-19T18:15:00Z'],
  );
  /** Milliseconds since the poll before. */
  const pauses = fc.oneof(fc.integer({ min: 1_000, max: 600_000 }), fc.integer({ min: 1, max: 30 * 3_600_000 }));

  it('adds up to what the platform said last, in hours of the day it said it of, whatever came between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(answer, pauses), { minLength: 1, maxLength: 12 }),
        dates,
        (polls, [date, zone, first]) => {
          const own = { ...account, timeZone: zone };
          let now = Date.parse(first);
          const latest = now + 28 * 3_600_000;
          let before: DayTotals = {};
          let polledBefore: number | null = null;
          const sums: Record<string, number> = {};
          const told = new Set([`admitted in time on ${date}`]);
          for (const [index, [next, pause]] of polls.entries()) {
            now = Math.min(latest, now + pause);
            const day = at(now, polledBefore, { account: own, date, sequence: index + 1 });
            const events = pollDifference(before, next, day);
            for (const event of events) {
              const { late, dayPart } = placeEvent(event, zone);
              told.add(`${admitEvent(event, own, now).kind} ${late ? 'late' : 'in time'} on ${dayPart.slice(0, 10)}`);
              for (const name of platformMeasures) {
                const key = `${event.campaignId} ${name}`;
                sums[key] = (sums[key] ?? 0) + event.measures[name];
              }
            }
            before = next;
            polledBefore = now;
          }
          expect([...told]).toEqual([`admitted in time on ${date}`]);
          const said = pollDifference({}, before, at(now, null, { account: own, date })).flatMap((event) =>
            platformMeasures.map((name) => [`${event.campaignId} ${name}`, event.measures[name]] as const),
          );
          const nonZero = (entries: Iterable<readonly [string, number]>) =>
            Object.fromEntries([...entries].filter(([, value]) => value !== 0));
          expect(nonZero(Object.entries(sums))).toEqual(nonZero(said));
        },
      ),
      { numRuns: 100 },
    );
  });
});

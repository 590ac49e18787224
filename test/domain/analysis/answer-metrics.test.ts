import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dimension, metricRow } from '../../../contracts/schemas/metrics.ts';
import { answerMetrics, type MetricsRequest } from '../../../domain/analysis/answer-metrics.ts';
import { previousPeriod } from '../../../domain/analysis/calendar.ts';
import type { RateTable } from '../../../domain/analysis/currency-conversion.ts';
import type { Rollup } from '../../../domain/analysis/rollup.ts';
import { addDays } from '../../../domain/integrations/calendar-day.ts';
import { accountIdOf, campaignIdOf, type Fact, fact, rollupsOf, someFacts } from './facts.ts';

/** Published on the day before the facts begin and every fourth day after: each day has one at most three days old. */
const rates: RateTable = {
  base: 'EUR',
  days: new Map(
    Array.from({ length: 20 }, (_, index) => [
      addDays('2026-11-30', index * 4),
      { USD: `1.0${index + 10}7`, JPY: `15${index % 10}.68` },
    ]),
  ),
};

const period = { from: '2026-12-29', to: '2027-01-25' };
const request = (given: Partial<MetricsRequest> = {}): MetricsRequest => ({
  period,
  groupBy: [],
  currency: 'EUR',
  rates,
  ...given,
});

function answered(rollups: readonly Rollup[], given: Partial<MetricsRequest> = {}) {
  const answer = answerMetrics(rollups, request(given));
  if (answer.kind !== 'answered') throw new Error(answer.kind);
  return answer;
}

const groupings = fc.subarray(['platform', 'account', 'campaign', 'date', 'week', 'month'] satisfies Dimension[]);
const sides = (rows: ReturnType<typeof answered>['rows'], side: 'values' | 'previous') => {
  const found = rows.map((row) => row[side]).filter((values) => values !== null && values !== undefined);
  return {
    impressions: found.reduce((sum, values) => sum + values.impressions, 0),
    clicks: found.reduce((sum, values) => sum + values.clicks, 0),
    spendMicros: found.reduce((sum, values) => sum + values.spendMicros, 0),
    conversionsMicros: found.reduce((sum, values) => sum + Math.round((values.conversions ?? 0) * 1e6), 0),
    conversionValueMicros: found.reduce((sum, values) => sum + (values.conversionValueMicros ?? 0), 0),
  };
};

describe('grouping', () => {
  it('keeps totals the same and equal to the sum of rows, to the micro, however it groups', () => {
    fc.assert(
      fc.property(someFacts, groupings, fc.constantFrom('EUR', 'USD', 'JPY'), (facts, groupBy, currency) => {
        const rollups = rollupsOf(facts);
        const previous = previousPeriod(period);
        const whole = answered(rollups, { currency, previous });
        const grouped = answered(rollups, { currency, previous, groupBy });
        expect(grouped.totals).toEqual(whole.totals);
        expect(grouped.previousTotals).toEqual(whole.previousTotals);
        const { conversions, conversionValueMicros, ...totals } = grouped.totals;
        expect({ ...totals, conversionValueMicros: conversionValueMicros ?? 0 }).toMatchObject(
          (({ conversionsMicros: _, ...sums }) => sums)(sides(grouped.rows, 'values')),
        );
        expect(Math.round((conversions ?? 0) * 1e6)).toBe(sides(grouped.rows, 'values').conversionsMicros);
        expect(sides(grouped.rows, 'previous').spendMicros).toBe(grouped.previousTotals?.spendMicros ?? 0);
      }),
    );
  });

  it('does not depend on the order of rollups or rows', () => {
    fc.assert(
      fc.property(someFacts, groupings, fc.integer(), (facts, groupBy, seed) => {
        const shuffled = facts.toSorted(
          (a, b) => ((a.impressions * 31 + seed) % 97) - ((b.impressions * 31 + seed) % 97),
        );
        const key = (row: object) => JSON.stringify(row);
        const one = answered(rollupsOf(facts), { groupBy, currency: 'USD' });
        const other = answered(rollupsOf(shuffled).toReversed(), { groupBy, currency: 'USD' });
        expect(other.rows.map(key).toSorted()).toEqual(one.rows.map(key).toSorted());
        expect(other.totals).toEqual(one.totals);
      }),
    );
  });

  it('answers rows that the contract knows', () => {
    fc.assert(
      fc.property(someFacts, groupings, (facts, groupBy) => {
        for (const row of answered(rollupsOf(facts), { groupBy, previous: previousPeriod(period) }).rows) {
          expect(metricRow.safeParse(row).success).toBe(true);
        }
      }),
    );
  });

  it('puts days into ISO weeks across the new year', () => {
    const { rows } = answered(
      rollupsOf(['2026-12-31', '2027-01-01', '2027-01-03', '2027-01-04'].map((date) => fact({ date, impressions: 1 }))),
      { groupBy: ['week'] },
    );
    expect(rows.map(({ week, values }) => [week, values.impressions])).toEqual([
      ['2026-12-28', 3],
      ['2027-01-04', 1],
    ]);
  });

  it('counts the days of the period only, both ends included', () => {
    const dates = ['2026-12-28', '2026-12-29', '2027-01-25', '2027-01-26'];
    const { totals } = answered(rollupsOf(dates.map((date, index) => fact({ date, clicks: 10 ** index }))));
    expect(totals.clicks).toBe(110);
  });

  it('never makes zero of what is not reported, and names what a part of the rows does not report', () => {
    const whole = { conversionsMicros: 2_000_000, conversionValueMicros: 30_000_000, spendMicros: 10_000_000 };
    const none = { ...whole, conversionsMicros: null, conversionValueMicros: null };
    const rollups = rollupsOf([
      fact({ campaign: 1, date: '2027-01-04', ...whole, videoViews: 5 }),
      fact({ campaign: 2, date: '2027-01-04', ...none }),
      fact({ campaign: 3, date: '2027-01-04', ...none }),
      fact({ campaign: 3, date: '2027-01-05', ...whole }),
    ]);
    const { rows, totals } = answered(rollups, { groupBy: ['campaign'] });
    const [reported, silent, partly] = rows.map(({ values }) => values);
    expect(reported).toMatchObject({ conversions: 2, cpaMicros: 5_000_000, roas: 3, videoViews: 5 });
    expect(reported).not.toHaveProperty('unreported');
    expect(silent).toMatchObject({ conversions: null, conversionValueMicros: null, cpaMicros: null, roas: null });
    expect(silent).not.toHaveProperty('unreported');
    // Two conversions against the spend of both days would be a cost nobody paid.
    const halves = {
      conversions: 2,
      cpaMicros: null,
      roas: null,
      unreported: ['conversions', 'conversionValueMicros'],
    };
    expect(partly).toMatchObject(halves);
    expect(totals).toMatchObject({
      conversions: 4,
      cpaMicros: null,
      videoViews: 5,
      unreported: ['conversions', 'conversionValueMicros', 'videoViews'],
    });
  });

  it('leaves unreported what has stopped and never was reported', () => {
    const rollups = rollupsOf([fact({ date: '2026-12-02', impressions: 4, conversionsMicros: null })]);
    const { rows } = answered(rollups, { groupBy: ['campaign'], previous: previousPeriod(period) });
    expect(rows).toMatchObject([{ values: { impressions: 0, conversions: null }, previous: { conversions: null } }]);
  });

  it('narrows to one campaign', () => {
    const facts = [
      fact({ campaign: 1, clicks: 3, date: period.from }),
      fact({ campaign: 2, clicks: 5, date: period.from }),
    ];
    expect(answered(rollupsOf(facts), { campaignId: campaignIdOf(2) }).totals.clicks).toBe(5);
  });

  it('refuses more rows than anyone pages through', { timeout: 20_000 }, () => {
    const dates = Array.from({ length: 26 }, (_, day) => addDays(period.from, day));
    const many = Array.from({ length: 10_000 }, (_, campaign) => dates.map((date) => fact({ campaign, date }))).flat();
    const rollups = rollupsOf(many);
    expect(answerMetrics(rollups, request({ groupBy: ['campaign', 'date'] }))).toEqual({ kind: 'too-many-groups' });
    expect(answerMetrics(rollups, request({ groupBy: ['campaign'] })).kind).toBe('answered');
  });

  it('answers nothing with zeros and no row', () => {
    expect(answered([])).toMatchObject({
      rows: [],
      totals: { spendMicros: 0, ctr: null, roas: null },
      unconverted: [],
    });
  });
});

describe('derived metrics', () => {
  it('are ratios of sums', () => {
    const facts = [
      fact({
        date: '2027-01-04',
        impressions: 1_000,
        clicks: 10,
        spendMicros: 5_000_000,
        conversionsMicros: 1_500_000,
        conversionValueMicros: 20_000_000,
      }),
      fact({ date: '2027-01-05', impressions: 3_000, clicks: 70, spendMicros: 3_000_001 }),
    ];
    expect(answered(rollupsOf(facts)).totals).toEqual({
      impressions: 4_000,
      clicks: 80,
      spendMicros: 8_000_001,
      conversions: 1.5,
      conversionValueMicros: 20_000_000,
      videoViews: null,
      ctr: 0.02,
      cpcMicros: 100_000,
      cpaMicros: 5_333_334,
      roas: 20_000_000 / 8_000_001,
    });
  });

  it('are null where there is nothing to divide by', () => {
    expect(answered(rollupsOf([fact({ date: period.from, spendMicros: 7 })])).totals).toMatchObject({
      ctr: null,
      cpcMicros: null,
      cpaMicros: null,
      roas: 0,
    });
  });
});

describe('conversion', () => {
  // Computed outside this system with Python's decimal module (60 digits, ROUND_HALF_UP) and datetime.isocalendar: each
  // account's day converted at the last rate published, rounded once, then summed by ISO week.
  it.each([
    [
      'EUR',
      [
        ['2026-12-28', 107_061_510, 321_185_981, 390],
        ['2027-01-04', 129_838_486, 389_517_506, 420],
        ['2027-01-11', 135_328_430, 405_987_736, 390],
        ['2027-01-18', 140_943_216, 422_832_478, 510],
        ['2027-01-25', 20_596_537, 61_790_048, 0],
      ],
    ],
    [
      'JPY',
      [
        ['2026-12-28', 16_935_464_696, 50_806_624_359, 390],
        ['2027-01-04', 20_375_532_213, 61_126_919_411, 420],
        ['2027-01-11', 20_508_176_021, 61_524_898_803, 390],
        ['2027-01-18', 21_600_442_749, 64_801_762_431, 510],
        ['2027-01-25', 3_185_872_372, 9_557_684_575, 0],
      ],
    ],
  ])('of three currencies into %s gives the weeks that Python gives, to the micro', (currency, weeks) => {
    const facts = Array.from({ length: 3 * 4 * 56 }, (_, index) => {
      const [account, campaign, day] = [Math.floor(index / 224), Math.floor(index / 56) % 4, index % 56];
      const spendMicros = (account + 1) * 1_234_567 + campaign * 7_919 * day + day * day * 31;
      return fact({
        account,
        campaign,
        date: addDays('2026-12-01', day),
        spendMicros,
        conversionValueMicros: 3 * spendMicros + day,
        clicks: (campaign + 1) * (day % 5),
      });
    });
    const { rows } = answered(rollupsOf(facts), { groupBy: ['week'], currency });
    const found = rows.map(({ week, values }) => [
      week,
      values.spendMicros,
      values.conversionValueMicros,
      values.clicks,
    ]);
    expect(found.toSorted()).toEqual(weeks);
  });

  it('uses the rate of each day', () => {
    const facts = [
      fact({ account: 1, date: '2027-01-04', spendMicros: 1_100_000 }),
      fact({ account: 1, date: '2027-01-05', spendMicros: 1_200_000 }),
    ];
    const dated: RateTable = {
      base: 'EUR',
      days: new Map([
        ['2027-01-04', { USD: '1.1' }],
        ['2027-01-05', { USD: '1.2' }],
      ]),
    };
    expect(answered(rollupsOf(facts), { rates: dated }).totals.spendMicros).toBe(2_000_000);
  });

  it('leaves money out that has no rate, says so by currency and day, and gives no cost per click for what it touches', () => {
    const facts = [
      fact({ account: 0, date: '2027-01-04', clicks: 2, spendMicros: 4_000_000 }),
      fact({ account: 2, campaign: 1, date: '2027-01-04', clicks: 1, spendMicros: 500 }),
      fact({ account: 2, campaign: 2, date: '2027-01-04', clicks: 1, spendMicros: 700 }),
    ];
    const answer = answered(rollupsOf(facts), { rates: { base: 'EUR', days: new Map() }, groupBy: ['account'] });
    expect(answer.unconverted).toEqual([{ currency: 'JPY', date: '2027-01-04', spendMicros: 1_200 }]);
    expect(answer.totals).toMatchObject({ clicks: 4, spendMicros: 4_000_000, cpcMicros: null });
    expect(answer.rows.find((row) => row.accountId === accountIdOf(0))?.values.cpcMicros).toBe(2_000_000);
    expect(answer.rows.find((row) => row.accountId === accountIdOf(2))?.values).toMatchObject({
      clicks: 2,
      spendMicros: 0,
      cpcMicros: null,
    });
  });

  const flat: RateTable = {
    base: 'EUR',
    days: new Map(rates.days.keys().map((day) => [day, { USD: '1.0837', JPY: '155.68' }])),
  };

  it('is off by less than a micro a fact, and by at most half of one a day of an account', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const inside = facts.filter(({ date }) => date >= period.from && date <= period.to);
        const perEuro = [1, 1.0837, 155.68];
        const exactOf = (some: readonly Fact[]) =>
          some.reduce((sum, { account, spendMicros }) => sum + spendMicros / (perEuro[account] ?? 1), 0);
        // The reference itself is a sum of doubles: one millionth of a micro for each fact.
        const margin = inside.length * 1e-6;
        const { totals, rows } = answered(rollupsOf(facts), { rates: flat, groupBy: ['campaign', 'date'] });
        const days = new Set(inside.map(({ account, date }) => `${account} ${date}`)).size;
        expect(Math.abs(totals.spendMicros - exactOf(inside))).toBeLessThanOrEqual(days * 0.5 + margin);
        for (const { campaignId, date, values } of rows) {
          const own = inside.filter(
            (one) => campaignIdOf(one.account * 100 + one.campaign) === campaignId && one.date === date,
          );
          expect(Math.abs(values.spendMicros - exactOf(own))).toBeLessThan(own.length + margin);
        }
      }),
    );
  });

  it('gives the same money the same total however finely it is reported, and a campaign the same whatever is asked', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const byDay = Map.groupBy(facts, ({ account, date }) => `${account} ${date}`);
        const coarse = [...byDay.values()].map((own) =>
          fact({
            account: own[0]?.account ?? 0,
            date: own[0]?.date ?? period.from,
            spendMicros: own.reduce((sum, { spendMicros }) => sum + spendMicros, 0),
            conversionValueMicros: own.reduce(
              (sum, { conversionValueMicros }) => sum + (conversionValueMicros ?? 0),
              0,
            ),
          }),
        );
        const fine = answered(rollupsOf(facts), { rates: flat, groupBy: ['campaign'] });
        const whole = answered(rollupsOf(coarse), { rates: flat });
        expect(fine.totals.spendMicros).toBe(whole.totals.spendMicros);
        expect(fine.totals.conversionValueMicros ?? 0).toBe(whole.totals.conversionValueMicros ?? 0);
        for (const { campaignId, values } of fine.rows) {
          const alone = answered(rollupsOf(facts), { rates: flat, campaignId: campaignId ?? '' });
          expect(alone.totals).toEqual(values);
        }
      }),
    );
  });

  it('goes on beyond the sums that doubles hold exactly', () => {
    const large = Array.from({ length: 3 }, (_, campaign) =>
      fact({ account: 2, campaign, date: '2027-01-04', spendMicros: 4_000_000_000_000_000 }),
    );
    const { rows } = answered(rollupsOf(large), { rates: flat, groupBy: ['campaign'] });
    expect(rows.map(({ values }) => values.spendMicros)).toEqual([
      25_693_730_729_702, 25_693_730_729_702, 25_693_730_729_702,
    ]);
  });

  it('refuses sums beyond exact numbers instead of answering them wrongly', () => {
    const large = Array.from({ length: 3 }, (_, campaign) =>
      fact({ campaign, date: period.from, spendMicros: 4_000_000_000_000_000 }),
    );
    expect(answerMetrics(rollupsOf(large), request())).toEqual({ kind: 'too-large' });
  });
});

describe('comparison', () => {
  const days: readonly Fact[] = [
    fact({ date: '2026-12-01', campaign: 1, clicks: 1 }),
    fact({ date: '2026-12-28', campaign: 2, clicks: 2 }),
    fact({ date: '2026-12-29', campaign: 1, clicks: 4 }),
    fact({ date: '2027-01-25', campaign: 3, clicks: 8 }),
  ];
  const previous = previousPeriod(period);

  it('gives each group what it had in the days before, also groups that have stopped or begun', () => {
    const { rows, totals, previousTotals } = answered(rollupsOf(days), { previous, groupBy: ['campaign'] });
    const found = rows.map((row) => [row.campaignId, row.values.clicks, row.previous?.clicks ?? null]);
    expect(found.toSorted()).toEqual([
      [campaignIdOf(1), 4, 1],
      [campaignIdOf(2), 0, 2],
      [campaignIdOf(3), 8, null],
    ]);
    expect([totals.clicks, previousTotals?.clicks]).toEqual([12, 3]);
  });

  it('lays the days before over the days of the period, first on first', () => {
    const { rows } = answered(rollupsOf(days), { previous, groupBy: ['date'] });
    expect(rows.map((row) => [row.date, row.values.clicks, row.previous?.clicks ?? null]).toSorted()).toEqual([
      ['2026-12-29', 4, 1],
      ['2027-01-25', 8, 2],
    ]);
  });

  it('says null when the days before have nothing, and nothing at all when no comparison was asked for', () => {
    const recent = rollupsOf([fact({ date: period.to, clicks: 1 })]);
    expect(answered(recent, { previous }).previousTotals).toBeNull();
    expect(answered(recent)).not.toHaveProperty('previousTotals');
    expect(answered(recent).rows[0]).not.toHaveProperty('previous');
  });
});

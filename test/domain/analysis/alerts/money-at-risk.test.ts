import { describe, expect, it } from 'vitest';
import type { AlertCondition, AlertMetric } from '../../../../contracts/schemas/alert-rules.ts';
import type { Finding } from '../../../../domain/analysis/alerts/judge.ts';
import { moneyAtRiskOf } from '../../../../domain/analysis/alerts/money-at-risk.ts';
import { noSums, type Sums } from '../../../../domain/analysis/alerts/sums.ts';
import { units } from './course-of.ts';

const sums = (given: Partial<Sums>): Sums => ({ ...noSums, ...given });
const finding = (metric: AlertMetric, value: number | null, limit: number, more: Partial<Finding> = {}): Finding => ({
  metric,
  value,
  limit,
  sums: noSums,
  compared: null,
  hours: 2,
  ...more,
});
const around = { currency: 'EUR', lastSpendPerHourMicros: null };
const threshold = (metric: AlertMetric, is: 'above' | 'below'): AlertCondition => ({
  kind: 'threshold',
  metric,
  window: { unit: 'hours', length: 2 },
  is,
  value: 0,
});
const change = (metric: AlertMetric, moves: 'up' | 'down'): AlertCondition => ({
  kind: 'rate-of-change',
  metric,
  window: { unit: 'hours', length: 2 },
  moves,
  by: 0.5,
  against: 'window-before',
  minimum: { metric: 'clicks', value: 1 },
});

/** Numbers worked out by hand; two hours, money in euros. */
const cases: readonly (readonly [string, AlertCondition, Finding, number | null, string])[] = [
  [
    'spend of 60 an hour at a CPA of 40 where 30 is the limit: a quarter of it',
    threshold('cpaMicros', 'above'),
    finding('cpaMicros', units(40), units(30), { sums: sums({ spendMicros: units(120) }) }),
    units(15),
    'Spend of 60.00 EUR an hour, of which 25 % is what CPA lies above 30.00 EUR, the limit.',
  ],
  [
    'spend of 50 an hour that brings 1.5 where 2 is asked for: a quarter of it',
    threshold('roas', 'below'),
    finding('roas', 1.5, 2, { sums: sums({ spendMicros: units(100) }) }),
    12_500_000,
    'Spend of 50.00 EUR an hour, of which 25 % does not bring the ROAS of 2.00, the limit.',
  ],
  [
    '300 spent where 200 is the limit: 100 in two hours',
    threshold('spendMicros', 'above'),
    finding('spendMicros', units(300), units(200), { sums: sums({ spendMicros: units(300) }) }),
    units(50),
    '100.00 EUR more spend than 200.00 EUR, the limit, over 2 hours.',
  ],
  [
    '20 revenue where 100 was before: 80 in two hours',
    change('revenueMicros', 'down'),
    finding('revenueMicros', units(20), units(100)),
    units(40),
    '80.00 EUR less revenue than 100.00 EUR, what it is compared with, over 2 hours.',
  ],
  [
    'half the orders for the same spend of 40 an hour: half of it',
    change('orders', 'down'),
    finding('orders', 5, 10, {
      sums: sums({ spendMicros: units(80) }),
      compared: sums({ spendMicros: units(80) }),
    }),
    units(20),
    'Spend of 40.00 EUR an hour, less the 20.00 EUR an hour that as many orders cost before.',
  ],
  [
    'half the orders for half the spend: nothing',
    change('orders', 'down'),
    finding('orders', 5, 10, { sums: sums({ spendMicros: units(40) }), compared: sums({ spendMicros: units(80) }) }),
    0,
    'Spend of 20.00 EUR an hour, less the 20.00 EUR an hour that as many orders cost before.',
  ],
  [
    'all spend while there is no result',
    { kind: 'no-results', result: 'orders', window: { unit: 'hours', length: 2 }, spendMicros: 1 },
    finding('spendMicros', units(90), 1, { sums: sums({ spendMicros: units(90) }) }),
    units(45),
    'Spend of 45.00 EUR an hour, without any result.',
  ],
  [
    '60 beyond the plan after ten hours: 6 an hour',
    { kind: 'pacing', is: 'ahead', factor: 1.2 },
    finding('spendMicros', units(160), units(100), { hours: 10 }),
    units(6),
    '60.00 EUR beyond what the budget plans by now, over the 10.0 hours of the day so far.',
  ],
  [
    'behind the plan nothing is lost',
    { kind: 'pacing', is: 'behind', factor: 1.2 },
    finding('spendMicros', units(50), units(100)),
    null,
    'What is not spent is not lost; what it would have earned is not known.',
  ],
  [
    'the worth of a click is not known',
    threshold('ctr', 'below'),
    finding('ctr', 0.005, 0.01),
    null,
    'What CTR below 1.00 % costs an hour is not known from what is measured.',
  ],
  [
    'silence of what does not spend now: what it spent last',
    { kind: 'missing-data', measure: 'impressions', minutes: 60 },
    finding('impressions', 0, 500, { hours: 1 }),
    null,
    'No spend was seen in the last seven days.',
  ],
];

describe('the money at risk an hour', () => {
  it.each(cases)('is, with %s', (_, condition, found, microsPerHour, how) => {
    expect(moneyAtRiskOf(condition, found, around)).toEqual({ microsPerHour, currency: 'EUR', how });
  });

  it('of missing data is what was spent last, where nothing is seen of it now', () => {
    const condition: AlertCondition = { kind: 'missing-data', measure: 'impressions', minutes: 60 };
    const risk = moneyAtRiskOf(condition, finding('impressions', 0, 500), { ...around, lastSpendPerHourMicros: 7 });
    expect(risk.microsPerHour).toBe(7);
  });

  it('is not known over accounts of any currency, nor where money of another currency is among it', () => {
    const condition = threshold('cpaMicros', 'above');
    const found = finding('cpaMicros', 2, 1, { sums: sums({ spendMicros: 9, otherMoney: true }) });
    expect(moneyAtRiskOf(condition, found, around).microsPerHour).toBeNull();
    expect(moneyAtRiskOf(condition, found, { ...around, currency: null })).toMatchObject({
      microsPerHour: null,
      currency: null,
    });
  });
});

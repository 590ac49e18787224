import { describe, expect, it } from 'vitest';
import type { AlertCondition } from '../../../../contracts/schemas/alert-rules.ts';
import { judge } from '../../../../domain/analysis/alerts/judge.ts';
import { addDays } from '../../../../domain/integrations/calendar-day.ts';
import { account, courseOf, hourAt, minuteAt, units } from './course-of.ts';

/** 14:30 in Berlin, which is UTC+1 in November. */
const now = Date.parse('2026-11-23T13:30:20Z');
const today = '2026-11-23';
const minute = 60_000;
const lastMinutes = (count: number, given: Parameters<typeof minuteAt>[1]) =>
  Array.from({ length: count }, (_, index) =>
    minuteAt(Date.parse('2026-11-23T13:30:00Z') - (index + 1) * minute, given),
  );
const verdictOf = (condition: AlertCondition, given: Parameters<typeof courseOf>[0]) =>
  judge(condition, courseOf(given), now);

const cpa = (value: number): AlertCondition => ({
  kind: 'threshold',
  metric: 'cpaMicros',
  window: { unit: 'minutes', length: 30 },
  is: 'above',
  value: units(value),
});

describe('a threshold', () => {
  it('holds when spend by conversions lies above it, by sums and not by means of minutes', () => {
    // 30 minutes of 4 EUR and 3 conversions in all: 120 / 3 = 40 EUR a conversion.
    const minutes = [
      ...lastMinutes(30, { spendMicros: units(4) }),
      minuteAt(Date.parse('2026-11-23T13:10:00Z'), { conversionsMicros: units(3) }),
    ];
    expect(verdictOf(cpa(39), { minutes })).toMatchObject({ kind: 'holds', finding: { value: units(40) } });
    expect(verdictOf(cpa(40), { minutes })).toMatchObject({ kind: 'clear' });
  });

  it('has no value where the denominator is zero', () => {
    expect(verdictOf(cpa(1), { minutes: lastMinutes(30, { spendMicros: units(50) }) })).toEqual({
      kind: 'no-value',
      reason: 'there are no conversions',
    });
  });

  it('leaves out the running minute and what lies before the window', () => {
    const minutes = [
      minuteAt(Date.parse('2026-11-23T13:30:00Z'), { clicks: 1_000 }),
      minuteAt(Date.parse('2026-11-23T12:59:00Z'), { clicks: 1_000 }),
      ...lastMinutes(30, { clicks: 1 }),
    ];
    const condition = { ...cpa(0), metric: 'clicks', value: 29 } as AlertCondition;
    expect(verdictOf(condition, { minutes })).toMatchObject({ kind: 'holds', finding: { value: 30 } });
  });

  it('says nothing of money in several currencies', () => {
    const minutes = [
      ...lastMinutes(30, { spendMicros: 5 }),
      minuteAt(Date.parse('2026-11-23T13:25:00Z'), { spendMicros: 1 }, { currency: 'USD' }),
    ];
    const condition = { ...cpa(0), metric: 'spendMicros', value: 0 } as AlertCondition;
    expect(verdictOf(condition, { minutes })).toMatchObject({ kind: 'no-value' });
  });

  it('waits for the facts of yesterday where days are looked at', () => {
    const condition: AlertCondition = {
      kind: 'threshold',
      metric: 'roas',
      window: { unit: 'days', length: 2 },
      is: 'below',
      value: 2,
    };
    const facts = ['2026-11-21', '2026-11-22'].map((date) => ({
      accountId: account().id,
      campaignId: null,
      date,
      impressions: 10,
      clicks: 1,
      spendMicros: units(100),
      conversionsMicros: units(1),
      conversionValueMicros: units(date === '2026-11-21' ? 100 : 200),
    }));
    expect(verdictOf(condition, { facts })).toMatchObject({ kind: 'holds', finding: { value: 1.5 } });
    expect(verdictOf(condition, { facts, account: account({ throughDate: '2026-11-21' }) })).toEqual({
      kind: 'unread',
      reason: 'the facts of 2026-11-22 are not loaded yet',
    });
  });
});

describe('a rate of change', () => {
  const clicks = (more: Partial<Extract<AlertCondition, { kind: 'rate-of-change' }>>): AlertCondition => ({
    kind: 'rate-of-change',
    metric: 'clicks',
    window: { unit: 'minutes', length: 10 },
    moves: 'up',
    by: 1,
    against: 'window-before',
    minimum: { metric: 'clicks', value: 20 },
    ...more,
  });
  const windows = (before: number, after: number) => [
    minuteAt(Date.parse('2026-11-23T13:15:00Z'), { clicks: before }),
    minuteAt(Date.parse('2026-11-23T13:25:00Z'), { clicks: after }),
  ];

  it.each([
    [1, 3, 'up', 'no-value'],
    [10, 20, 'up', 'holds'],
    [10, 19, 'up', 'no-value'],
    [15, 29, 'up', 'clear'],
    [0, 30, 'up', 'holds'],
    [30, 0, 'down', 'holds'],
    [30, 15, 'down', 'holds'],
    [30, 16, 'down', 'clear'],
    [0, 0, 'down', 'no-value'],
  ] as const)('from %i to %i clicks, watched for %s, is %s', (before, after, moves, kind) => {
    const by = moves === 'down' ? 0.5 : 1;
    expect(verdictOf(clicks({ moves, by }), { minutes: windows(before, after) }).kind).toBe(kind);
  });

  it('is held against the median of the same local hours', () => {
    // 13:00 is the last complete hour in Berlin. One day of a hundred is no rule: the median of 10, 10, 12, 100 is 11.
    const of = (back: number, clicks: number) => [
      hourAt(addDays(today, -back), 13, { clicks }),
      hourAt(addDays(today, -8), 0, {}),
    ];
    const hours = [...of(1, 10), ...of(2, 12), ...of(3, 100), ...of(4, 10), hourAt(today, 13, { clicks: 30 })];
    const condition = clicks({ against: 'same-hours', window: { unit: 'hours', length: 1 } });
    // Days 5, 6 and 7 are known and had none: 0, 0, 0, 10, 10, 12, 100 has its middle at 10.
    expect(verdictOf(condition, { hours })).toMatchObject({ kind: 'holds', finding: { value: 30, limit: 10 } });
  });

  it('says nothing with fewer than three days to compare with', () => {
    const hours = [1, 2, 3].map((back) => hourAt(addDays(today, -back), 13, { clicks: 50 }));
    const condition = clicks({ against: 'same-hours', window: { unit: 'hours', length: 1 } });
    expect(verdictOf(condition, { hours })).toMatchObject({ kind: 'no-value' });
  });
});

describe('spend without results', () => {
  const condition: AlertCondition = {
    kind: 'no-results',
    result: 'orders',
    window: { unit: 'hours', length: 3 },
    spendMicros: units(90),
  };
  const hours = [11, 12, 13].map((hour) => hourAt(today, hour, { spendMicros: units(30) }));

  it('holds until there is one result', () => {
    expect(verdictOf(condition, { hours })).toMatchObject({ kind: 'holds', finding: { value: units(90) } });
    expect(verdictOf(condition, { hours: [...hours, hourAt(today, 12, { orders: 1 })] }).kind).toBe('clear');
  });
});

describe('pacing', () => {
  const ahead: AlertCondition = { kind: 'pacing', is: 'ahead', factor: 1.5 };
  const spent = (amount: number) => [hourAt(today, 9, { spendMicros: units(amount) })];
  const budget = account({ dailyBudgetMicros: units(240) });

  it('follows the clock where nothing is known of other days', () => {
    // 14:30:20 of 24 hours at 10 EUR an hour: 145.06 EUR are planned.
    expect(verdictOf(ahead, { account: budget, hours: spent(218) })).toMatchObject({
      kind: 'holds',
      finding: { value: units(218), limit: 145_055_556 },
    });
    expect(verdictOf(ahead, { account: budget, hours: spent(217) }).kind).toBe('clear');
  });

  it('follows how the last days spent by the hour', () => {
    // Every day is spent by 10:00: all of the 240 EUR are planned by 14:30.
    const before = [1, 2, 3, 4, 5, 6].flatMap((back) => [hourAt(addDays(today, -back), 9, { spendMicros: units(50) })]);
    expect(verdictOf(ahead, { account: budget, hours: [...before, ...spent(240)] })).toMatchObject({
      kind: 'clear',
      finding: { limit: units(240) },
    });
  });

  it('follows the clock with fewer than five days, of which the first one counted on is none, as live views do', () => {
    const before = [1, 2, 3, 4, 5].map((back) => hourAt(addDays(today, -back), 9, { spendMicros: units(50) }));
    expect(verdictOf(ahead, { account: budget, hours: [...before, ...spent(240)] })).toMatchObject({
      kind: 'holds',
      finding: { limit: 145_055_556 },
    });
  });

  it('keeps the clock of zones that lie half an hour beside', () => {
    // 19:00:20 in Kolkata.
    const kolkata = account({ dailyBudgetMicros: units(240), timeZone: 'Asia/Kolkata' });
    expect(verdictOf(ahead, { account: kolkata, hours: spent(300) })).toMatchObject({
      finding: { limit: 190_055_556 },
    });
  });

  it('is not judged without a budget', () => {
    expect(verdictOf(ahead, { hours: spent(500) })).toEqual({
      kind: 'no-value',
      reason: 'no daily budget is known of it',
    });
  });
});

describe('missing data', () => {
  const condition: AlertCondition = { kind: 'missing-data', measure: 'orders', minutes: 60 };
  /** The hour of the window is 13:30 to 14:30: half of each of two hours. */
  const usual = (orders: number) =>
    [1, 2, 3, 4, 8].flatMap((back) => [13, 14].map((hour) => hourAt(addDays(today, -back), hour, { orders })));

  it('holds when nothing comes where at least three are usual', () => {
    // Of the seven days four had 6 an hour and three none: the median is 6.
    expect(verdictOf(condition, { hours: usual(6) })).toMatchObject({ kind: 'holds', finding: { limit: 6, value: 0 } });
    expect(verdictOf(condition, { hours: usual(2) }).kind).toBe('clear');
  });

  it('is over with the first that comes', () => {
    const minutes = [minuteAt(Date.parse('2026-11-23T13:20:00Z'), { orders: 1 })];
    expect(verdictOf(condition, { hours: usual(6), minutes }).kind).toBe('clear');
  });
});

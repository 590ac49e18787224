import { describe, expect, it } from 'vitest';
import { dayClock } from '../../../../domain/analysis/live/day-clock.ts';
import { dayProfile, hoursAtShare, shareBy } from '../../../../domain/analysis/live/day-profile.ts';
import { pace } from '../../../../domain/analysis/live/pacing.ts';

const dates = ['2026-11-20', '2026-11-19', '2026-11-18', '2026-11-17', '2026-11-16'];
/** All of it in two hours: a quarter from 8 to 9, the rest from 18 to 19. */
const twoHours = (scale: number) => {
  const day = new Float64Array(24);
  day[8] = 1_000_000 * scale;
  day[18] = 3_000_000 * scale;
  return day;
};
const history = new Map(dates.map((date, index) => [date, twoHours(index + 1)]));
const known = dayProfile(history, dates, undefined);
const flat = dayProfile(new Map(), dates, undefined);
const now = Date.parse('2026-11-21T12:00:00Z');
const noon = { date: '2026-11-21', hours: 12 };
const budget = 40_000_000;

describe('the clock of a day', () => {
  it.each([
    ['2026-11-21T12:20:00Z', 'UTC', '2026-11-21', 12 + 1 / 3],
    ['2026-11-21T20:00:00Z', 'Asia/Kathmandu', '2026-11-22', 1.75],
    ['2026-11-21T20:10:00Z', 'Asia/Kolkata', '2026-11-22', 1 + 40 / 60],
    ['2026-11-21T03:59:00Z', 'America/New_York', '2026-11-20', 22 + 59 / 60],
  ])('%s in %s is %s at %d', (instant, zone, date, hours) => {
    const clock = dayClock(Date.parse(instant), zone);
    expect(clock.date).toBe(date);
    expect(clock.hours).toBeCloseTo(hours, 9);
  });
});

describe('the profile of a day', () => {
  it('is of the account where it has five days, each saying as much as the others', () => {
    expect(known).toMatchObject({ source: 'account-history', days: 5 });
    expect(shareBy(known, { hours: 8.5 })).toBeCloseTo(0.125);
    expect(shareBy(known, noon)).toBeCloseTo(0.25);
    expect(hoursAtShare(known, 0.625)).toBeCloseTo(18.5);
    expect(hoursAtShare(known, 1.01)).toBeUndefined();
  });

  it('is flat with fewer, and says so; the oldest day, which may have begun in its middle, is none of them', () => {
    expect(dayProfile(history, dates, '2026-11-16')).toMatchObject({ source: 'flat', days: 4 });
    expect(shareBy(flat, { hours: 18 })).toBeCloseTo(0.75);
  });
});

describe('pace', () => {
  it.each([
    [10_000_000, 'on-track', 1],
    [11_400_000, 'on-track', 1.14],
    [12_000_000, 'ahead', 1.2],
    [8_000_000, 'behind', 0.8],
    [0, 'behind', 0],
    [40_000_000, 'exhausted', 4],
  ])('of %d spent by noon is %s', (spentMicros, status, ratio) => {
    expect(pace({ spentMicros, dailyBudgetMicros: budget, profile: known, clock: noon, now })).toMatchObject({
      status,
      ratio,
      expectedMicros: 10_000_000,
    });
  });

  it('names the minute the budget ends at when the day goes on as it began', () => {
    // At double speed the budget is spent when half of a usual day is: a third into the hour from 18 to 19.
    const fast = pace({ spentMicros: 20_000_000, dailyBudgetMicros: budget, profile: known, clock: noon, now });
    expect(fast.exhaustedAt).toBe('2026-11-21T18:20:00.000Z');
    const slow = pace({ spentMicros: 9_000_000, dailyBudgetMicros: budget, profile: known, clock: noon, now });
    expect(slow.exhaustedAt).toBeNull();
  });

  it('expects nothing without a budget', () => {
    expect(pace({ spentMicros: 5, dailyBudgetMicros: null, profile: flat, clock: noon, now })).toMatchObject({
      status: 'no-budget',
      expectedMicros: null,
      ratio: null,
    });
  });
});

import { describe, expect, it } from 'vitest';
import { addDays, dayOf, daysBetween, isDay, periodBefore } from '../../dashboard/src/format/calendar.ts';
import { periodFault, periodParameters, presetPeriod, readPeriod } from '../../dashboard/src/format/period-choice.ts';

describe('calendar days', () => {
  it.each([
    ['2026-03-28', 2, '2026-03-30'], // Europe's clocks go forward on the 29th
    ['2026-10-24', 2, '2026-10-26'], // and back on the 25th
    ['2026-03-07', 2, '2026-03-09'], // America's go forward on the 8th
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-03-01', -1, '2026-02-28'],
  ])('%s and %i days is %s, whatever the clocks do', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
    expect(daysBetween(day, expected)).toBe(days + 1);
  });

  it('takes today from the person’s own clock, also a minute before midnight', () => {
    expect(dayOf(new Date(2026, 10, 22, 23, 59))).toBe('2026-11-22');
    expect(dayOf(new Date(2026, 0, 1, 0, 0))).toBe('2026-01-01');
  });

  it.each(['2026-02-29', '2026-13-01', '26-1-1', '', 'tomorrow', null])('does not take %s for a day', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('compares with a period of the same length that ends the day before', () => {
    expect(periodBefore({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' });
  });
});

describe('the chosen period', () => {
  it('ends yesterday, so that a day in progress does not look like a fall', () => {
    expect(presetPeriod('7d', '2026-11-22')).toEqual({ from: '2026-11-15', to: '2026-11-21' });
    expect(presetPeriod('today', '2026-11-22')).toEqual({ from: '2026-11-22', to: '2026-11-22' });
  });

  it.each([
    ['', '30d'],
    ['range=90d', '90d'],
    ['range=forever', '30d'],
    ['from=2026-11-09&to=2026-11-01', '30d'],
    ['from=2026-11-01&to=2026-11-09', 'custom'],
  ])('reads "%s" as %s', (search, id) => {
    expect(readPeriod(search, '2026-11-22').id).toBe(id);
  });

  it('comes back from the address it was written to', () => {
    const period = { from: '2026-10-01', to: '2026-10-31' };
    const search = new URLSearchParams(
      Object.entries(periodParameters(period)).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    );
    expect(readPeriod(search.toString(), '2026-11-22')).toEqual({ id: 'custom', period });
  });

  it('refuses a period the API would refuse, saying why', () => {
    expect(periodFault({ from: '2025-01-01', to: '2026-11-01' })).toContain('At most 400 days');
    expect(periodFault({ from: '2026-11-02', to: '2026-11-01' })).toContain('after');
    expect(periodFault({ from: '', to: '2026-11-01' })).toBe('Choose both days.');
  });
});

import { describe, expect, it } from 'vitest';
import { daysUntilSunset } from '../../../domain/integrations/api-version.ts';

const ending = { apiVersionSunset: '2027-09-15' };

describe('days until a platform stops answering a version', () => {
  it.each([
    ['2026-11-22', 297],
    ['2027-08-16', 30],
    ['2027-09-14', 1],
    ['2027-09-15', 0],
    ['2027-09-16', -1],
    ['2028-09-15', -366],
  ])('are on %s %i', (today, days) => {
    expect(daysUntilSunset(ending, today)).toBe(days);
  });

  it('are whole over the days on which clocks change', () => {
    expect(daysUntilSunset({ apiVersionSunset: '2026-03-30' }, '2026-03-28')).toBe(2);
    expect(daysUntilSunset({ apiVersionSunset: '2026-10-26' }, '2026-10-24')).toBe(2);
  });

  it('are unknown where the platform has announced no end', () => {
    expect(daysUntilSunset({ apiVersionSunset: null }, '2026-11-22')).toBeNull();
  });

  it('refuse what is no date', () => {
    expect(() => daysUntilSunset(ending, '22.11.2026')).toThrow('ISO date');
  });
});

import { describe, expect, it } from 'vitest';
import { daysUntilSunset, sunsetOf } from '../../../domain/integrations/api-version.ts';
import { descriptors } from '../../../platforms/registry.ts';

const ending = { apiVersion: 'v25', apiVersionSunset: '2027-09-15' };

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
    expect(daysUntilSunset({ ...ending, apiVersionSunset: '2026-03-30' }, '2026-03-28')).toBe(2);
    expect(daysUntilSunset({ ...ending, apiVersionSunset: '2026-10-26' }, '2026-10-24')).toBe(2);
  });

  it('are unknown where the platform has announced no end', () => {
    expect(daysUntilSunset({ ...ending, apiVersionSunset: null }, '2026-11-22')).toBeNull();
  });

  it('refuse what is no date', () => {
    expect(() => daysUntilSunset(ending, '22.11.2026')).toThrow('ISO date');
  });
});

describe('the last day of a version', () => {
  const versionLifetime = { months: 12, dayOfMonth: 15 };

  // As LinkedIn's deprecation notices name them.
  it.each([
    ['202601', '2027-01-15'],
    ['202604', '2027-04-15'],
    ['202612', '2027-12-15'],
  ])('of %s follows from its name: %s', (apiVersion, last) => {
    expect(sunsetOf({ apiVersion, apiVersionSunset: null, versionLifetime })).toBe(last);
  });

  it('is the one the platform announced, where it did', () => {
    expect(sunsetOf({ apiVersion: '202601', apiVersionSunset: '2027-02-01', versionLifetime })).toBe('2027-02-01');
  });

  it('is not known of a name without a month', () => {
    expect(sunsetOf({ apiVersion: 'v25', apiVersionSunset: null, versionLifetime })).toBeNull();
    expect(sunsetOf({ apiVersion: '202613', apiVersionSunset: null, versionLifetime })).toBeNull();
    expect(sunsetOf({ apiVersion: '202601', apiVersionSunset: null })).toBeNull();
  });

  it.each(Object.values(descriptors).filter(({ versionLifetime: lifetime }) => lifetime))(
    'that $id names is the one that follows',
    (descriptor) => {
      expect(descriptor.apiVersionSunset).toBe(sunsetOf({ ...descriptor, apiVersionSunset: null }));
    },
  );
});

import { describe, expect, it } from 'vitest';
import {
  dayOf,
  elapsedFraction,
  halfYearStart,
  isoOf,
  localDay,
  startOfDay,
  weekdayOf,
} from '../../../simulator/market/calendar.ts';

describe('account-local days', () => {
  it.each([
    ['2026-11-20T11:00:00Z', 'Europe/Berlin', '2026-11-20'],
    ['2026-11-20T22:59:59Z', 'Europe/Berlin', '2026-11-20'],
    ['2026-11-20T23:00:00Z', 'Europe/Berlin', '2026-11-21'],
    ['2026-11-20T07:59:59Z', 'America/Los_Angeles', '2026-11-19'],
    ['2026-11-20T15:00:00Z', 'Asia/Tokyo', '2026-11-21'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-11-20T18:29:00Z', 'Asia/Kolkata', '2026-11-20'],
    ['2026-11-20T18:30:00Z', 'Asia/Kolkata', '2026-11-21'],
  ])('%s in %s is %s', (instant, zone, date) => {
    expect(isoOf(localDay(Date.parse(instant), zone))).toBe(date);
  });

  it.each([
    ['2026-11-20', 'Europe/Berlin', '2026-11-19T23:00:00Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
    ['2026-11-20', 'America/Los_Angeles', '2026-11-20T08:00:00Z'],
    ['2026-11-20', 'Asia/Tokyo', '2026-11-19T15:00:00Z'],
  ])('%s in %s begins at %s', (date, zone, instant) => {
    expect(startOfDay(dayOf(date), zone)).toBe(Date.parse(instant));
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-11-20', 24],
  ])('%s has %i hours in Berlin', (date, hours) => {
    const day = dayOf(date);
    expect(startOfDay(day + 1, 'Europe/Berlin') - startOfDay(day, 'Europe/Berlin')).toBe(hours * 3_600_000);
  });

  it('measures how much of a day is over', () => {
    const day = dayOf('2026-11-20');
    const at = (instant: string) => elapsedFraction(day, 'Europe/Berlin', Date.parse(instant));
    expect([at('2026-11-19T22:00:00Z'), at('2026-11-20T11:00:00Z'), at('2026-11-21T09:00:00Z')]).toEqual([0, 0.5, 1]);
  });

  it('knows Mondays and half years', () => {
    expect(weekdayOf(dayOf('2026-11-16'))).toBe(0);
    expect(weekdayOf(dayOf('2026-11-22'))).toBe(6);
    expect(isoOf(halfYearStart(dayOf('2026-11-22')))).toBe('2026-07-01');
    expect(isoOf(halfYearStart(dayOf('2026-06-30')))).toBe('2026-01-01');
  });

  it.each(['2026-02-30', '2026-1-1', 'yesterday', ''])('refuses %j as a date', (text) => {
    expect(() => dayOf(text)).toThrow('Not a date');
  });
});

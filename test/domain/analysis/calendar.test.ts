import { describe, expect, it } from 'vitest';
import { isoWeekMonday, previousPeriod } from '../../../domain/analysis/calendar.ts';
import { dayNumber, dayOf } from '../../../domain/integrations/calendar-day.ts';

describe('ISO weeks', () => {
  // Mondays from Python's datetime.date.isocalendar; the days around a year's end are the usual examples for ISO 8601.
  it.each([
    ['2004-12-31', '2004-12-27'],
    ['2005-01-02', '2004-12-27'],
    ['2005-01-03', '2005-01-03'],
    ['2008-12-29', '2008-12-29'],
    ['2010-01-03', '2009-12-28'],
    ['2024-02-29', '2024-02-26'],
    ['2026-11-22', '2026-11-16'],
    ['2027-01-01', '2026-12-28'],
    ['1969-12-31', '1969-12-29'],
  ])('puts %s into the week that begins on %s', (day, monday) => {
    expect(dayOf(isoWeekMonday(dayNumber(day)))).toBe(monday);
  });
});

describe('periods', () => {
  it('compares with as many days right before', () => {
    expect(previousPeriod({ from: '2026-03-01', to: '2026-03-31' })).toEqual({ from: '2026-01-29', to: '2026-02-28' });
    expect(previousPeriod({ from: '2026-01-01', to: '2026-01-01' })).toEqual({ from: '2025-12-31', to: '2025-12-31' });
  });
});

import { addDays, daysIn } from '../integrations/calendar-day.ts';

/** Inclusive account-local days. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The period of the same length that ends the day before this one begins. */
export function previousPeriod(period: Period): Period {
  return { from: addDays(period.from, -daysIn(period.from, period.to)), to: addDays(period.from, -1) };
}

/** The Monday on which a day's ISO 8601 week begins, both in days since 1970-01-01, a Thursday: hence the 3. */
export const isoWeekMonday = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

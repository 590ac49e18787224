import { addDays } from '../../integrations/calendar-day.ts';
import { dayClock } from '../live/day-clock.ts';
import { hoursOfDay } from '../live/day-history.ts';
import { dayProfile, shareBy } from '../live/day-profile.ts';
import { expectedBy } from '../live/pacing.ts';
import type { Course } from './course.ts';
import { comparedDays } from './windows.ts';

/** Before so much of a day's spend is expected, being ahead or behind of it says nothing. */
const earliestShare = 0.1;

export type Pace =
  | {
      readonly kind: 'pace';
      readonly spentMicros: number;
      /** What the budget plans by now. */
      readonly plannedMicros: number;
      /** Hours of the account's day that are over. */
      readonly hours: number;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Spend of the account's day against its budget, by the rule of the live view: what is planned by now follows how the object's own last
 * seven days spent by the hour, or the clock where fewer of them had spend than make a profile.
 */
export function paceOf(course: Course, now: number): Pace {
  const budget = course.dailyBudgetMicros;
  if (budget === null || budget <= 0) return { kind: 'unknown', reason: 'no daily budget is known of it' };
  const clock = dayClock(now, course.timeZone);
  const today = spendByHour(course, clock.date);
  if (today === undefined) return { kind: 'unknown', reason: 'its spend is in several currencies' };
  const dates = Array.from({ length: comparedDays }, (_, index) => addDays(clock.date, -1 - index));
  const past = new Map(
    dates.flatMap((date) => {
      const spend = spendByHour(course, date);
      return spend === undefined ? [] : [[date, spend] as const];
    }),
  );
  const profile = dayProfile(past, dates, course.since);
  if (shareBy(profile, clock) < earliestShare) return { kind: 'unknown', reason: 'the day is too young' };
  return {
    kind: 'pace',
    spentMicros: today.reduce((sum, spend) => sum + spend, 0),
    plannedMicros: expectedBy(budget, profile, clock),
    hours: clock.hours,
  };
}

/** Undefined where there is money of another currency. */
function spendByHour(course: Course, date: string): Float64Array | undefined {
  const hours = Array.from({ length: hoursOfDay }, (_, hour) => course.hourOf(date, hour));
  if (hours.some(({ otherMoney }) => otherMoney)) return undefined;
  return Float64Array.from(hours, ({ spendMicros }) => spendMicros ?? 0);
}

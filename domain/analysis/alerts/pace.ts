import { addDays } from '../../integrations/calendar-day.ts';
import { localHour } from '../../integrations/streaming/local-hour.ts';
import type { Course } from './course.ts';
import { comparedDays, fewestDays } from './windows.ts';

const hourMillis = 3_600_000;
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
 * Spend of the account's day against its budget. What is planned by now follows how the last seven days spent by the hour (the mean of
 * their shares), or the clock where fewer than three of them had spend.
 */
export function paceOf(course: Course, now: number): Pace {
  const budget = course.dailyBudgetMicros;
  if (budget === null || budget <= 0) return { kind: 'unknown', reason: 'no daily budget is known of it' };
  const today = localHour(now, course.timeZone).date;
  const { hour } = localHour(now, course.timeZone);
  const within = (now % hourMillis) / hourMillis;
  const today24 = spendByHour(course, today);
  if (today24 === undefined) return { kind: 'unknown', reason: 'its spend is in several currencies' };
  const share = expectedShare(course, today, hour, within);
  if (share < earliestShare) return { kind: 'unknown', reason: 'the day is too young' };
  return {
    kind: 'pace',
    spentMicros: today24.reduce((sum, spend) => sum + spend, 0),
    plannedMicros: Math.round(budget * share),
    hours: hour + within,
  };
}

function expectedShare(course: Course, today: string, hour: number, within: number): number {
  const shares: number[] = [];
  for (let back = 1; back <= comparedDays; back += 1) {
    const spend = spendByHour(course, addDays(today, -back));
    const whole = spend?.reduce((sum, one) => sum + one, 0) ?? 0;
    if (spend === undefined || whole <= 0) continue;
    const before = spend.slice(0, hour).reduce((sum, one) => sum + one, 0);
    shares.push((before + within * (spend[hour] ?? 0)) / whole);
  }
  if (shares.length < fewestDays) return (hour + within) / 24;
  return shares.reduce((sum, one) => sum + one, 0) / shares.length;
}

/** Undefined where there is money of another currency. */
function spendByHour(course: Course, date: string): number[] | undefined {
  const hours = Array.from({ length: 24 }, (_, hour) => course.hourOf(date, hour));
  return hours.some(({ otherMoney }) => otherMoney) ? undefined : hours.map(({ spendMicros }) => spendMicros ?? 0);
}

import type { AlertWindow } from '../../../contracts/schemas/alert-rules.ts';
import { addDays } from '../../integrations/calendar-day.ts';
import { localHour } from '../../integrations/streaming/local-hour.ts';
import type { Course } from './course.ts';
import { addSums, noSums, type Sums } from './sums.ts';

export const minuteMillis = 60_000;
/** Days that `same-hours`, pacing and missing data look back to. */
export const comparedDays = 7;
/** With fewer of them nothing is known to be usual. */
export const fewestDays = 3;

export const hoursIn = { minutes: 1 / 60, hours: 1, days: 24 } as const;
/** How long a window is, in hours. */
export const windowHours = ({ unit, length }: AlertWindow): number => length * hoursIn[unit];

export type ReadWindow =
  | { readonly kind: 'read'; readonly sums: Sums /** When it ends, epoch milliseconds. */; readonly to: number }
  | { readonly kind: 'unread'; readonly reason: string };

/** The newest complete window at `now`, or with `before` the one so many windows earlier. */
export function readWindow(course: Course, window: AlertWindow, now: number, before = 0): ReadWindow {
  const { unit, length } = window;
  if (unit === 'minutes') {
    const to = Math.floor(now / minuteMillis) * minuteMillis - before * length * minuteMillis;
    return { kind: 'read', sums: course.minutes(to - length * minuteMillis, to), to };
  }
  if (unit === 'hours') {
    const hour = 60 * minuteMillis;
    const to = Math.floor(now / hour) * hour - before * length * hour;
    return { kind: 'read', sums: hoursBack(course, now, before * length, length), to };
  }
  const yesterday = addDays(localHour(now, course.timeZone).date, -1);
  if (course.loadedThrough === null || course.loadedThrough < yesterday) {
    return { kind: 'unread', reason: `the facts of ${yesterday} are not loaded yet` };
  }
  const last = addDays(yesterday, -before * length);
  return {
    kind: 'read',
    sums: course.days(addDays(last, 1 - length), last),
    to: Date.parse(`${addDays(last, 1)}T00:00:00Z`),
  };
}

/** Complete hours, `length` of them, the newest `back` hours before the last; moved back by whole days. */
export function hoursBack(course: Course, now: number, back: number, length: number, daysBack = 0): Sums {
  let sums = noSums;
  for (let at = back; at < back + length; at += 1) sums = addSums(sums, course.hour(now, at, daysBack));
  return sums;
}

/** Days before today, the newest first, on which the object is known to have been there. */
export function daysKnown(course: Course, now: number): number[] {
  const today = localHour(now, course.timeZone).date;
  const known: number[] = [];
  for (let back = 1; back <= comparedDays; back += 1) {
    // The first day may have begun in the middle.
    if (course.since !== undefined && course.since < addDays(today, -back)) known.push(back);
  }
  return known;
}

/** Of an even number the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}

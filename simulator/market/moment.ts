import { type Day, elapsedFraction, localDay } from './calendar.ts';

/** A point of an account's time: its local day, and how much of it has passed, in [0, 1). */
export interface Moment {
  readonly day: Day;
  readonly fraction: number;
}

export function momentOf(instantMs: number, timeZone: string): Moment {
  const day = localDay(instantMs, timeZone);
  return { day, fraction: elapsedFraction(day, timeZone, instantMs) };
}

/** Negative when the left one is earlier. */
export function compareMoments(left: Moment, right: Moment): number {
  return left.day - right.day || left.fraction - right.fraction;
}

/** Whether a moment has come by another one. */
export function isBy(moment: Moment, by: Moment): boolean {
  return compareMoments(moment, by) <= 0;
}

import type { DayClock } from './day-clock.ts';
import { hoursOfDay, type SpendByDay, spentBy } from './day-history.ts';

/** How a day's spend spreads over its hours. */
export interface DayProfile {
  readonly source: 'account-history' | 'flat';
  /** Days it was estimated from. */
  readonly days: number;
  /** Share of the day spent in each hour; 24 that add up to 1. */
  readonly shares: Float64Array;
}

/** Fewer days tell more of those days than of the account. */
export const profileDays = 5;

/** The mean of each day's own shares, so that an expensive day says no more about the hours than a cheap one. */
export function dayProfile(days: SpendByDay, dates: readonly string[], oldest: string | undefined): DayProfile {
  const shares = new Float64Array(hoursOfDay);
  let found = 0;
  for (const date of dates) {
    const day = days.get(date);
    if (day === undefined || date === oldest) continue;
    const kept = day.map((micros) => Math.max(0, micros));
    const total = spentBy(kept, hoursOfDay);
    if (total <= 0) continue;
    found += 1;
    for (let hour = 0; hour < hoursOfDay; hour += 1) shares[hour] = (shares[hour] ?? 0) + (kept[hour] ?? 0) / total;
  }
  return found < profileDays
    ? { source: 'flat', days: found, shares: new Float64Array(hoursOfDay).fill(1 / hoursOfDay) }
    : { source: 'account-history', days: found, shares: shares.map((share) => share / found) };
}

/** Share of the day that is spent by a time of day, 0 to 1. */
export const shareBy = (profile: DayProfile, { hours }: Pick<DayClock, 'hours'>): number =>
  Math.min(1, spentBy(profile.shares, hours));

/** The time of day (hours) by which a share is spent; undefined when the day ends before. */
export function hoursAtShare(profile: DayProfile, share: number): number | undefined {
  let sum = 0;
  for (let hour = 0; hour < hoursOfDay; hour += 1) {
    const own = profile.shares[hour] ?? 0;
    if (sum + own >= share) return own === 0 ? hour : hour + (share - sum) / own;
    sum += own;
  }
  return undefined;
}

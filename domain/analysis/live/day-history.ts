import type { HourCounters } from '../../integrations/streaming/counters.ts';

/** Spend of an object's local days by hour, micros of one currency: 24 numbers a day. */
export type SpendByDay = ReadonlyMap<string, Float64Array>;

/** One past day, seen from a time of day: what was spent by then, and in all. Days of accounts of one currency add up. */
export interface PastDay {
  readonly soFarMicros: number;
  readonly totalMicros: number;
}

export const hoursOfDay = 24;
/** Days that are looked back at. */
export const historyDays = 14;

/** Adds hours to the days of whatever `nameOf` says they belong to. */
export function foldSpend(
  hours: readonly HourCounters[],
  nameOf: (hour: HourCounters) => string | undefined,
  into: Map<string, Map<string, Float64Array>>,
): void {
  for (const one of hours) {
    const name = nameOf(one);
    if (name === undefined || one.counters.spendMicros === 0) continue;
    let days = into.get(name);
    if (days === undefined) {
      days = new Map();
      into.set(name, days);
    }
    let day = days.get(one.date);
    if (day === undefined) {
      day = new Float64Array(hoursOfDay);
      days.set(one.date, day);
    }
    day[one.hour] = (day[one.hour] ?? 0) + one.counters.spendMicros;
  }
}

/** Spend by a time of day (hours of the wall clock), as if each hour's were spread evenly over it. */
export function spentBy(day: Float64Array, hours: number): number {
  const whole = Math.min(hoursOfDay, Math.floor(hours));
  let sum = 0;
  for (let hour = 0; hour < whole; hour += 1) sum += day[hour] ?? 0;
  return sum + (day[whole] ?? 0) * (hours - whole);
}

/**
 * The days of `dates` as they stood at that time of day. Days without spend are left out, and so is the oldest on which anything was
 * ever spent: counting may have begun in its middle. What corrections took back within an hour is taken from that hour alone.
 */
export function pastDays(
  days: SpendByDay,
  dates: readonly string[],
  hours: number,
  oldest: string | undefined,
): Map<string, PastDay> {
  const past = new Map<string, PastDay>();
  for (const date of dates) {
    const day = days.get(date);
    if (day === undefined || date === oldest) continue;
    const kept = day.map((micros) => Math.max(0, micros));
    const totalMicros = spentBy(kept, hoursOfDay);
    if (totalMicros > 0) past.set(date, { soFarMicros: spentBy(kept, hours), totalMicros });
  }
  return past;
}

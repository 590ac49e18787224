import { type Day, dayOfYear, halfYearStart, weekdayOf } from './calendar.ts';
import type { DemandCurve } from './world.ts';

/** Monday to Sunday. A shop's buyers search at work and run at the weekend. */
const weekdayDemand = [1.11, 1.1, 1.07, 1.04, 0.98, 0.77, 0.86] as const;
const weekdayConversion = [1.04, 1.03, 1.01, 1, 0.97, 0.93, 1.02] as const;

/** Midnight to 23 h: the share of a day's traffic in each local hour, before normalising. */
const hourWeights = [9, 6, 4, 3, 3, 5, 12, 24, 36, 44, 48, 50, 52, 50, 48, 47, 49, 53, 60, 68, 72, 62, 40, 20] as const;
const hourTotal = hourWeights.reduce((left, right) => left + right, 0);

/** Demand on a day relative to the yearly mean: weekday, time of year, sale weeks, slow growth. */
export function seasonalDemand(day: Day): number {
  const yearDay = dayOfYear(day);
  // Spring is the running season; Black Friday (day 331) and the January resolutions are peaks of their own.
  const season = 1 + 0.16 * Math.cos((2 * Math.PI * (yearDay - 115)) / 365.25);
  const sale = 0.55 * bump(yearDay, 331, 4) + 0.25 * bump(yearDay, 6, 8);
  const growth = 1 + (0.08 * (day - 20_454)) / 365.25; // 8 % a year, 1 on 2026-01-01
  return (weekdayDemand[weekdayOf(day)] ?? 1) * (season + sale) * Math.max(0.5, growth);
}

/** Conversions per click on a day relative to the mean: people buy more in sale weeks. */
export function seasonalConversion(day: Day): number {
  return (weekdayConversion[weekdayOf(day)] ?? 1) * (1 + 0.3 * bump(dayOfYear(day), 331, 4));
}

/**
 * How far a campaign's creatives have worn out or been improved. Both begin anew every half year, so that the
 * factor depends on the date alone and not on when the simulator was started.
 */
export function driftFactor(drift: DemandCurve['drift'], day: Day): number {
  const age = day - halfYearStart(day);
  if (drift === 'degrades') return 0.3 + 0.7 * Math.exp(-age / 130);
  if (drift === 'improves') return 1.25 - 0.6 * Math.exp(-age / 90);
  return 1;
}

/** The share of a day's traffic that has come after this fraction of the day. Monotone, 0 at 0, 1 at 1. */
export function trafficByThen(fraction: number): number {
  const hours = Math.min(1, Math.max(0, fraction)) * 24;
  let sum = 0;
  for (let hour = 0; hour < 24 && hour < hours; hour += 1) sum += (hourWeights[hour] ?? 0) * Math.min(1, hours - hour);
  return fraction >= 1 ? 1 : sum / hourTotal;
}

/** The inverse: at which fraction of the day this share of the traffic has come. */
export function whenInDay(share: number): number {
  let left = share * hourTotal;
  for (let hour = 0; hour < 24; hour += 1) {
    const weight = hourWeights[hour] ?? 1;
    if (left < weight) return (hour + left / weight) / 24;
    left -= weight;
  }
  return 1;
}

function bump(yearDay: number, centre: number, width: number): number {
  const distance = (yearDay - centre) / width;
  return Math.exp(-0.5 * distance * distance);
}

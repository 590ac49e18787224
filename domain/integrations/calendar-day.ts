/** ISO calendar days (`2026-11-01`) as whole days since 1970-01-01: arithmetic without time zones or daylight saving. */
const dayMs = 86_400_000;

export const dayNumber = (isoDate: string): number => Math.round(Date.parse(`${isoDate}T00:00:00Z`) / dayMs);
export const dayOf = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);
export const addDays = (isoDate: string, days: number): string => dayOf(dayNumber(isoDate) + days);
/** Days of an inclusive window. */
export const daysIn = (from: string, to: string): number => dayNumber(to) - dayNumber(from) + 1;
export const monthOf = (isoDate: string): string => isoDate.slice(0, 7);

/** The day it is at an instant (epoch milliseconds) in an IANA time zone. Throws `RangeError` for an unknown zone. */
export function dayInZone(instant: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** Months (`2026-11`) an inclusive window touches. */
export function monthsIn(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = monthOf(from); month <= monthOf(to); ) {
    months.push(month);
    month = monthOf(addDays(`${month}-01`, 31));
  }
  return months;
}

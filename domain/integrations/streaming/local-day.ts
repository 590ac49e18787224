import { addDays, dayInZone } from '../calendar-day.ts';

const quarterMillis = 900_000;
/** Zones lie up to 14 hours from UTC. */
const widestMillis = 16 * 3_600_000;

/** The first instant (epoch milliseconds) of a day in an IANA time zone; zones change at whole quarters of an hour. */
export function startOfLocalDay(date: string, timeZone: string): number {
  const middle = Date.parse(`${date}T00:00:00Z`);
  let before = (middle - widestMillis) / quarterMillis;
  let at = (middle + widestMillis) / quarterMillis;
  while (at - before > 1) {
    const half = Math.floor((before + at) / 2);
    if (dayInZone(half * quarterMillis, timeZone) < date) before = half;
    else at = half;
  }
  return at * quarterMillis;
}

export const endOfLocalDay = (date: string, timeZone: string): number => startOfLocalDay(addDays(date, 1), timeZone);

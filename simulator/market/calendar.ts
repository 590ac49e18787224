/** Account-local days. A day is counted from 1970-01-01 as an integer, which sorts, subtracts and hashes. */
export type Day = number;

const msPerDay = 86_400_000;

/** `2026-11-22` to its day. Throws on anything that is not a real date. */
export function dayOf(isoDate: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(isoDate) ? Date.parse(`${isoDate}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || isoOf(ms / msPerDay) !== isoDate) throw new Error(`Not a date: ${JSON.stringify(isoDate)}.`);
  return ms / msPerDay;
}

export function isoOf(day: Day): string {
  return new Date(day * msPerDay).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** 0 on 1 January. */
export function dayOfYear(day: Day): number {
  return day - Date.UTC(new Date(day * msPerDay).getUTCFullYear(), 0, 1) / msPerDay;
}

/** The last 1 January or 1 July on or before the day. */
export function halfYearStart(day: Day): Day {
  const date = new Date(day * msPerDay);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() < 6 ? 0 : 6, 1) / msPerDay;
}

/** The local day an instant falls on in an IANA zone. */
export function localDay(instantMs: number, timeZone: string): Day {
  return Math.floor((instantMs + offsetMs(instantMs, timeZone)) / msPerDay);
}

/** The instant a local day begins. Where clocks change at midnight, the first instant that belongs to the day. */
export function startOfDay(day: Day, timeZone: string): number {
  const key = `${timeZone}|${day}`;
  const known = midnights.get(key);
  if (known !== undefined) return known;
  const local = day * msPerDay;
  const guess = local - offsetMs(local, timeZone);
  const instant = local - offsetMs(guess, timeZone);
  if (midnights.size > 50_000) midnights.clear();
  midnights.set(key, instant);
  return instant;
}

/** How much of a local day has passed at an instant, in [0, 1]; days of 23 and 25 hours included. */
export function elapsedFraction(day: Day, timeZone: string, instantMs: number): number {
  const start = startOfDay(day, timeZone);
  if (instantMs <= start) return 0;
  const end = startOfDay(day + 1, timeZone);
  return instantMs >= end ? 1 : (instantMs - start) / (end - start);
}

const midnights = new Map<string, number>();
const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMs(instantMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' });
    formats.set(timeZone, format);
  }
  const name = format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name);
  if (match === null) throw new Error(`The zone ${timeZone} answered an offset that cannot be read: ${name}.`);
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

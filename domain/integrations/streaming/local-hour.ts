import { dayInZone } from '../calendar-day.ts';

export interface LocalHour {
  /** Account-local day. */
  readonly date: string;
  /** 0 to 23. */
  readonly hour: number;
}

/** Zones are whole quarters of an hour from UTC. */
const quarterMillis = 900_000;
const mostKnown = 5_000;
const known = new Map<string, LocalHour>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** The hour it is at an instant (epoch milliseconds) in an IANA time zone. Throws `RangeError` for an unknown zone. */
export function localHour(instant: number, timeZone: string): LocalHour {
  const quarter = Math.floor(instant / quarterMillis);
  const key = `${timeZone}@${quarter}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const start = quarter * quarterMillis;
  const hours =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  formats.set(timeZone, hours);
  const at = { date: dayInZone(start, timeZone), hour: Number(hours.format(start)) };
  // Formatting costs some microseconds, an event less than one.
  if (known.size >= mostKnown) known.clear();
  known.set(key, at);
  return at;
}

import { localHour } from '../../integrations/streaming/local-hour.ts';

/** How far a local day has come. */
export interface DayClock {
  /** Account-local day. */
  readonly date: string;
  /** Hours by the wall clock, 0 up to 24: 13.5 at half past one. */
  readonly hours: number;
}

const quarterMillis = 900_000;

/** The local day of an instant (epoch milliseconds). Throws `RangeError` for an unknown zone. */
export function dayClock(instant: number, timeZone: string): DayClock {
  const { date, hour } = localHour(instant, timeZone);
  // Zones lie whole quarters from UTC: an hour begins at one of the last four.
  let start = Math.floor(instant / quarterMillis) * quarterMillis;
  for (let back = 0; back < 3 && localHour(start - quarterMillis, timeZone).hour === hour; back += 1)
    start -= quarterMillis;
  return { date, hours: hour + (instant - start) / 3_600_000 };
}

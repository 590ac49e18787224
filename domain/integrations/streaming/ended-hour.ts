import { type LocalHour, localHour } from './local-hour.ts';

/** Zones are whole quarters of an hour from UTC: nowhere does an hour end in between. */
export const quarterMillis = 900_000;
/** The longest hour there is has two: clocks were set back in it. */
const mostQuarters = 12;

export interface EndedHour extends LocalHour {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** The hour of a zone's clock that ends at a quarter of an hour (epoch milliseconds), if one does. */
export function hourEndedAt(quarter: number, timeZone: string): EndedHour | undefined {
  const ended = localHour(quarter - 1, timeZone);
  if (same(ended, localHour(quarter, timeZone))) return undefined;
  let from = quarter - quarterMillis;
  for (let back = 1; back < mostQuarters && same(ended, localHour(from - 1, timeZone)); back += 1) {
    from -= quarterMillis;
  }
  return { ...ended, from, to: quarter };
}

const same = (a: LocalHour, b: LocalHour): boolean => a.hour === b.hour && a.date === b.date;

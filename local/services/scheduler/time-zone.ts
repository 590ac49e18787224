/** Wall-clock times of IANA time zones, from the runtime's own zone data. */

/** A wall-clock minute as if it were UTC, in epoch milliseconds: `Date.UTC(2026, 2, 29, 2, 30)` for 02:30 on 29 March. */
export type WallTime = number;

const formats = new Map<string, Intl.DateTimeFormat>();

export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

export function wallTime(epochMs: number, zone: string): WallTime {
  if (zone === 'UTC') return epochMs;
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(epochMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((epochMs % 1000) + 1000) % 1000);
}

const DAY_MS = 86_400_000;

/** The first moment that shows this wall time; `undefined` for one that the clocks skip in spring. */
export function momentOf(wall: WallTime, zone: string): number | undefined {
  if (zone === 'UTC') return wall;
  // No zone changes twice within two days: the offset is that of the day before or of the day after.
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((near) => wallTime(near, zone) - near);
  const moments = offsets.map((offset) => wall - offset).filter((moment) => wallTime(moment, zone) === wall);
  return moments.length === 0 ? undefined : Math.min(...moments);
}

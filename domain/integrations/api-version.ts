import type { PlatformDescriptor } from './platform.ts';

type Versioned = Pick<PlatformDescriptor, 'apiVersion' | 'apiVersionSunset' | 'versionLifetime'>;

/**
 * ISO date of the last day on which the platform answers the version: as it has announced, or as follows from the version's own name.
 * `null` where neither tells.
 */
export function sunsetOf({ apiVersion, apiVersionSunset, versionLifetime }: Versioned): string | null {
  const [, year, month] = /^(\d{4})(0[1-9]|1[0-2])$/.exec(apiVersion) ?? [];
  if (apiVersionSunset !== null || !versionLifetime || !year || !month) return apiVersionSunset;
  const last = Date.UTC(Number(year), Number(month) - 1 + versionLifetime.months, versionLifetime.dayOfMonth);
  return new Date(last).toISOString().slice(0, 10);
}

const dayMs = 86_400_000;

/**
 * Whole days for which the platform still answers the version: 0 on the last of them, negative once it is over, `null` where the end is
 * not known. `today` is an ISO date in UTC.
 */
export function daysUntilSunset(descriptor: Versioned, today: string): number | null {
  const sunset = sunsetOf(descriptor);
  return sunset === null ? null : Math.round((epochOf(sunset) - epochOf(today)) / dayMs);
}

function epochOf(day: string): number {
  const epoch = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(epoch)) throw new RangeError(`An ISO date is needed, not "${day}".`);
  return epoch;
}

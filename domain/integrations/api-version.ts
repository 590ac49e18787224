import type { PlatformDescriptor } from './platform.ts';

const dayMs = 86_400_000;

/**
 * Whole days for which the platform still answers the descriptor's version: 0 on the last of them, negative once it is over, `null` where
 * the platform has announced no end. `today` is an ISO date in UTC.
 */
export function daysUntilSunset(
  { apiVersionSunset }: Pick<PlatformDescriptor, 'apiVersionSunset'>,
  today: string,
): number | null {
  return apiVersionSunset === null ? null : Math.round((epochOf(apiVersionSunset) - epochOf(today)) / dayMs);
}

function epochOf(day: string): number {
  const epoch = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(epoch)) throw new RangeError(`An ISO date is needed, not "${day}".`);
  return epoch;
}

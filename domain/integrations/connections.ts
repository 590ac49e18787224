import type { Connection } from '../../contracts/schemas/connections.ts';

/** What is remembered of the contacts with the platform. Instants. */
export interface ConnectionContacts {
  readonly paused: boolean;
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  readonly authorizedAt: string | null;
}

/** The newest of what happened decides; an authorization makes earlier failures void. */
export function connectionState(known: ConnectionContacts): Connection['health']['state'] {
  if (known.paused) return 'paused';
  const since = known.authorizedAt ?? '';
  const failed = known.lastFailureAt !== null && known.lastFailureAt >= since ? known.lastFailureAt : undefined;
  const worked = known.lastSuccessAt !== null && known.lastSuccessAt >= since ? known.lastSuccessAt : undefined;
  if (failed !== undefined && (worked === undefined || failed > worked)) return 'failing';
  return worked === undefined ? 'unchecked' : 'healthy';
}

/** Whole days from one instant to a later instant or date, rounded down; negative once it is past. */
export const daysLeft = (until: string, now: number): number => Math.floor((Date.parse(until) - now) / 86_400_000);

/** Where the emulated account lies: region and account of the synthesized templates, and the clock everything reads. */
import type { Clock } from '../ports.ts';

export interface Place {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** What every service factory needs. */
export interface ServiceSettings extends Place {
  /** Folder that survives restarts, e.g. `.conext/`; a service makes its own folder or file inside. */
  readonly dataDir: string;
  readonly clock: Clock;
}

export function arnOf(place: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.accountId}:${resource}`;
}

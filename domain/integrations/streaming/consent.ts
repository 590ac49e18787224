import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';

export type Consent = NonNullable<StreamEvent['consent']>;
export type ClickIds = NonNullable<StreamEvent['clickIds']>;
export type Identifiers = NonNullable<StreamEvent['identifiers']>;

/** Nobody was asked. */
export const noConsent: Consent = { adStorage: 'unknown', adUserData: 'unknown', adPersonalization: 'unknown' };
/** Somebody said no to all of it: a browser that sends `DNT: 1` or `Sec-GPC: 1`. */
export const deniedConsent: Consent = { adStorage: 'denied', adUserData: 'denied', adPersonalization: 'denied' };

interface Personal {
  readonly clickIds: ClickIds | null;
  readonly identifiers: Identifiers | null;
}

const says = (part: object | null): boolean =>
  part !== null && Object.values(part).some((value) => (Array.isArray(value) ? value.length > 0 : value !== null));

/**
 * What of a person may be kept: click ids with `adStorage`, identifiers with `adUserData`, each only when it was granted. The event itself
 * is counted whatever they said: a count is of nobody.
 */
export function keepConsented(
  consent: Consent,
  { clickIds, identifiers }: Personal,
): Personal & { readonly dropped: readonly ('click-ids-dropped' | 'identifiers-dropped')[] } {
  const keepsClicks = consent.adStorage === 'granted';
  const keepsPeople = consent.adUserData === 'granted';
  return {
    clickIds: keepsClicks && says(clickIds) ? clickIds : null,
    identifiers: keepsPeople && says(identifiers) ? identifiers : null,
    dropped: [
      ...(!keepsClicks && says(clickIds) ? (['click-ids-dropped'] as const) : []),
      ...(!keepsPeople && says(identifiers) ? (['identifiers-dropped'] as const) : []),
    ],
  };
}

import type { Fault } from '../control/faults.ts';
import { expiredToken } from './access.ts';
import { dayLimit, volumeLimit } from './allowance.ts';
import { type LinkedInError, refusal } from './error.ts';
import type { OAuth } from './oauth.ts';

/** What a fault makes of a call, in LinkedIn's words; `undefined` for those that spoil the answer or the connection. */
export function failureOf(fault: Fault | undefined, oauth: OAuth): LinkedInError | undefined {
  switch (fault?.kind) {
    case 'unavailable':
    case 'maintenance':
      return unavailable();
    case 'internal':
      return internal();
    case 'rate-limit':
      return volumeLimit();
    case 'quota-exhausted':
      return dayLimit('APPLICATION');
    case 'token-expired':
      oauth.expireAll();
      return expiredToken();
    case 'unauthenticated-bare':
      return refusal(401, 'UNAUTHORIZED', 'Unauthorized');
    default:
      return undefined;
  }
}

export function unavailable(): LinkedInError {
  return refusal(503, 'SERVICE_UNAVAILABLE', 'The service is temporarily unavailable.');
}

export function internal(): LinkedInError {
  return refusal(500, 'INTERNAL_SERVER_ERROR', 'Internal Server Error', 0);
}

/** A `bad-row` fault spoils the first element with numbers and words no client can read. */
export function spoilFirst(body: unknown): void {
  const elements: unknown = typeof body === 'object' && body !== null && 'elements' in body ? body.elements : undefined;
  const first: unknown = Array.isArray(elements) ? elements[0] : undefined;
  if (typeof first !== 'object' || first === null) return;
  if ('impressions' in first) Object.assign(first, { impressions: 'n/a', costInLocalCurrency: '-1' });
  else if ('intendedStatus' in first) Object.assign(first, { intendedStatus: 'NO_SUCH_STATUS' });
  else if ('status' in first) Object.assign(first, { status: 'NO_SUCH_STATUS' });
}

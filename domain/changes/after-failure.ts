import type { ChangeProblem } from '../../contracts/schemas/change-requests.ts';
import type { PlatformErrorKind } from '../integrations/platform.ts';
import type { OperationRecord } from './change-record.ts';

/** Tries of one operation that came to nothing, before somebody has to look. */
export const mostTries = 8;
/** A platform that permits no more calls is waited for this long, milliseconds. */
const longestWaitMs = 24 * 3_600_000;
/** After a write without an answer nobody asks before this has passed: what the platform was still doing is done or gone by then. */
export const settleMs = 60_000;
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;

/** A try that did not get to its end. `fault`: an error that is not the platform's word. */
export interface Failure {
  readonly kind: PlatformErrorKind | 'fault';
  readonly message: string;
  readonly platformCode: string | null;
  readonly retryAfterSeconds: number | undefined;
  /** Reading what is there, or asking the platform to act. */
  readonly while: 'reading' | 'writing';
}

export type AfterFailure =
  | { readonly kind: 'end'; readonly status: 'failed' | 'unknown'; readonly error: ChangeProblem }
  | {
      readonly kind: 'again';
      /** Epoch milliseconds. */
      readonly at: number;
      /** Kept where the platform may have acted. */
      readonly sentAt: string | null;
      readonly attempts: number;
    };

const advice: Readonly<Record<Failure['kind'], string>> = {
  unauthorized: 'Authorize the connection again, then resume the change.',
  rejected: '',
  'rate-limited': 'The platform permitted no more calls for a day; resume the change later.',
  unavailable: 'Resume the change when the platform answers again.',
  fault: 'Resume the change; if it fails again, the log of the worker says more.',
};

/**
 * What follows when a try failed. `sentBefore`: when an earlier try asked the platform to act without hearing of it; null where none
 * did. A platform that refuses has not acted; after silence nobody knows, and the next try reads first.
 */
export function afterFailure(
  operation: Pick<OperationRecord, 'attempts' | 'firstTriedAt' | 'sentAt'>,
  sentBefore: string | null,
  failure: Failure,
  now: number,
): AfterFailure {
  const refused = failure.kind !== 'unavailable' && failure.kind !== 'fault';
  const sentAt = failure.while === 'writing' && refused ? sentBefore : operation.sentAt;
  const end = (): AfterFailure => {
    // A refusal of this try says nothing of an earlier one, unless it was read that the earlier one did nothing.
    const open = failure.while === 'writing' && refused ? null : sentAt;
    return {
      kind: 'end',
      status: open === null ? 'failed' : 'unknown',
      error: {
        field: 'target',
        reason: [
          failure.message,
          ...(open === null ? [] : [`Whether the platform acted at ${open} is not known; look there.`]),
          advice[failure.kind],
        ]
          .filter((one) => one !== '')
          .join(' '),
        platformCode: failure.platformCode,
      },
    };
  };
  switch (failure.kind) {
    case 'rejected':
    case 'unauthorized':
      return end();
    case 'rate-limited': {
      if (now - Date.parse(operation.firstTriedAt ?? new Date(now).toISOString()) > longestWaitMs) return end();
      const wait = Math.max(1, failure.retryAfterSeconds ?? 1) * 1_000;
      // Waiting for one's turn is no failed try.
      return { kind: 'again', at: now + wait, sentAt, attempts: operation.attempts - 1 };
    }
    default: {
      if (operation.attempts >= mostTries) return end();
      const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (operation.attempts - 1));
      const wait = failure.while === 'writing' ? Math.max(settleMs, pause) : pause;
      return { kind: 'again', at: now + wait, sentAt, attempts: operation.attempts };
    }
  }
}

import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { acceptedDays, futureMillis } from '../../../contracts/streams/windows.ts';
import { isLate } from './counters.ts';

/** What has to be known of an account to count its events. */
export interface CountedAccount {
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
}

export type Admission =
  | { readonly kind: 'admitted'; readonly timeZone: string }
  | {
      readonly kind: 'unknown-account' | 'other-currency' | 'no-currency' | 'in-the-future' | 'expired';
      readonly detail: string;
    };

/** Days and hours of events that name no account. */
export const zoneWithoutAccount = 'UTC';

const dayMillis = 86_400_000;

/**
 * Whether an event that could be read may be counted. `account` is the one it names, `undefined` where its workspace has none of that id.
 * `now` in epoch milliseconds.
 */
export function admitEvent(event: StreamEvent, account: CountedAccount | undefined, now: number): Admission {
  if (event.accountId !== null && account === undefined) {
    return { kind: 'unknown-account', detail: `the workspace has no account ${event.accountId}` };
  }
  const { spendMicros, conversionValueMicros, revenueMicros, refundsMicros } = event.measures;
  if (event.currency === null && [spendMicros, conversionValueMicros, revenueMicros, refundsMicros].some(Boolean)) {
    return { kind: 'no-currency', detail: 'it holds money without a currency' };
  }
  // What the site earned may be in any currency; what the account spends is in its own.
  if (account !== undefined && event.currency !== null && event.currency !== account.currency && spendMicros !== 0) {
    return { kind: 'other-currency', detail: `it spends ${event.currency}, the account is in ${account.currency}` };
  }
  if (event.occurredAt > event.receivedAt + futureMillis) {
    return {
      kind: 'in-the-future',
      detail: `it happened ${event.occurredAt - event.receivedAt} ms after it was received`,
    };
  }
  const from = now - acceptedDays * dayMillis;
  if ((isLate(event) ? event.receivedAt : event.occurredAt) < from) {
    return {
      kind: 'expired',
      detail: `its id may be forgotten after ${acceptedDays} days; rebuild its window from the lake`,
    };
  }
  return { kind: 'admitted', timeZone: account?.timeZone ?? zoneWithoutAccount };
}

/**
 * How fast one name may call, as pure arithmetic on a small state that many processes can share. Calls are given slots in time
 * rather than tokens: whoever leases several knows when each may leave, and nobody needs to be asked again.
 *
 * Each limit is kept by the generic cell rate algorithm (ITU-T I.371): a slot moves the limit's next free time on by the
 * interval between two calls, and a call may leave early by the burst the limit allows.
 */
import type { RateLimit } from './platform.ts';

export interface BucketState {
  /** By limit (`10/1`): epoch milliseconds from which the next call keeps its pace. */
  readonly nextAt: Readonly<Record<string, number>>;
  /** Epoch milliseconds; nobody calls before. */
  readonly closedUntil: number;
  /** Share of the limits drawn on since `pacedAt`; it grows back with time. */
  readonly pace: number;
  /** Epoch milliseconds. */
  readonly pacedAt: number;
}

export const freshBucket: BucketState = { nextAt: {}, closedUntil: 0, pace: 1, pacedAt: 0 };

/**
 * Share of a limit that is drawn on: calls that leave evenly arrive a little bunched, and platforms count arrivals. At 10 a second
 * the eleventh call may then arrive 75 ms too early before the second is overdrawn.
 */
export const headroom = 0.93;
/**
 * A refusal takes the pace down to this share of itself, never below the floor; a minute without one gives so much back. One that
 * is over within a minute may be a few calls that arrived together; a longer one says that the limit is another than we think.
 */
const afterRefusal = { short: 0.99, long: 0.8 };
const longRefusalMs = 60_000;
const lowestPace = 0.2;
const regainedPerMinute = 0.1;
/** Limits over long windows may be used up in a hurry: half at once, half spread. Short ones are paced throughout. */
const longWindowSeconds = 3_600;
/** A line longer than this was written by a clock that jumped. A daily limit may close a bucket for a day. */
const longestLineMs = 3_600_000;
const closedAheadMs = 25 * 3_600_000;

/**
 * Slots for `count` calls, in order, and the state after they are taken. A slot is an epoch millisecond, now at the earliest. Without
 * limits a bucket knows nothing but its refusals.
 */
export function lease(
  state: BucketState,
  limits: readonly RateLimit[],
  count: number,
  now: number,
): { readonly state: BucketState; readonly slots: readonly number[] } {
  const pace = paceAt(state, now);
  const opens = opensAt(state, now);
  const rules = limits.map((limit) => {
    const burst = burstOf(limit);
    // A burst of b and n-b+1 calls spread over the window are n in any window, whenever it begins.
    const interval = (limit.perSeconds * 1_000) / ((limit.calls - burst + 1) * headroom * pace);
    return { name: nameOf(limit), interval, early: (burst - 1) * interval };
  });
  const nextAt: Record<string, number> = {};
  for (const { name, early } of rules) nextAt[name] = Math.min(state.nextAt[name] ?? 0, now + early + longestLineMs);
  const slots: number[] = [];
  for (let taken = 0; taken < count; taken += 1) {
    const slot = Math.max(now, opens, ...rules.map(({ name, early }) => (nextAt[name] ?? 0) - early));
    for (const { name, interval } of rules) nextAt[name] = Math.max(nextAt[name] ?? 0, slot) + interval;
    // A hundredth of a millisecond is the arithmetic's, not the clock's.
    slots.push(Math.ceil(slot - 0.01));
  }
  return { state: { ...state, nextAt: { ...state.nextAt, ...nextAt } }, slots };
}

/** The platform refused a call and nobody shall call for `waitMs`; afterwards more slowly. */
export function refuse(state: BucketState, waitMs: number, now: number): BucketState {
  const closedUntil = Math.max(opensAt(state, now), now + Math.min(waitMs, closedAheadMs));
  // Refusals of calls that were under way together are one lesson.
  if (state.pacedAt > 0 && now < opensAt(state, now)) return { ...state, closedUntil };
  const kept = waitMs < longRefusalMs ? afterRefusal.short : afterRefusal.long;
  // Time does its work from the end of the wait on.
  return { ...state, closedUntil, pace: Math.max(lowestPace, paceAt(state, now) * kept), pacedAt: closedUntil };
}

/** Epoch milliseconds from which the bucket may be called again. */
export function opensAt(state: BucketState, now: number): number {
  return state.closedUntil > now + closedAheadMs ? now : state.closedUntil;
}

export function paceAt({ pace, pacedAt }: BucketState, now: number): number {
  return Math.min(1, pace + (Math.max(0, now - pacedAt) / 60_000) * regainedPerMinute);
}

const burstOf = ({ calls, perSeconds }: RateLimit): number =>
  perSeconds >= longWindowSeconds ? Math.max(1, Math.floor(calls / 2)) : 1;

const nameOf = ({ calls, perSeconds }: RateLimit): string => `${calls}/${perSeconds}`;

/** The next permit is further away than the caller would wait. */
export class PermitTooFar extends Error {
  readonly bucket: string;
  readonly waitSeconds: number;

  constructor(bucket: string, waitSeconds: number) {
    super(`The next call of ${bucket} is possible in ${waitSeconds} s.`);
    this.name = 'PermitTooFar';
    this.bucket = bucket;
    this.waitSeconds = waitSeconds;
  }
}

/**
 * How many events one client may send: a bucket that fills with time, and a day's worth. The bucket is kept as the instant at which it
 * is full again (generic cell rate algorithm, ITU-T I.371), so that a single conditional addition spends from it.
 */
export interface EventQuota {
  readonly perSecond: number;
  /** UTC day. */
  readonly perDay: number;
}

export interface QuotaState {
  /** Epoch milliseconds at which the bucket is full again. */
  readonly fullAt: number;
  /** UTC day of `used`. */
  readonly day: string;
  readonly used: number;
}

/** At once may come what is allowed within so long, and a whole request in any case. */
export const burstSeconds = 10;
const largestRequest = 500;
const dayMillis = 86_400_000;

export const burstOf = ({ perSecond }: EventQuota): number => Math.max(largestRequest, burstSeconds * perSecond);
/** Milliseconds by which so many events move `fullAt` on. */
export const costOf = (events: number, { perSecond }: EventQuota): number => Math.ceil((events * 1_000) / perSecond);
/** How far ahead `fullAt` may lie: the bucket is empty then. */
export const depthOf = (quota: EventQuota): number => costOf(burstOf(quota), quota);
export const utcDay = (now: number): string => new Date(now).toISOString().slice(0, 10);

export interface QuotaLeft {
  /** Events that may come at once. */
  readonly events: number;
  /** Until the bucket is full again. */
  readonly seconds: number;
  readonly today: number;
}

export function quotaLeft(state: QuotaState | undefined, quota: EventQuota, now: number): QuotaLeft {
  const ahead = Math.max(0, (state?.fullAt ?? 0) - now);
  return {
    events: Math.max(0, Math.floor(((depthOf(quota) - ahead) * quota.perSecond) / 1_000)),
    seconds: Math.ceil(ahead / 1_000),
    today: Math.max(0, quota.perDay - (state?.day === utcDay(now) ? state.used : 0)),
  };
}

/** Seconds after which so many events may come; 0 for now. */
export function waitFor(events: number, state: QuotaState | undefined, quota: EventQuota, now: number): number {
  if (quotaLeft(state, quota, now).today < events) return Math.ceil((dayMillis - (now % dayMillis)) / 1_000);
  const full = Math.max(state?.fullAt ?? 0, now) + costOf(events, quota);
  return Math.max(0, Math.ceil((full - now - depthOf(quota)) / 1_000));
}

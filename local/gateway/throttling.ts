/** Request limits: token buckets for rate and burst, counters for quotas. */
import type { Quota, Throttle } from './api-definition.ts';

/** Fills with `rate` tokens a second up to `burst`; a request takes one. */
export class TokenBucket {
  readonly #throttle: Throttle;
  #tokens: number;
  #filledAt: number | undefined;

  constructor(throttle: Throttle) {
    this.#throttle = throttle;
    this.#tokens = throttle.burst;
  }

  /** `now` in epoch milliseconds. A clock that steps back adds nothing and takes nothing. */
  take(now: number): boolean {
    const { rate, burst } = this.#throttle;
    const elapsed = Math.max(0, now - (this.#filledAt ?? now));
    if (elapsed > 0) this.#tokens = Math.min(burst, this.#tokens + (elapsed / 1000) * rate);
    this.#filledAt = Math.max(now, this.#filledAt ?? now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

/** Counts requests in the calendar period (UTC) that AWS counts in. */
export class QuotaCounter {
  readonly #quota: Quota;
  #period = '';
  #used = 0;

  constructor(quota: Quota) {
    this.#quota = quota;
  }

  take(now: number): boolean {
    const period = periodOf(now, this.#quota.period);
    if (period !== this.#period) {
      this.#period = period;
      this.#used = 0;
    }
    if (this.#used >= this.#quota.limit) return false;
    this.#used += 1;
    return true;
  }
}

const dayMs = 86_400_000;

/** Weeks start on Sunday, as AWS counts them: 1970-01-04 was one. */
function periodOf(now: number, period: Quota['period']): string {
  if (period === 'MONTH') return new Date(now).toISOString().slice(0, 7);
  const days = Math.floor(now / dayMs);
  return period === 'DAY' ? `day ${days}` : `week ${Math.floor((days - 3) / 7)}`;
}

import { PlatformError, type RateLimiter } from '../../domain/integrations/platform.ts';
import { takePermits } from '../rate-limiter.ts';
import { type RetryWorld, realRetryWorld } from '../read-policy.ts';
import { fingerprint } from './credentials.ts';

/** Operations a second the budget starts from, may grow to, and never falls below. */
const startRate = 10;
const highestRate = 50;
const lowestRate = 0.2;
/** Added for a second's worth of accepted operations; a refusal halves (additive increase, multiplicative decrease). */
const increase = 0.5;
/** Operations that may leave at once after a quiet time. */
const burst = 10;

export interface QuotaWorld extends Pick<RetryWorld, 'wait'> {
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * How fast one developer token asks. Google publishes daily operations per access level but no rate and no headers, so
 * the rate is learned: accepted operations raise it slowly, a refusal halves it and closes the gate for as long as the
 * refusal says. Known to this process only; what is shared with other workers is a `SharedPermits`.
 */
export class OperationBudget {
  readonly #world: QuotaWorld;
  #rate = startRate;
  #tokens = burst;
  #filledAt: number;
  #closedUntil = 0;

  constructor(world: QuotaWorld = { now: Date.now, wait: realRetryWorld.wait }) {
    this.#world = world;
    this.#filledAt = world.now();
  }

  /** Operations a second at present. */
  get rate(): number {
    return this.#rate;
  }

  /** Waits for one operation's turn. Throws `PlatformError` `rate-limited` at once when the wait would be longer than `patienceMs`. */
  async take(patienceMs: number, signal?: AbortSignal): Promise<void> {
    this.#fill();
    // Taken before the wait, below zero if need be: those who wait stand in line.
    this.#tokens -= 1;
    const untilToken = this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate) * 1000;
    const waitMs = Math.max(untilToken, this.#closedUntil - this.#world.now());
    if (waitMs > patienceMs) {
      this.#tokens += 1;
      const retryAfterSeconds = Math.ceil(waitMs / 1000);
      throw new PlatformError(
        'rate-limited',
        `Google Ads quota is used up; the next operation is possible in ${retryAfterSeconds} s.`,
        {
          platform: 'google-ads',
          platformCode: 'OPERATION_BUDGET',
          retryAfterSeconds,
        },
      );
    }
    if (waitMs > 0) await this.#world.wait(waitMs, signal);
  }

  accepted(): void {
    this.#rate = Math.min(highestRate, this.#rate + increase / this.#rate);
  }

  /** The platform said too much; `retryAfterSeconds` as it asked. */
  refused(retryAfterSeconds: number | undefined): void {
    this.#fill();
    this.#rate = Math.max(lowestRate, this.#rate / 2);
    this.#tokens = Math.min(this.#tokens, 1);
    this.#closedUntil = Math.max(this.#closedUntil, this.#world.now() + (retryAfterSeconds ?? 0) * 1000);
  }

  #fill(): void {
    const now = this.#world.now();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * this.#rate);
    this.#filledAt = now;
  }
}

const budgets = new Map<string, OperationBudget>();

/** Google counts by developer token: every connection that uses one shares its budget. */
export function sharedBudget(developerToken: string, api: string): OperationBudget {
  const key = fingerprint(api, developerToken);
  const budget = budgets.get(key) ?? new OperationBudget();
  budgets.set(key, budget);
  return budget;
}

/** Permits that all workers of one developer token draw on, so that one's refusal slows the others. */
export class SharedPermits {
  readonly #limiter: RateLimiter;
  readonly #bucket: string;

  constructor(limiter: RateLimiter, developerToken: string, api: string) {
    this.#limiter = limiter;
    this.#bucket = `google-ads/developer-token/${fingerprint(api, developerToken).slice(0, 22)}`;
  }

  /** Throws `PlatformError` `rate-limited` when the next permit is further away than `patienceMs`. */
  async take(patienceMs: number, signal?: AbortSignal): Promise<void> {
    const limits = [{ calls: highestRate, perSeconds: 1 }];
    await takePermits(this.#limiter, 'google-ads', [{ name: this.#bucket, limits }], { patienceMs, signal });
  }

  async refused(retryAfterSeconds: number | undefined): Promise<void> {
    await this.#limiter.refused(this.#bucket, retryAfterSeconds ?? 1);
  }
}

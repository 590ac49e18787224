import { AdsFailure } from './failure.ts';

/** Operations a developer token may do in any 24 hours; see Google's access levels. */
export const accessLevels = { explorer: 2880, basic: 15_000, standard: Number.POSITIVE_INFINITY } as const;
export type AccessLevel = keyof typeof accessLevels;

const dayMs = 86_400_000;
/** Arrivals are counted by the minute, so that memory stays at a day of minutes. */
const minuteMs = 60_000;

/** Counts operations over the last 24 hours of the simulated clock. */
export class Quota {
  readonly #level: AccessLevel;
  readonly #now: () => number;
  readonly #limit: number;
  readonly #minutes = new Map<number, number>();

  constructor(level: AccessLevel, now: () => number, limit: number = accessLevels[level]) {
    this.#level = level;
    this.#now = now;
    this.#limit = limit;
  }

  /** Throws quotaError RESOURCE_EXHAUSTED when the day's operations are used up. */
  spend(operations: number): void {
    if (this.#limit === Number.POSITIVE_INFINITY) return;
    const now = this.#now();
    for (const minute of this.#minutes.keys()) {
      // Minutes yet to come were counted before the clock was set back.
      if (minute * minuteMs <= now - dayMs || minute * minuteMs > now) this.#minutes.delete(minute);
    }
    const used = [...this.#minutes.values()].reduce((left, right) => left + right, 0);
    if (used + operations > this.#limit) {
      const oldest = Math.min(...this.#minutes.keys()) * minuteMs;
      throw this.exhausted(Math.max(1, Math.ceil((oldest + dayMs - now) / 1000)));
    }
    const minute = Math.floor(now / minuteMs);
    this.#minutes.set(minute, (this.#minutes.get(minute) ?? 0) + operations);
  }

  exhausted(retryDelaySeconds: number): AdsFailure {
    return new AdsFailure(
      'quota_error',
      'RESOURCE_EXHAUSTED',
      `Too many requests. Retry in ${retryDelaySeconds} seconds.`,
      {
        quota: {
          rateScope: 'DEVELOPER',
          rateName: `Number of operations for ${this.#level} access`,
          retryDelaySeconds,
        },
      },
    );
  }
}

export function temporarilyExhausted(retryDelaySeconds: number): AdsFailure {
  return new AdsFailure(
    'quota_error',
    'RESOURCE_TEMPORARILY_EXHAUSTED',
    `Too many requests. Retry in ${retryDelaySeconds} seconds.`,
    {
      quota: { rateScope: 'ACCOUNT', rateName: 'Requests per service per account', retryDelaySeconds },
    },
  );
}

import { type LinkedInError, refusal } from './error.ts';

const dayMs = 86_400_000;
const windowMs = 5 * 60_000;

/**
 * LinkedIn's limits: calls to each resource a UTC day, of a size it does not publish and no header tells, and 45 million
 * metric values (fields times elements) in five minutes of `adAnalytics` (learn.microsoft.com/linkedin/marketing/integrations/ads-reporting).
 */
export class Allowance {
  readonly #dailyCalls: number;
  readonly #metricValues: number;
  readonly #now: () => number;
  #day = Number.NaN;
  #calls = new Map<string, number>();
  #refused = { dailyCalls: 0, metricValues: 0 };
  #served: { readonly at: number; readonly values: number }[] = [];

  constructor(dailyCalls: number, metricValues: number, now: () => number) {
    this.#dailyCalls = dailyCalls;
    this.#metricValues = metricValues;
    this.#now = now;
  }

  /** Counts a call. Throws 429 when the resource's calls of this UTC day are used up. */
  spend(resource: string): void {
    const day = Math.floor(this.#now() / dayMs);
    if (day !== this.#day) {
      this.#day = day;
      this.#calls = new Map();
    }
    const used = this.#calls.get(resource) ?? 0;
    if (used >= this.#dailyCalls) {
      this.#refused.dailyCalls += 1;
      throw dayLimit();
    }
    this.#calls.set(resource, used + 1);
  }

  /** Throws 429 when this answer would be more than five minutes may bring; otherwise counts it. */
  serve(values: number): void {
    const now = this.#now();
    // Those yet to come were counted before the clock was set back.
    this.#served = this.#served.filter(({ at }) => at > now - windowMs && at <= now);
    const used = this.#served.reduce((sum, served) => sum + served.values, 0);
    if (used + values > this.#metricValues) {
      this.#refused.metricValues += 1;
      throw volumeLimit();
    }
    this.#served.push({ at: now, values });
  }

  get refused(): Readonly<Record<'dailyCalls' | 'metricValues', number>> {
    return { ...this.#refused };
  }

  forget(): void {
    this.#refused = { dailyCalls: 0, metricValues: 0 };
    this.#calls = new Map();
    this.#served = [];
  }
}

export function dayLimit(): LinkedInError {
  return tooMany('Resource level throttle APPLICATION DAY limit for calls to this resource is reached.');
}

export function volumeLimit(): LinkedInError {
  return tooMany('Request was throttled: more than 45 million metric values were requested in 5 minutes.');
}

function tooMany(message: string): LinkedInError {
  return refusal(429, 'TOO_MANY_REQUESTS', message, 101);
}

import { type LinkedInError, refusal } from './error.ts';

const dayMs = 86_400_000;
const windowMs = 5 * 60_000;

/** How much LinkedIn lets through. */
export interface Limits {
  /** Calls of the application to one resource in a UTC day. */
  readonly dailyCalls: number;
  /** Calls of one member to all resources together in a UTC day. */
  readonly memberCalls: number;
  /** Metric values, fields times elements, that `adAnalytics` answers in five minutes. */
  readonly metricValues: number;
}

/**
 * LinkedIn's limits: two a UTC day, of sizes it does not publish and no header tells (learn.microsoft.com/linkedin/shared/api-guide/concepts/rate-limits),
 * and one of five minutes (…/marketing/integrations/ads-reporting/ads-reporting).
 */
export class Allowance {
  readonly #limits: Limits;
  readonly #now: () => number;
  #day = Number.NaN;
  #calls = new Map<string, number>();
  #refused = { dailyCalls: 0, memberCalls: 0, metricValues: 0 };
  /** By instant, oldest first. */
  #served: { readonly at: number; values: number }[] = [];

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a call. Throws 429 when the calls of this UTC day are used up. */
  spend(resource: string, member: string): void {
    const day = Math.floor(this.#now() / dayMs);
    if (day !== this.#day) {
      this.#day = day;
      this.#calls = new Map();
    }
    this.#check('dailyCalls', resource, () => dayLimit('APPLICATION'));
    this.#check('memberCalls', member, () => dayLimit('APPLICATION_AND_MEMBER'));
    for (const key of [resource, member]) this.#calls.set(key, (this.#calls.get(key) ?? 0) + 1);
  }

  /** Throws 429 when this answer would be more than five minutes may bring; otherwise counts it. */
  serve(values: number): void {
    const now = this.#now();
    // Those yet to come were counted before the clock was set back.
    this.#served = this.#served.filter(({ at }) => at > now - windowMs && at <= now);
    const used = this.#served.reduce((sum, served) => sum + served.values, 0);
    if (used + values > this.#limits.metricValues) {
      this.#refused.metricValues += 1;
      throw volumeLimit();
    }
    const last = this.#served.at(-1);
    if (last?.at === now) last.values += values;
    else this.#served.push({ at: now, values });
  }

  get refused(): Readonly<Record<keyof Limits, number>> {
    return { ...this.#refused };
  }

  forget(): void {
    this.#refused = { dailyCalls: 0, memberCalls: 0, metricValues: 0 };
    this.#calls = new Map();
    this.#served = [];
  }

  #check(limit: 'dailyCalls' | 'memberCalls', key: string, refuse: () => LinkedInError): void {
    if ((this.#calls.get(key) ?? 0) < this.#limits[limit]) return;
    this.#refused[limit] += 1;
    throw refuse();
  }
}

export function dayLimit(whose: 'APPLICATION' | 'APPLICATION_AND_MEMBER'): LinkedInError {
  return tooMany(`Resource level throttle ${whose} DAY limit for calls to this resource is reached.`);
}

export function volumeLimit(): LinkedInError {
  return tooMany('Request was throttled: more than 45 million metric values were requested in 5 minutes.');
}

function tooMany(message: string): LinkedInError {
  return refusal(429, 'TOO_MANY_REQUESTS', message, 101);
}

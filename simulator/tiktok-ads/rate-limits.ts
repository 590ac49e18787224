import { Refusal } from './codes.ts';

/** Calls of one app over all endpoints, by the level TikTok granted it. */
export const rateLevels = {
  basic: { perSecond: 10, perMinute: 600 },
  advanced: { perSecond: 20, perMinute: 1_200 },
  premium: { perSecond: 30, perMinute: 1_800 },
  unlimited: { perSecond: Number.POSITIVE_INFINITY, perMinute: Number.POSITIVE_INFINITY },
} as const;
export type RateLevel = keyof typeof rateLevels;

/** Asynchronous reports have limits of their own at every level. */
const taskLimits = { perSecond: 2, perDay: 4_500 };
/** Who exceeds the minute is kept out for so long. */
const restrictionMs = 5 * 60_000;

interface RateOptions {
  readonly level: RateLevel;
  /** Calls a second to one advertiser; TikTok publishes no number. */
  readonly advertiserPerSecond: number;
  readonly now: () => number;
}

/** What callers met, for whoever runs the simulator. */
export interface RateState {
  readonly calls: number;
  readonly refused: {
    readonly second: number;
    readonly minute: number;
    readonly tasks: number;
    readonly advertiser: number;
  };
  /** How often the app was kept out for five minutes. */
  readonly restrictions: number;
  readonly restrictedUntil: number | undefined;
}

/**
 * Sliding windows, without a word in any header. A call that was refused for its second counts for its minute all the same: who
 * does not slow down is kept out.
 */
export class RateLimits {
  readonly #options: RateOptions;
  readonly #minute = new Window(60_000);
  readonly #second = new Window(1_000);
  readonly #taskSecond = new Window(1_000);
  readonly #taskDay = new Window(86_400_000);
  readonly #advertisers = new Map<string, Window>();
  #calls = 0;
  #refused = { second: 0, minute: 0, tasks: 0, advertiser: 0 };
  #restrictions = 0;
  #restrictedUntil = Number.NEGATIVE_INFINITY;

  constructor(options: RateOptions) {
    this.#options = options;
  }

  /** Throws 40100 for the app, 40133 for the advertiser. */
  spend(operation: string, advertiserId: string | undefined): void {
    const now = this.#options.now();
    const { perSecond, perMinute } = rateLevels[this.#options.level];
    this.#calls += 1;
    if (now < this.#restrictedUntil) {
      this.#refused.minute += 1;
      throw tooMany();
    }
    if (this.#minute.add(now) > perMinute) {
      this.#restrictedUntil = now + restrictionMs;
      this.#restrictions += 1;
      this.#refused.minute += 1;
      throw tooMany();
    }
    if (!this.#second.room(now, perSecond)) {
      this.#refused.second += 1;
      throw tooMany();
    }
    if (operation.startsWith('report/task/') && !this.#taskRoom(now)) {
      this.#refused.tasks += 1;
      throw tooMany();
    }
    if (advertiserId !== undefined && !this.#advertiser(advertiserId).room(now, this.#options.advertiserPerSecond)) {
      this.#refused.advertiser += 1;
      throw new Refusal('advertiserRateLimit', 'Too many requests to the advertiser. Please retry in some time.');
    }
  }

  state(): RateState {
    const until = this.#restrictedUntil > this.#options.now() ? this.#restrictedUntil : undefined;
    return {
      calls: this.#calls,
      refused: { ...this.#refused },
      restrictions: this.#restrictions,
      restrictedUntil: until,
    };
  }

  /** Begins again, as after a reset of the world. */
  clear(): void {
    for (const window of [this.#minute, this.#second, this.#taskSecond, this.#taskDay]) window.clear();
    this.#advertisers.clear();
    this.#calls = 0;
    this.#refused = { second: 0, minute: 0, tasks: 0, advertiser: 0 };
    this.#restrictions = 0;
    this.#restrictedUntil = Number.NEGATIVE_INFINITY;
  }

  #taskRoom(now: number): boolean {
    if (this.#options.level === 'unlimited') return true;
    return this.#taskSecond.room(now, taskLimits.perSecond) && this.#taskDay.room(now, taskLimits.perDay);
  }

  #advertiser(id: string): Window {
    const window = this.#advertisers.get(id) ?? new Window(1_000);
    this.#advertisers.set(id, window);
    return window;
  }
}

function tooMany(): Refusal {
  return new Refusal('appRateLimit', 'Too many requests. Please retry in some time.');
}

/** Instants of the calls within the last so many milliseconds. */
class Window {
  readonly #lengthMs: number;
  #instants: number[] = [];

  constructor(lengthMs: number) {
    this.#lengthMs = lengthMs;
  }

  add(now: number): number {
    this.#forget(now);
    this.#instants.push(now);
    return this.#instants.length;
  }

  /** Counts the call when there is room for it. */
  room(now: number, most: number): boolean {
    if (most === Number.POSITIVE_INFINITY) return true;
    this.#forget(now);
    if (this.#instants.length >= most) return false;
    this.#instants.push(now);
    return true;
  }

  clear(): void {
    this.#instants = [];
  }

  #forget(now: number): void {
    // Instants yet to come were counted before the clock was set back.
    const kept = this.#instants.findIndex((instant) => instant > now - this.#lengthMs && instant <= now);
    this.#instants = kept === -1 ? [] : kept === 0 ? this.#instants : this.#instants.slice(kept);
  }
}

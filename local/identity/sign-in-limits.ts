/** Slows down guessing: after five wrong passwords in a row an address waits, twice as long after each further one. */
import type { Clock } from '../ports.ts';

const freeAttempts = 5;
const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
/** Addresses remembered; the oldest are forgotten first. */
const remembered = 10_000;

export class SignInLimits {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { count: number; blockedUntil: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Milliseconds until the next attempt counts; 0 when it may be made now. */
  waitFor(email: string): number {
    const known = this.#failures.get(email.trim().toLowerCase());
    return Math.max(0, (known?.blockedUntil ?? 0) - this.#clock());
  }

  /** Counts as wrong until `succeeded` says otherwise, so that guesses made at once do not slip through together. */
  attempted(email: string): void {
    const key = email.trim().toLowerCase();
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    const over = count - freeAttempts;
    const wait = over < 0 ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** over);
    this.#failures.delete(key);
    this.#failures.set(key, { count, blockedUntil: this.#clock() + wait });
    if (this.#failures.size > remembered) {
      const [oldest] = this.#failures.keys();
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
  }

  succeeded(email: string): void {
    this.#failures.delete(email.trim().toLowerCase());
  }
}

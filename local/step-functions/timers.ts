/** Time as the engine sees it; tests put a driven clock in its place. */
import type { Clock } from '../ports.ts';

export interface Timers {
  readonly now: Clock;
  /** Calls back once after at least `ms`; the answer cancels. */
  after(ms: number, callback: () => void): () => void;
}

/** setTimeout fires at once beyond a signed 32-bit count of milliseconds (24.8 days). */
const LONGEST_TIMER_MS = 2_147_483_647;

export function realTimers(now: Clock = Date.now): Timers {
  const after = (ms: number, callback: () => void): (() => void) => {
    let handle: NodeJS.Timeout;
    const arm = (left: number): void => {
      const step = Math.min(left, LONGEST_TIMER_MS);
      handle = setTimeout(() => (left > step ? arm(left - step) : callback()), Math.max(0, step));
    };
    arm(ms);
    return () => clearTimeout(handle);
  };
  return { now, after };
}

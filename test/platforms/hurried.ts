import type { LimiterWorld } from '../../platforms/rate-limiter.ts';
import { realRetryWorld } from '../../platforms/read-policy.ts';

/** How many times as fast the seconds of permits pass in tests. */
export const hurry = 20;

export const hurried: LimiterWorld = {
  now: () => performance.now() * hurry,
  wait: (ms, signal) => realRetryWorld.wait(ms / hurry, signal),
};

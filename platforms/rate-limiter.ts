import { PlatformError, type PlatformId, type RateLimit, type RateLimiter } from '../domain/integrations/platform.ts';
import {
  type BucketState,
  freshBucket,
  lease,
  opensAt,
  PermitTooFar,
  refuse,
} from '../domain/integrations/token-bucket.ts';
import { type RetryWorld, realRetryWorld } from './read-policy.ts';

export interface LimiterWorld extends Pick<RetryWorld, 'wait'> {
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export const realLimiterWorld: LimiterWorld = { now: Date.now, wait: realRetryWorld.wait };

/** How often one call may find the bucket closed again while it stood in line. */
const reopenings = 5;

/** Permits of this process alone. Those who wait stand in line: a slot is taken before it is waited for. */
export function createRateLimiter(world: LimiterWorld = realLimiterWorld): RateLimiter {
  const buckets = new Map<string, BucketState>();
  return {
    async acquire(bucket, limits, { signal, patienceMs = Number.POSITIVE_INFINITY } = {}) {
      const begun = world.now();
      for (let attempt = 0; attempt < reopenings; attempt += 1) {
        const now = world.now();
        const { state, slots } = lease(buckets.get(bucket) ?? freshBucket, limits, 1, now);
        const slot = slots[0] ?? now;
        if (slot - begun > patienceMs) throw new PermitTooFar(bucket, Math.ceil((slot - now) / 1_000));
        buckets.set(bucket, state);
        if (slot > now) await world.wait(slot - now, signal);
        // Somebody else's call may have been refused meanwhile.
        if (opensAt(buckets.get(bucket) ?? freshBucket, world.now()) <= world.now()) return;
      }
      throw new PermitTooFar(bucket, closedFor(buckets.get(bucket), world.now()));
    },
    async refused(bucket, waitSeconds) {
      buckets.set(bucket, refuse(buckets.get(bucket) ?? freshBucket, waitSeconds * 1_000, world.now()));
    },
  };
}

const closedFor = (state: BucketState | undefined, now: number): number =>
  state ? Math.max(1, Math.ceil((opensAt(state, now) - now) / 1_000)) : 1;

const shared = createRateLimiter();
/** The limiter of readers that were given none: one for the process, since it calls with the same apps. */
export const processRateLimiter = (): RateLimiter => shared;

/** A process that wakes so much later than it was to wait stood still meanwhile. */
const lateMs = 10_000;

/**
 * Waits for a permit in every bucket. Throws `PlatformError`: `rate-limited` when one is further away than `patienceMs`, or when the
 * process stood still while it waited: the permit is an old one then, and whatever was to be written was looked at too long ago.
 */
export async function takePermits(
  limiter: RateLimiter,
  platform: PlatformId,
  buckets: readonly { readonly name: string; readonly limits: readonly RateLimit[] }[],
  options: {
    readonly patienceMs: number;
    readonly signal?: AbortSignal | undefined;
    /** Epoch milliseconds. */
    readonly now?: () => number;
  },
): Promise<void> {
  const { patienceMs, signal, now = Date.now } = options;
  for (const { name, limits } of buckets) {
    try {
      const begun = now();
      await limiter.acquire(name, limits, { patienceMs, ...(signal && { signal }) });
      if (now() - begun > patienceMs + lateMs) throw new PermitTooFar(name, 1);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof PermitTooFar) {
        throw new PlatformError('rate-limited', error.message, {
          platform,
          platformCode: 'NO_PERMIT',
          retryAfterSeconds: error.waitSeconds,
        });
      }
      throw new PlatformError('unavailable', 'The permits shared with other functions could not be reached.', {
        platform,
        platformCode: 'PERMITS_UNREACHABLE',
        cause: error,
      });
    }
  }
}

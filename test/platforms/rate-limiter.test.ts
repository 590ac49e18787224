import { describe, expect, it } from 'vitest';
import type { RateLimiter } from '../../domain/integrations/platform.ts';
import { createRateLimiter, takePermits } from '../../platforms/rate-limiter.ts';

const limits = [{ calls: 10, perSeconds: 1 }];
const bucket = 'tiktok-ads/app/1';

/** A clock that only waiting moves. */
function driven() {
  let now = 1_000_000;
  const waits: number[] = [];
  const world = {
    now: () => now,
    wait: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
  const pass = (ms: number) => {
    now += ms;
  };
  return { world, waits, limiter: createRateLimiter(world), pass };
}

describe('permits of one process', () => {
  it('paces calls by the limit', async () => {
    const { limiter, world } = driven();
    const begun = world.now();
    for (let calls = 0; calls < 95; calls += 1) await limiter.acquire(bucket, limits);
    expect(world.now() - begun).toBeGreaterThan(9_400);
    expect(world.now() - begun).toBeLessThan(10_200);
  });

  it('puts those who wait at the same time in line', async () => {
    const { world, limiter, waits } = driven();
    const frozen = createRateLimiter({ now: () => 5_000, wait: async (ms) => void waits.push(ms) });
    await Promise.all([1, 2, 3].map(() => frozen.acquire(bucket, limits)));
    expect(waits).toEqual([108, 216]);
    await limiter.acquire(bucket, limits);
    expect(world.now()).toBe(1_000_000);
  });

  it('keeps buckets apart', async () => {
    const { limiter, waits } = driven();
    await limiter.acquire('tiktok-ads/advertiser/1', limits);
    await limiter.acquire('tiktok-ads/advertiser/2', limits);
    expect(waits).toEqual([]);
  });

  it('refuses at once a permit that is further away than the caller would wait, and takes none', async () => {
    const { limiter, pass, waits } = driven();
    await limiter.refused(bucket, 300);
    await expect(limiter.acquire(bucket, limits, { patienceMs: 20_000 })).rejects.toMatchObject({
      name: 'PermitTooFar',
      waitSeconds: 300,
    });
    expect(waits).toEqual([]);
    pass(300_000);
    await limiter.acquire(bucket, limits, { patienceMs: 0 });
  });

  it('sends nobody off who stood in line while another call was refused', async () => {
    let now = 0;
    const waits: number[] = [];
    let limiter: RateLimiter | undefined;
    const world = {
      now: () => now,
      wait: async (ms: number) => {
        waits.push(ms);
        now += ms;
        if (waits.length === 1) await limiter?.refused(bucket, 30);
      },
    };
    limiter = createRateLimiter(world);
    await limiter.acquire(bucket, limits);
    await limiter.acquire(bucket, limits);
    expect(waits).toEqual([108, 30_000]);
  });

  it('stops waiting when the caller is stopped', async () => {
    const limiter = createRateLimiter();
    await limiter.refused(bucket, 60);
    const stop = new AbortController();
    const waiting = limiter.acquire(bucket, limits, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});

describe('taking permits for a call of a platform', () => {
  it('says as the platform would how long to wait', async () => {
    const { limiter } = driven();
    await limiter.refused(bucket, 300);
    const taken = takePermits(limiter, 'tiktok-ads', [{ name: bucket, limits }], { patienceMs: 1_000 });
    await expect(taken).rejects.toMatchObject({
      name: 'PlatformError.rate-limited',
      platformCode: 'NO_PERMIT',
      retryAfterSeconds: 300,
    });
  });

  it('gives none to a process that stood still while it waited', async () => {
    const { limiter, pass, world } = driven();
    const frozen: RateLimiter = {
      ...limiter,
      acquire: async (...given) => {
        await limiter.acquire(...given);
        pass(60_000);
      },
    };
    const buckets = [{ name: bucket, limits }];
    const options = { patienceMs: 20_000, now: world.now };
    await expect(takePermits(frozen, 'tiktok-ads', buckets, options)).rejects.toMatchObject({
      name: 'PlatformError.rate-limited',
      retryAfterSeconds: 1,
    });
    await expect(takePermits(limiter, 'tiktok-ads', buckets, options)).resolves.toBeUndefined();
  });

  it('takes permits that cannot be reached for an outage', async () => {
    const broken: RateLimiter = {
      acquire: () => Promise.reject(new Error('table gone')),
      refused: () => Promise.resolve(),
    };
    await expect(
      takePermits(broken, 'linkedin-ads', [{ name: 'linkedin-ads/app/1', limits }], { patienceMs: 1_000 }),
    ).rejects.toMatchObject({ name: 'PlatformError.unavailable', platform: 'linkedin-ads' });
  });
});

import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSharedRateLimiter } from '../../adapters/rate-limiter.ts';
import type { RateLimiter } from '../../domain/integrations/platform.ts';
import { type StateTable, startStateTable } from './state-table.ts';

const limits = [
  { calls: 10, perSeconds: 1 },
  { calls: 600, perSeconds: 60 },
];

let state: StateTable;
let writes = 0;
beforeAll(async () => {
  state = await startStateTable();
  state.client.middlewareStack.add(
    (next, context) => (args) => {
      if (/Put|Update/.test(context.commandName ?? '')) writes += 1;
      return next(args);
    },
    { step: 'initialize' },
  );
});
afterAll(() => state.close());

/** What another function has: the same table and nothing else. */
const worker = (): RateLimiter => createSharedRateLimiter(state.table);

/** Calls as fast as permits come, until the time is over; answers when each went out. */
async function callers(limiter: RateLimiter, bucket: string, count: number, untilMs: number): Promise<number[]> {
  const until = performance.now() + untilMs;
  const calls: number[] = [];
  const one = async () => {
    while (performance.now() < until) {
      await limiter.acquire(bucket, limits);
      calls.push(performance.now());
      // The call itself.
      await wait(40);
    }
  };
  await Promise.all(Array.from({ length: count }, one));
  return calls;
}

const most = (calls: readonly number[], ms: number): number =>
  Math.max(...calls.map((from) => calls.filter((at) => at >= from && at < from + ms).length));

describe('permits shared by functions', { timeout: 30_000 }, () => {
  // In real time: a machine that is busy for a second loses the permits of that second, so it may try again.
  it.each([
    ['one function with many calls at once', 1, 8],
    ['many functions with one call at a time', 8, 1],
  ])('use nine tenths of the rate and no more than it: %s', { retry: 2 }, async (name, functions, each) => {
    const bucket = `tiktok-ads/app/${name}`;
    writes = 0;
    const workers = Array.from({ length: functions }, () => callers(worker(), bucket, each, 5_000));
    const calls = (await Promise.all(workers)).flat().toSorted((a, b) => a - b);
    const begun = calls[0] ?? 0;
    // Towards the end there is nobody left who would use the slots.
    expect(calls.filter((at) => at < begun + 5_000).length / 5).toBeGreaterThanOrEqual(9);
    // Two more than permitted, should a busy machine wake callers late and together.
    expect(most(calls, 1_000)).toBeLessThanOrEqual(12);
    // One function leases about once a second. Each further one leases when it calls, now and then together with another.
    expect(writes).toBeLessThan(functions === 1 ? calls.length / 3 : calls.length * 1.5);
  });

  it('let a write come to its turn within seconds beside ten readers that never stop, and them beside it', async () => {
    const bucket = 'tiktok-ads/app/readers and a writer';
    const readers = Array.from({ length: 10 }, () => callers(worker(), bucket, 2, 6_000));
    const writer = worker();
    // As long as the least patient of the connectors waits. A permit further away is refused at once.
    const patienceMs = 5_000;
    const until = performance.now() + 6_000;
    let written = 0;
    for (; performance.now() < until; written += 1) await writer.acquire(bucket, limits, { patienceMs });
    expect(written).toBeGreaterThan(1);
    for (const calls of await Promise.all(readers)) expect(calls.length).toBeGreaterThan(1);
  });

  it('tells every function what one was refused', async () => {
    const [one, other] = [worker(), worker()];
    const bucket = 'tiktok-ads/app/refused';
    await one.acquire(bucket, limits);
    await other.acquire(bucket, limits);
    await one.refused(bucket, 300);
    for (const limiter of [one, other, worker()]) {
      await expect(limiter.acquire(bucket, limits, { patienceMs: 1_000 })).rejects.toMatchObject({
        name: 'PermitTooFar',
        waitSeconds: 300,
      });
    }
    await worker().acquire('tiktok-ads/app/another', limits, { patienceMs: 1_000 });
  });

  it('tells those who stand in line as well', async () => {
    const bucket = 'tiktok-ads/app/in-line';
    const slow = [{ calls: 1, perSeconds: 2 }];
    const [one, other] = [worker(), worker()];
    await one.acquire(bucket, slow);
    const inLine = other.acquire(bucket, slow, { patienceMs: 10_000 });
    await expect.poll(async () => (await state.table.get({ pk: `PERMITS#${bucket}`, sk: 'BUCKET' }))?.version).toBe(2);
    await one.refused(bucket, 60);
    await expect(inLine).rejects.toMatchObject({ name: 'PermitTooFar' });
  });

  it('only looks at a bucket without limits', async () => {
    const bucket = 'tiktok-ads/advertiser/1';
    const limiter = worker();
    writes = 0;
    for (let calls = 0; calls < 20; calls += 1) await limiter.acquire(bucket, [], { patienceMs: 0 });
    expect(writes).toBe(0);
    await worker().refused(bucket, 300);
    const refused = { name: 'PermitTooFar' };
    await expect
      .poll(() => limiter.acquire(bucket, [], { patienceMs: 0 }).catch((error: unknown) => error), { timeout: 3_000 })
      .toMatchObject(refused);
  });

  it('stops waiting when the caller is stopped', async () => {
    const limiter = worker();
    const bucket = 'tiktok-ads/app/stopped';
    await limiter.refused(bucket, 60);
    const stop = new AbortController();
    const waiting = limiter.acquire(bucket, limits, { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });

  it('bears many functions that learn at once', async () => {
    const bucket = 'tiktok-ads/app/crowd';
    await Promise.all(Array.from({ length: 12 }, () => worker().refused(bucket, 5)));
    const item = await state.table.get({ pk: `PERMITS#${bucket}`, sk: 'BUCKET' });
    expect(item?.version).toBe(12);
    expect(item?.pace).toBeCloseTo(0.99);
    expect(item?.expiresAt).toBeGreaterThan(Date.now() / 1_000);
  });
});

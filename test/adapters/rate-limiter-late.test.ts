import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSharedRateLimiter } from '../../adapters/rate-limiter.ts';
import { type StateTable, startStateTable } from './state-table.ts';

const limits = [{ calls: 10, perSeconds: 1 }];

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

describe('permits of a process that stood still', { timeout: 30_000 }, () => {
  it('are not used up together by all who waited', async () => {
    let now = Date.parse('2026-11-20T08:00:00.000Z');
    const asleep: { readonly at: number; readonly wake: () => void }[] = [];
    const limiter = createSharedRateLimiter(state.table, {
      now: () => now,
      random: () => 0.5,
      wait: (ms) => new Promise((wake) => asleep.push({ at: now + ms, wake: () => wake(undefined) })),
    });
    const left: number[] = [];
    const call = () => limiter.acquire('tiktok-ads/app/late', limits).then(() => left.push(now));
    const calls = Array.from({ length: 8 }, call);
    await expect.poll(() => asleep.length).toBe(7);
    // Until the slots of all seven are over.
    now += 1_500;
    const woken = now;
    for (const { wake } of asleep.splice(0)) wake();
    while (left.length < 8) {
      await expect.poll(() => asleep.length + left.length).toBe(8);
      const [next] = asleep.toSorted((a, b) => a.at - b.at);
      if (next === undefined) break;
      asleep.splice(asleep.indexOf(next), 1);
      now = Math.max(now, next.at);
      const before = left.length;
      next.wake();
      await expect.poll(() => left.length).toBe(before + 1);
    }
    await Promise.all(calls);
    // One at once, the others after it at the pace of ten a second.
    expect(left.filter((at) => at < woken + 100)).toHaveLength(2);
    expect(left.filter((at) => at < woken + 350).length).toBeLessThanOrEqual(5);
  });
});

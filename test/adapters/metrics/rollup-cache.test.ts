import { describe, expect, it } from 'vitest';
import { createRollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import { encodeRollup } from '../../../domain/analysis/rollup.ts';

const empty = encodeRollup(
  {
    grain: 'account',
    accountId: `acc_${'0'.repeat(26)}`,
    platform: 'google-ads',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    month: '2026-11',
    loadedAt: null,
  },
  [],
);

function counting(maximumBytes: number) {
  const reads: string[] = [];
  const cache = createRollupCache(async (key) => {
    reads.push(key);
    return key === 'gone' ? undefined : empty;
  }, maximumBytes);
  return { cache, reads };
}

describe('the rollup cache', () => {
  it('reads a key once, also when it is asked for at the same time', async () => {
    const { cache, reads } = counting(10 * empty.byteLength);
    await Promise.all([cache.get('a'), cache.get('a')]);
    await cache.get('a');
    expect(reads).toEqual(['a']);
  });

  it('drops what was not used for longest when it is full', async () => {
    const { cache, reads } = counting(2 * empty.byteLength);
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.get(key);
    expect(reads).toEqual(['a', 'b', 'c', 'b']);
  });

  it('answers a rollup that is larger than itself without keeping it', async () => {
    const { cache, reads } = counting(1);
    expect((await cache.get('a'))?.month).toBe('2026-11');
    await cache.get('a');
    expect(reads).toEqual(['a', 'a']);
  });

  it('does not remember that an object was missing, nor that a read failed', async () => {
    const { cache, reads } = counting(1_000_000);
    expect(await cache.get('gone')).toBeUndefined();
    await cache.get('gone');
    expect(reads).toEqual(['gone', 'gone']);
    let attempts = 0;
    const flaky = createRollupCache(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('unavailable');
      return empty;
    }, 1_000_000);
    await expect(flaky.get('a')).rejects.toThrow('unavailable');
    expect((await flaky.get('a'))?.rows).toBe(0);
  });
});

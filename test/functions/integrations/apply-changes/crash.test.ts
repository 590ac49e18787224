import { describe, expect, it } from 'vitest';
import { crashHistory, type History } from './crash-history.ts';

/** `npm run bench` goes through ten thousand. */
const histories = 300;

describe('deciding and applying while processes are killed at any await, stand still and are started again', () => {
  it('does nothing twice, loses nothing and leaves a whole audit trail', async () => {
    const all: History[] = [];
    for (let seed = 1; seed <= histories; seed += 1) all.push(await crashHistory(seed));
    expect(all.filter(({ wrongs }) => wrongs.length > 0)).toEqual([]);

    // Histories in which nothing happens would prove nothing.
    const sum = (of: (history: History) => number): number => all.reduce((total, one) => total + of(one), 0);
    expect(new Set(all.map(({ workers }) => workers))).toEqual(new Set([1, 2, 3, 4]));
    expect(sum(({ kills }) => kills)).toBeGreaterThan(histories * 4);
    expect(sum(({ stalls }) => stalls)).toBeGreaterThan(histories / 2);
    expect(sum(({ applied }) => applied)).toBeGreaterThan(histories * 2);
    expect(sum(({ resumed }) => resumed)).toBeGreaterThan(histories / 10);
    expect(sum(({ undoings }) => undoings)).toBeGreaterThan(histories / 2);
  }, 240_000);
});

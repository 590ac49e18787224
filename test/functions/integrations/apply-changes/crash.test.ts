import { describe, expect, it } from 'vitest';
import { crashHistory, type History } from './crash-history.ts';
import { sabotages } from './crash-sabotage.ts';
import type { Arrival } from './simulated-time.ts';

/** `npm run bench` goes through ten thousand. */
const histories = 300;
const arrivals: readonly Arrival[] = ['never', 'now', 'later'];

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
  }, 60_000);

  it.each(arrivals)(
    'survives one kill at each await in turn, when the call that was under way arrives: %s',
    async (arrives) => {
      for (const seed of [1, 4]) {
        let kills = 0;
        for (let step = 1; step < 2_000; step += 1) {
          const odds = { kill: 0, stall: 0, mostKills: 1, at: { step, arrives } };
          const history = await crashHistory(seed, { small: 2, odds });
          expect(history.wrongs, `seed ${seed}, await ${step}`).toEqual([]);
          // Nobody is left to be killed: that was the last await.
          if (history.kills === 0) break;
          kills += 1;
        }
        expect(kills).toBeGreaterThan(50);
      }
    },
    60_000,
  );
});

describe('the histories', () => {
  it.each(Object.entries(sabotages))(
    'find an engine that %s',
    async (_what, sabotage) => {
      for (let seed = 1; seed <= histories; seed += 1) {
        if ((await crashHistory(seed, { sabotage })).wrongs.length > 0) return;
      }
      expect.fail(`In ${histories} histories nobody noticed.`);
    },
    60_000,
  );
});

import { describe, expect, it } from 'vitest';
import { crashHistory } from './crash-history.ts';
import type { Arrival } from './simulated-time.ts';

const arrivals: readonly Arrival[] = ['never', 'now', 'later'];
/** One with a single worker and one with three; the first is undone as well. */
const seeds = [13, 8];
/** Longer than either. */
const longest = 1_000;

describe('a kill at each await in turn', () => {
  it.each(arrivals)(
    'does nothing twice and loses nothing when the call that was under way arrives %s',
    async (arrives) => {
      for (const seed of seeds) {
        let kills = 0;
        for (let step = 1; step < longest; step += 1) {
          const odds = { kill: 0, stall: 0, mostKills: 1, at: { step, arrives } };
          const history = await crashHistory(seed, { small: 2, odds });
          expect(history.wrongs, `seed ${seed}, await ${step}`).toEqual([]);
          // Nobody was there to be killed: the one before was the last await.
          if (history.kills === 0) break;
          kills += 1;
        }
        expect(kills).toBeGreaterThan(80);
        expect(kills).toBeLessThan(longest - 1);
      }
    },
    120_000,
  );
});

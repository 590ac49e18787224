import { describe, expect, it } from 'vitest';
import { crashHistory } from './crash-history.ts';
import { sabotages } from './crash-sabotage.ts';

const histories = 300;

describe('the histories', () => {
  it.each(Object.entries(sabotages))(
    'find an engine that %s',
    async (_what, sabotage) => {
      for (let seed = 1; seed <= histories; seed += 1) {
        if ((await crashHistory(seed, { sabotage })).wrongs.length > 0) return;
      }
      expect.fail(`In ${histories} histories nobody noticed.`);
    },
    120_000,
  );
});

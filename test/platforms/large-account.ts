import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import type { DateWindow } from '../../domain/integrations/platform.ts';
import { openReader } from '../../platforms/readers.ts';
import { mappings } from '../../platforms/registry.ts';
import type { PlatformUnderTest, RunningPlatform } from './platforms-under-test.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is alive, in bytes: the simulator's world of 100,000 ads is in this process too, and does not grow. */
function alive(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const pageRows = 500;
const yesterday: DateWindow = { from: '2026-10-31', to: '2026-10-31' };

export function describeLargeAccount(underTest: PlatformUnderTest): void {
  describe(`an account of 100,000 ads on ${underTest.id}`, { timeout: 120_000 }, () => largeAccountSuite(underTest));
}

function largeAccountSuite({ id, start }: PlatformUnderTest): void {
  let platform: RunningPlatform | undefined;
  afterEach(() => platform?.stop());

  it('is handed out ad by ad, each once, in memory that does not grow with it', async () => {
    platform = await start('2026-11-01T18:00:00Z');
    const platformId = await platform.becomes({ campaigns: 1_000, ads: 100_000 });
    const reader = await openReader(id, platform.access, { policy: { pageRows } });
    const account = (await reader.listAccounts()).find((one) => one.platformId === platformId);
    if (!account) throw new Error(`${id} does not list account ${platformId}`);
    const truth = new Set((await platform.truth(platformId, 'ad', yesterday)).map(({ adPlatformId }) => adPlatformId));
    // Not every ad was shown.
    expect(truth.size).toBeGreaterThan(50_000);
    const sizes: number[] = [];
    let before = 0;
    let most = 0;
    let strays = 0;
    for await (const page of reader.report({ kind: 'metrics', grain: 'ad', account, window: yesterday })) {
      sizes.push(page.length);
      for (const raw of page) {
        const mapped = mappings[id].toFact('ad', raw);
        // Deleting shows both what is missing and what comes twice, and holds nothing.
        if (!(mapped.ok && truth.delete(mapped.row.adPlatformId))) strays += 1;
      }
      if (sizes.length === 1) before = alive();
      else if (sizes.length % 20 === 0) most = Math.max(most, alive());
    }
    expect([strays, truth.size]).toEqual([0, 0]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(pageRows);
    // All rows at once are some 150 MB of objects.
    expect(most - before).toBeLessThan(64 * 1024 * 1024);
  });
}

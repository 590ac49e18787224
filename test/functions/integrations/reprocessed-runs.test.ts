import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factColumns, factTable } from '../../../contracts/warehouse.ts';
import type { Grain } from '../../../domain/integrations/platform.ts';
import { openReader } from '../../../platforms/readers.ts';
import { platformsUnderTest, type RunningPlatform } from '../../platforms/platforms-under-test.ts';
import { startPipeline } from './pipeline.ts';

/** One with a row an object, and one that is added up from several rows. */
const grains: readonly Grain[] = ['account', 'campaign', 'age'];
const startAt = '2026-11-20T11:00:00.000Z';
let clock = Date.parse(startAt);
const [subject] = platformsUnderTest;
let platform: RunningPlatform;
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let opened = 0;

beforeAll(async () => {
  if (!subject) throw new Error('There is no platform to test with.');
  platform = await subject.start(startAt);
  await platform.becomes({ campaigns: 3, ads: 12 });
  pipeline = await startPipeline({
    openReader: () => {
      opened += 1;
      return openReader(subject.id, platform.access);
    },
    now: () => clock,
    only: grains,
  });
}, 30_000);
afterAll(async () => {
  await pipeline?.close();
  await platform?.stop();
});

/** Every fact without when and by which run it was loaded. */
async function facts(): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const grain of grains) {
    const names = factColumns(grain).map(({ name }) => name);
    const kept = names.filter((name) => name !== 'loaded_at' && name !== 'run_id');
    const rows: string[] = [];
    const sql = `SELECT ${kept.map((name) => `"${name}"`).join(', ')} FROM ${factTable(grain)}`;
    for await (const row of pipeline.warehouse.query(sql)) rows.push(kept.map((name) => row[name]).join('|'));
    all[grain] = rows.sort();
  }
  return all;
}
const empty = async () => {
  for (const grain of grains) await pipeline.warehouse.execute(`DELETE FROM ${factTable(grain)}`);
};
const pass = (hours: number) => {
  platform.advanceHours(hours);
  clock += hours * 3_600_000;
};

describe('making facts again from raw answers', () => {
  it('gives the same facts without one call, from the newest answers of each day', async () => {
    await pipeline.run({ from: '2026-11-16' });
    pass(6);
    await pipeline.run({ from: '2026-11-17', to: '2026-11-18' });
    pass(6);
    await pipeline.run({ from: '2026-11-20' });
    const before = await facts();
    expect(before.campaign?.length).toBeGreaterThan(8);
    const structure = (await pipeline.stores.campaigns.list({ limit: 500 })).items;
    const [reads, readers] = [platform.reads(), opened];
    expect(reads).toBeGreaterThan(0);

    await empty();
    clock += 60_000;
    const runId = await pipeline.run({ from: '2026-11-16', mode: 'reprocess' });
    const detail = await pipeline.stores.runs.detail(runId);
    expect(detail).toMatchObject({ status: 'succeeded', mode: 'reprocess', rowsQuarantined: 0 });
    // Of the three loads: the first one's days before, between and after those that the others asked for again.
    expect(detail?.pace.windows).toEqual({ total: 4, done: 4, failed: 0 });
    expect(await facts()).toEqual(before);
    expect((await pipeline.stores.campaigns.list({ limit: 500 })).items).toEqual(structure);
    expect([platform.reads(), opened]).toEqual([reads, readers]);
  }, 60_000);

  it('does so again, and takes nothing of its own for newer answers', async () => {
    const before = await facts();
    clock += 60_000;
    await pipeline.run({ from: '2026-11-16', mode: 'reprocess' });
    expect(await facts()).toEqual(before);
  }, 60_000);

  it('makes only the days asked for, and says of which accounts no answers are kept', async () => {
    const all = await facts();
    await empty();
    clock += 60_000;
    await pipeline.run({ from: '2026-11-18', to: '2026-11-19', mode: 'reprocess' });
    const rows = (await facts()).account ?? [];
    expect(rows.length).toBeGreaterThan(0);
    expect(rows).toEqual((all.account ?? []).filter((row) => /2026-11-1[89]/.test(row)));

    clock += 60_000;
    const runId = await pipeline.run({ from: '2026-01-01', to: '2026-01-05', mode: 'reprocess' });
    const detail = await pipeline.stores.runs.detail(runId);
    expect(detail).toMatchObject({ status: 'succeeded', accounts: { loaded: 0, failed: 0 } });
    expect(detail?.progress.map(({ error }) => error)).toContain(
      'No raw answers of these days are kept: load them instead.',
    );
  }, 60_000);
});

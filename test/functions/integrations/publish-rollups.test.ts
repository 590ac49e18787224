import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import type { EtlItem } from '../../../contracts/etl.ts';
import { accountIdOf, newId } from '../../../domain/integrations/ids.ts';
import { publishRollups } from '../../../functions/integrations/publish-rollups/publish-rollups.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const at = '2026-11-20T12:00:00.000Z';
const fact = {
  date: '2026-11-19',
  impressions: '1',
  clicks: '1',
  spend_micros: '5',
  conversions_micros: '0',
  conversion_value_micros: '0',
  loaded_at: '2026-11-20 08:00:00.000',
};

/** A run that loaded some accounts and has them to publish; `remaining` is what the function has left, asked in turn. */
async function world(accounts: number, stages: readonly ('loaded' | 'waiting')[] = ['loaded']) {
  const stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  const { workspaceId } = stores;
  const runId = newId('run', Date.parse(at));
  const items: EtlItem[] = [];
  for (let number = 1; number <= accounts; number += 1) {
    const accountPlatformId = String(number);
    const accountId = accountIdOf(workspaceId, 'google-ads', accountPlatformId);
    const common = {
      platform: 'google-ads' as const,
      connectionId: 'con_1',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    };
    await stores.accounts.upsert({
      ...common,
      id: accountId,
      platformId: accountPlatformId,
      name: accountPlatformId,
      status: 'enabled',
      managerPlatformId: null,
    });
    for (const [index] of stages.entries()) {
      const day = `2026-11-0${index + 1}`;
      const rest = { accountPlatformId, accountName: accountPlatformId, managerPlatformId: null, withStructure: false };
      const place = { workspaceId, runId, itemId: `${accountId}-${day}`, accountId, from: day, to: day };
      items.push({ ...common, ...rest, ...place, grains: ['account'] });
    }
  }
  const counts = { rowsExtracted: 0, rowsLoaded: 0, rowsQuarantined: 0 };
  await stores.runs.create({
    ...{ id: runId, pipeline: 'etl', trigger: 'daily', status: 'running', from: null, to: null, error: null },
    ...counts,
    accounts: { total: 0, loaded: 0, failed: 0, skipped: 0 },
    startedAt: at,
    finishedAt: null,
    requestHash: null,
  });
  await stores.runs.planItems(
    runId,
    items.map(({ itemId, accountId, accountName, platform, from, to }, index) => ({
      ...{ itemId, accountId, accountName, platform, from, to, error: null, updatedAt: at, ...counts },
      stage: stages[index % stages.length] ?? 'loaded',
    })),
  );
  let reads = 0;
  const publish = (...remaining: number[]) =>
    publishRollups(
      {
        stores,
        lake: { getJson: async () => items, putPacked: async () => undefined },
        warehouse: {
          async *query() {
            reads += 1;
            yield fact;
          },
        },
        bus: { put: async () => undefined },
        now: () => Date.parse(at),
        telemetry: createTelemetry({}, () => undefined),
        remainingMs: () => remaining.shift() ?? 0,
      },
      { workspaceId, runId },
    );
  return { stores, runId, publish, reads: () => reads };
}
const plenty = 600_000;

describe('publishing', () => {
  it('stops before the function is ended, and its repeat goes on where it stopped', async () => {
    const { stores, runId, publish, reads } = await world(5);
    await expect(publish(plenty, 10_000)).rejects.toMatchObject({ code: 'timeout' });
    const first = reads();
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(5);
    expect(await stores.runs.get(runId)).toMatchObject({ status: 'running' });
    expect(await publish(plenty, plenty, plenty)).toEqual({ status: 'succeeded' });
    expect(reads()).toBe(5);
    expect((await stores.accounts.all()).map((account) => account.lastLoadedAt)).toEqual(Array(5).fill(at));
    expect((await stores.accounts.all()).map((account) => account.throughDate)).toEqual(Array(5).fill('2026-11-19'));
  });

  it('calls no account up to date of which a window was left behind', async () => {
    const { stores, publish } = await world(1, ['loaded', 'waiting']);
    expect(await publish(plenty)).toEqual({ status: 'partial' });
    expect((await stores.accounts.all()).map((account) => account.lastLoadedAt)).toEqual([null]);
  });
});

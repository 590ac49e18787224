import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import type { EtlItem } from '../../../contracts/etl.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import type { DiscoveredAccount } from '../../../domain/integrations/platform.ts';
import { PlatformError } from '../../../domain/integrations/platform.ts';
import { configured, resolveSettings } from '../../../domain/integrations/resolved-settings.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { planSync } from '../../../functions/integrations/plan-sync/plan-sync.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const now = Date.parse('2026-11-20T12:00:00.000Z');
const account = (platformId: string): DiscoveredAccount => ({
  platformId,
  name: `Account ${platformId}`,
  currency: 'EUR',
  timeZone: 'UTC',
  status: 'enabled',
});

/** A workspace with two connections of one account each, and one daily run at a time. */
async function workspace() {
  const stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  const put = (id: string) =>
    stores.workspace.putConnection({
      id,
      platform: 'google-ads',
      name: `Shop ${id}`,
      managerPlatformId: null,
      createdAt: '2026-11-01T00:00:00.000Z',
    });
  await put('con_1');
  await put('con_2');
  const asked: string[] = [];
  const failing = new Set<string>();
  /** What every account tells of its conversions; nothing while undefined. */
  const told: { types?: DiscoveredAccount['conversionTypes']; lookBackDays?: number } = {};
  const plan = async (lookBackDays?: number) => {
    const runId = newId('run', now);
    const input = {
      ...{ workspaceId: stores.workspaceId, runId, trigger: 'daily' as const },
      ...{ from: null, to: null, accountIds: null },
    };
    await startRun(
      { runs: stores.runs, workflows: { startEtl: async () => undefined } },
      { ...input, requestHash: null, at: new Date(now).toISOString() },
    );
    let items: readonly EtlItem[] = [];
    const settings = resolveSettings(lookBackDays ? { workspace: { 'lookBack.google-ads.days': lookBackDays } } : {});
    await planSync(
      {
        stores,
        lake: {
          bucket: 'lake',
          putJson: async (_, planned) => {
            items = planned as readonly EtlItem[];
          },
          getJson: async () => undefined,
          async *list() {},
        },
        openReader: async ({ id }) => ({
          async listAccounts() {
            asked.push(id);
            if (failing.has(id)) {
              throw new PlatformError('unauthorized', 'The grant is gone; connect it again.', {
                platform: 'google-ads',
              });
            }
            const { types, lookBackDays } = told;
            const windows = { ...(types && { conversionTypes: types }), ...(lookBackDays && { lookBackDays }) };
            return [{ ...account(id.slice(-1)), ...windows }];
          },
          async *report() {},
        }),
        descriptorOf: () => configured(descriptors['google-ads'], settings),
        now: () => now,
        telemetry: createTelemetry({}, () => undefined),
      },
      input,
    );
    return { items, progress: await stores.runs.progress(runId) };
  };
  return { stores, asked, failing, told, plan };
}

it('leaves a paused connection alone, says so, and takes it up again', async () => {
  const { stores, asked, plan } = await workspace();
  expect((await plan()).items.map(({ connectionId }) => connectionId)).toContain('con_2');
  await stores.workspace.changeConnection('con_2', 0, { paused: true });
  asked.length = 0;
  const { items, progress } = await plan();
  expect(asked).toEqual(['con_1']);
  expect(new Set(items.map(({ connectionId }) => connectionId))).toEqual(new Set(['con_1']));
  expect(progress.filter(({ stage }) => stage === 'skipped').map(({ error }) => error)).toEqual([
    'The connection Shop con_2 is paused.',
  ]);
  expect((await stores.accounts.all()).map(({ status }) => status)).toEqual(['enabled', 'enabled']);
  await stores.workspace.changeConnection('con_2', 1, { paused: false });
  expect(new Set((await plan()).items.map(({ connectionId }) => connectionId))).toEqual(new Set(['con_1', 'con_2']));
});

it('writes down how each connection fared', async () => {
  const { stores, failing, plan } = await workspace();
  failing.add('con_2');
  await plan();
  const at = new Date(now).toISOString();
  expect(await stores.workspace.connection('con_1')).toMatchObject({ lastSuccessAt: at, accountsReached: 1 });
  expect(await stores.workspace.connection('con_2')).toMatchObject({
    lastSuccessAt: null,
    lastFailureAt: at,
    lastFailure: expect.stringContaining('connect it again'),
  });
});

it('reads back as far as the workspace has set', async () => {
  const { plan } = await workspace();
  const first = async (days?: number) => (await plan(days)).items.map(({ from }) => from).toSorted()[0];
  expect(await first()).toBe('2026-10-21');
  expect(await first(7)).toBe('2026-11-13');
});

it('reads an account back as far as somebody has set for it, whatever its conversion types say', async () => {
  const { stores, told, plan } = await workspace();
  told.types = [{ platformId: '5', name: 'Purchase', clickWindowDays: 60, viewWindowDays: 1 }];
  told.lookBackDays = 7;
  expect((await plan()).items.map(({ from }) => from)).toEqual(['2026-11-13', '2026-11-13']);
  expect((await stores.accounts.all()).map(({ lookBackDays }) => lookBackDays)).toEqual([7, 7]);
});

it('remembers the conversion windows of an account that does not tell them this time', async () => {
  const { stores, told, plan } = await workspace();
  const first = async () => (await plan()).items.map(({ from }) => from).toSorted()[0];
  const types = [{ platformId: '5', name: 'Purchase', clickWindowDays: 60, viewWindowDays: 1 }];
  told.types = types;
  expect(await first()).toBe('2026-09-21');
  delete told.types;
  expect(await first()).toBe('2026-09-21');
  expect((await stores.accounts.all()).map((one) => one.conversionTypes)).toEqual([types, types]);
  // That it counts none is another thing than that it says nothing.
  told.types = [];
  expect(await first()).toBe('2026-10-21');
  expect((await stores.accounts.all()).map((one) => one.conversionTypes)).toEqual([[], []]);
});

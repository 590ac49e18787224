import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { startRun } from '../../../domain/integrations/start-run.ts';
import { planSync } from '../../../functions/integrations/plan-sync/plan-sync.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { account, openRecorded } from './recorded-platform.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

it('plans the same items when it is repeated after midnight', async () => {
  const stores = state.stores.forWorkspace(newId('wsp', Date.now()));
  const connection = { id: 'con_1', platform: 'google-ads' as const, name: 'Google', managerPlatformId: null };
  await stores.workspace.putConnection({ ...connection, createdAt: '2026-11-01T00:00:00.000Z' });
  const startedAt = '2026-11-20T22:59:50.000Z';
  const runId = newId('run', Date.parse(startedAt));
  const input = {
    ...{ workspaceId: stores.workspaceId, runId, trigger: 'hourly' as const },
    ...{ from: null, to: null, accountIds: null },
  };
  await startRun(
    { runs: stores.runs, workflows: { startEtl: async () => undefined } },
    { ...input, requestHash: null, at: startedAt },
  );
  const plans: unknown[] = [];
  const plan = (at: string) =>
    planSync(
      {
        stores,
        lake: {
          bucket: 'lake',
          putJson: async (_, items) => void plans.push(items),
          getJson: async () => undefined,
          async *list() {},
        },
        openReader: async () =>
          openRecorded({ accounts: [account('111')], days: {}, odd: {}, failing: {}, refused: undefined }),
        descriptorOf: () => descriptors['google-ads'],
        now: () => Date.parse(at),
        telemetry: createTelemetry({}, () => undefined),
      },
      input,
    );
  // Midnight in Berlin, where the account is, lies between the two.
  await plan('2026-11-20T22:59:55.000Z');
  await plan('2026-11-20T23:00:05.000Z');
  expect(plans[1]).toEqual(plans[0]);
  expect(plans[0]).toMatchObject([{ from: '2026-11-19', to: '2026-11-20' }]);
  expect(await stores.runs.progress(runId)).toHaveLength(1);
});

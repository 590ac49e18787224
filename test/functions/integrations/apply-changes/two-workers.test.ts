import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDueStore, createOutboxStore } from '../../../../adapters/stores/outbox-store.ts';
import { Table } from '../../../../adapters/stores/table.ts';
import type { PlatformWriter } from '../../../../domain/integrations/platform-writer.ts';
import type { ApplyPorts } from '../../../../functions/integrations/apply-changes/ports.ts';
import { type ChangeName, runOutbox } from '../../../../functions/integrations/apply-changes/run-outbox.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { decide, entryOf } from './crash-decisions.ts';
import { idOf, Plans } from './crash-plan.ts';
import { ModelPlatform } from './model-platform.ts';
import { SimulatedTime } from './simulated-time.ts';

let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const workspaceId = 'wsp_00000000000000000000000002';

/** A platform in real time: each call takes some milliseconds, and what reaches it twice is done twice. */
function slow(platform: ModelPlatform, chance: () => number): PlatformWriter {
  const still = { name: 'still', killed: false, stalledUntil: 0 };
  const inner = platform.writerFor(still);
  const after = async <T>(call: () => Promise<T>): Promise<T> => {
    await wait(chance() * 12);
    return call();
  };
  return {
    present: (...given) => after(() => inner.present(...given)),
    made: (...given) => after(() => inner.made(...given)),
    apply: (...given) => after(() => inner.apply(...given)),
  };
}

describe('two workers at once on the real table', () => {
  it('apply every operation once, whoever is told of it and however often', async () => {
    const time = new SimulatedTime(7, { kill: 0, stall: 0, mostKills: 0 });
    // Its awaits are the real ones.
    time.step = async (_process, effect) => effect();
    time.now = Date.now();
    const platform = new ModelPlatform(time, { silent: 0, limited: 0 });
    const plans = new Plans(time, platform);
    const { changes, audit } = state.stores.forWorkspace(workspaceId);
    const names: ChangeName[] = [];
    for (let number = 0; number < 3; number += 1) {
      const { change, operations } = plans.change(8);
      await changes.create(change, operations, [entryOf(change, 'change.previewed', Date.now())]);
      names.push({ workspaceId, changeId: change.id });
    }
    platform.refusedForGood.clear();

    const failures: unknown[] = [];
    const worker = async (named: readonly ChangeName[]): Promise<void> => {
      const table = new Table('state', state.client);
      const ends = Date.now() + 100_000;
      const ports: ApplyPorts = {
        workspaceId,
        outbox: createOutboxStore(table, workspaceId),
        writerOf: async (accountId) => ({
          kind: 'open',
          writer: slow(platform, Math.random),
          account: { platformId: accountId, currency: 'EUR', timeZone: 'Europe/Berlin' },
        }),
        readAsset: async () => ({ kind: 'refused', reason: 'the workspace has no assets' }) as const,
        fetchAsset: async () => ({ kind: 'refused', reason: 'nothing is uploaded here' }),
        mirror: async (record, _operation, { platformId }) => record.object.id ?? idOf(platformId),
        now: Date.now,
        deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
        remainingMs: () => ends - Date.now(),
        warn: (message, fields) => failures.push([message, fields]),
      };
      await runOutbox(
        {
          due: createDueStore(table),
          portsOf: () => ports,
          now: Date.now,
          wait: (milliseconds) => wait(milliseconds),
          remainingMs: ports.remainingMs,
          failed: (change, error) => failures.push([change, error]),
        },
        named,
      );
    };
    const confirmed = names.flatMap(({ changeId }) =>
      // Two people confirm at the same moment.
      [1, 2].map(() => decide(changes, changeId, 'confirm', Date.now)),
    );
    await Promise.all([...confirmed, worker(names), worker(names.toReversed())]);
    // What was decided after a worker had looked is the schedule's.
    await Promise.all([worker([]), worker(names)]);

    expect(failures).toEqual([]);
    const ended = await Promise.all(
      names.map(async ({ changeId }) => {
        const change = await changes.get(changeId);
        return { change, operations: await changes.operations(changeId) };
      }),
    );
    expect(ended.map(({ change }) => change?.finishedAt)).not.toContain(null);
    const operations = ended.flatMap((one) => one.operations);
    // Of several changes of one value the first is applied; the others are told of a conflict, which blocks what follows it.
    expect(['applied', 'conflict', 'blocked']).toEqual(
      expect.arrayContaining([...new Set(operations.map(({ status }) => status))]),
    );
    const acts = platform.acts.map(({ operationId }) => operationId);
    expect(new Set(acts).size).toBe(acts.length);
    const made = operations.filter(({ operation }) => 'ref' in operation);
    expect(made.length).toBeGreaterThan(5);
    for (const { id } of made) expect(acts).toContain(id);
    const told = (await audit.list({ limit: 1_000 })).items.flatMap(({ operationId }) => operationId ?? []);
    expect(told.toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
    expect((await audit.verify()).valid).toBe(true);
  }, 60_000);
});

import { expect, it } from 'vitest';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createWorkspaceData } from '../../../adapters/stores/workspace-data.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import { applyWorld, raise, workspaceId } from '../../functions/integrations/apply-changes/apply-world.ts';
import { MemoryTable } from './memory-table.ts';

it('an empty list of entries is refused, and leaves a trail that can begin', async () => {
  const table = new MemoryTable();
  const audit = createAuditStore(table, derivedId('wsp', ['audit']), async () => undefined);
  await expect(audit.append([], [{ put: { pk: 'x', sk: 'y' } }])).rejects.toThrow(RangeError);
  expect(await table.get({ pk: 'x', sk: 'y' })).toBeUndefined();
  const first: AuditDraft = {
    ...{ at: '2026-11-20T08:00:00.000Z', action: 'guardrails.changed', actor: 'anna', requestId: null },
    ...{ reason: 'a test', changeId: null, operationId: null, object: null, before: null, after: null },
    ...{ platformRequestId: null, problem: null },
  };
  expect(await audit.append([first])).toBe(true);
  expect(await audit.append([first])).toBe(true);
  expect(await audit.verify()).toMatchObject({ valid: true, entries: 2 });
});

it('changes, their operations, the outbox, leases and the trail are all of what a workspace is deleted by', async () => {
  const { table, decided, apply, world } = applyWorld();
  const lanes: string[] = [];
  await apply(await decided([raise(10, 12)]), {
    mirror: async () => {
      for await (const { sk } of createWorkspaceData(table, workspaceId).keys()) lanes.push(String(sk));
      return null;
    },
  });
  await decided([raise(12, 14)]);
  expect(world.writes).toHaveLength(1);
  const kinds = async () => {
    const found = new Set<string>();
    for await (const { sk } of createWorkspaceData(table, workspaceId).keys()) found.add(sk.split('#')[0] ?? '');
    return [...found].sort();
  };
  expect(await kinds()).toEqual(['AUDIT', 'AUDIT-HEAD', 'CHANGE', 'DECISIONS', 'OPERATION', 'OUTBOX']);
  // While something is applied, its lease as well.
  expect(lanes.some((sk) => sk.startsWith('LANE#'))).toBe(true);
  const data = createWorkspaceData(table, workspaceId);
  for await (const key of data.keys()) await data.remove([key]);
  expect(await kinds()).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import {
  type ChangeRecord,
  changeDetailOf,
  type OperationRecord,
  statusAt,
} from '../../../domain/changes/change-record.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import { newWorkspace } from '../http/api-world.ts';
import { type StateTable, startStateTable } from '../state-table.ts';

let state: StateTable;
let own: WorkspaceStores;
const at = '2026-11-20T08:00:00.000Z';
const now = Date.parse(at);
const campaignId = derivedId('cmp', ['77']);

beforeAll(async () => {
  state = await startStateTable();
  own = newWorkspace(state.stores);
});
afterAll(() => state.close());

const changeOf = (over: Partial<ChangeRecord> = {}): ChangeRecord => ({
  id: newId('chg', now),
  status: 'previewed',
  reason: 'Spend moves to what earns',
  operations: 1,
  revision: 0,
  requestHash: 'hash',
  effect: { accounts: [], workspace: null },
  verdicts: [],
  warnings: [],
  createdAt: at,
  createdBy: 'anna',
  expiresAt: '2026-11-20T09:00:00.000Z',
  decidedAt: null,
  decidedBy: null,
  approvedAt: null,
  approvedBy: null,
  finishedAt: null,
  undoOf: null,
  undoneBy: null,
  requestId: 'request-1',
  ...over,
});

const operationOf = (change: ChangeRecord, index: number): OperationRecord => ({
  id: derivedId('opn', [change.id, String(index)]),
  changeId: change.id,
  index,
  status: 'planned',
  operation: { do: 'set-status', target: { campaignId }, status: 'enabled' },
  accountId: derivedId('acc', ['1']),
  platform: 'google-ads',
  object: { kind: 'campaign', id: campaignId, name: 'Brand', campaignId },
  fields: [{ field: 'status', before: 'paused', after: 'enabled' }],
  spend: 'increase',
  problems: [],
  warnings: [],
  result: null,
  error: null,
  conflict: null,
  attempts: 0,
  address: null,
  after: [],
  sha256: null,
  writeKey: '1',
  revision: 0,
  sentAt: null,
  firstTriedAt: null,
});

const entry = (change: ChangeRecord, action: AuditDraft['action']): AuditDraft => ({
  at,
  action,
  actor: 'anna',
  requestId: change.requestId,
  reason: change.reason,
  changeId: change.id,
  operationId: null,
  object: null,
  before: null,
  after: null,
  platformRequestId: null,
  problem: null,
});

async function previewed(over: Partial<ChangeRecord> = {}, count = 1) {
  const change = changeOf({ operations: count, ...over });
  const operations = Array.from({ length: count }, (_, index) => operationOf(change, index));
  expect(await own.changes.create(change, operations, [entry(change, 'change.previewed')])).toBe(true);
  return { change, operations };
}
const confirmation = (change: ChangeRecord) => ({
  next: { status: 'applying', decidedAt: at, decidedBy: 'anna' } as const,
  audit: [entry(change, 'change.confirmed')],
});

describe('a change', () => {
  it('is kept once, with its operations and an audit entry, of the own workspace alone', async () => {
    const { change, operations } = await previewed();
    expect(await own.changes.get(change.id)).toEqual(change);
    expect(await own.changes.operations(change.id)).toEqual(operations);
    expect(await own.changes.create(change, operations, [entry(change, 'change.previewed')])).toBe(false);
    const { items } = await own.audit.list({ changeId: change.id, limit: 10 });
    expect(items.map(({ action }) => action)).toEqual(['change.previewed']);
    const other = newWorkspace(state.stores);
    expect(await other.changes.get(change.id)).toBeUndefined();
  });

  it('takes one decision only, of several at once', async () => {
    const { change, operations } = await previewed();
    const decisions = await own.changes.decisions();
    const discard = { next: { status: 'discarded' } as const, audit: [entry(change, 'change.discarded')] };
    const taken = await Promise.all([
      own.changes.apply(change, confirmation(change), operations, decisions),
      own.changes.apply(change, confirmation(change), operations, decisions),
      own.changes.move(change, discard),
    ]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect((await own.audit.list({ changeId: change.id, limit: 10 })).items).toHaveLength(2);
  });

  it('is not applied when anything was decided since the guardrails were judged', async () => {
    const [one, two] = [await previewed(), await previewed()];
    const decisions = await own.changes.decisions();
    expect(await own.changes.apply(one.change, confirmation(one.change), one.operations, decisions)).toBe(true);
    expect(await own.changes.apply(two.change, confirmation(two.change), two.operations, decisions)).toBe(false);
    expect(await own.changes.queued(two.change.id)).toEqual(new Set());
  });

  it('never takes a step back', async () => {
    const { change } = await previewed({ status: 'discarded' });
    await expect(own.changes.move(change, confirmation(change))).rejects.toThrow('from discarded to applying');
  });

  it('has its whole outbox when it is applied, however many operations it has', async () => {
    const { change, operations } = await previewed({}, 100);
    expect(await own.changes.apply(change, confirmation(change), operations, await own.changes.decisions())).toBe(true);
    expect((await own.changes.queued(change.id)).size).toBe(100);
    const due = await state.stores.due.due('2026-11-20T08:00:01.000Z', 1_000);
    expect(due.filter(({ changeId }) => changeId === change.id)).toHaveLength(101);
    expect(await state.stores.due.due('2026-11-20T07:59:59.000Z', 10)).toEqual([]);
  });

  it('is too large with an operation that no item can hold', async () => {
    const change = changeOf();
    const large = { ...operationOf(change, 0), warnings: ['x'.repeat(400_000)] };
    await expect(own.changes.create(change, [large], [entry(change, 'change.previewed')])).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ field: 'operations.0' }],
    });
  });

  it('is listed newest first, by status or all, page by page', async () => {
    const lone = newWorkspace(state.stores);
    const ids: string[] = [];
    for (const [hour, status] of [
      ['01', 'previewed'],
      ['02', 'discarded'],
      ['03', 'previewed'],
    ] as const) {
      const change = changeOf({ status, createdAt: `2026-11-20T${hour}:00:00.000Z` });
      await lone.changes.create(change, [operationOf(change, 0)], [entry(change, 'change.previewed')]);
      ids.unshift(change.id);
    }
    const first = await lone.changes.list({ limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const rest = await lone.changes.list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
    expect((await lone.changes.list({ status: 'discarded', limit: 5 })).items.map(({ id }) => id)).toEqual([ids[1]]);
  });

  it('counts among those decided on from then on, with what still waits', async () => {
    const lone = newWorkspace(state.stores);
    const [early, late, open] = [changeOf(), changeOf(), changeOf()];
    for (const change of [early, late, open]) {
      await lone.changes.create(change, [operationOf(change, 0)], [entry(change, 'change.previewed')]);
    }
    for (const change of [early, late]) {
      const decisions = await lone.changes.decisions();
      await lone.changes.apply(change, confirmation(change), [operationOf(change, 0)], decisions);
    }
    const under = await lone.outbox.underWay(early.id);
    if (under === undefined) throw new Error('It is under way.');
    const end = { status: 'applied', finishedAt: '2026-11-20T08:30:00.000Z' } as const;
    await lone.outbox.finish(under.change, end, entry(early, 'change.finished'));
    const since = async (from: string) => (await lone.changes.decidedSince(from)).map(({ change }) => change.id);
    expect(await since('2026-11-20T08:30:00.000Z')).toEqual([late.id, early.id]);
    expect(await since('2026-11-20T08:30:01.000Z')).toEqual([late.id]);
    const [waiting] = await lone.changes.decidedSince('2026-11-20T09:00:00.000Z');
    expect(waiting).toMatchObject({ operations: [{ index: 0 }], queued: new Set([0]) });
  });
});

describe('a change as it is shown', () => {
  const change = changeOf();
  const operation = operationOf(change, 0);

  it('may be confirmed while it is previewed, in time, unblocked and within the guardrails', () => {
    const shown = (over: Partial<ChangeRecord>, one: Partial<OperationRecord> = {}, when = now) =>
      changeDetailOf({ ...change, ...over }, [{ ...operation, ...one }], new Set(), when);
    expect(shown({})).toMatchObject({
      confirmable: true,
      status: 'previewed',
      operationCounts: { planned: 1, failed: 0 },
    });
    expect(shown({}, { status: 'blocked' }).confirmable).toBe(false);
    expect(shown({}, {}, now + 3_600_000)).toMatchObject({ confirmable: false, status: 'expired' });
    expect(shown({ status: 'awaiting-approval' }).confirmable).toBe(false);
  });

  it('shows what waits in the outbox as pending, also what had failed before', () => {
    const applying = { ...change, status: 'applying' } as const;
    const shown = (one: Partial<OperationRecord>, queued: readonly number[]) =>
      changeDetailOf(applying, [{ ...operation, ...one }], new Set(queued), now).operations[0]?.status;
    expect(shown({}, [0])).toBe('pending');
    expect(shown({ status: 'failed' }, [0])).toBe('pending');
    expect(shown({ status: 'applying' }, [0])).toBe('applying');
    expect(shown({ status: 'failed' }, [])).toBe('failed');
  });

  it('does not expire once it was decided on', () => {
    expect(statusAt({ status: 'applying', expiresAt: at }, now + 1)).toBe('applying');
    expect(statusAt({ status: 'awaiting-approval', expiresAt: at }, now)).toBe('expired');
  });
});

describe('a lease', () => {
  async function decided() {
    const { change, operations } = await previewed();
    await own.changes.apply(change, confirmation(change), operations, await own.changes.decisions());
    const [operation] = operations;
    if (operation === undefined) throw new Error('There is one.');
    return operation;
  }
  const until = '2026-11-20T08:01:00.000Z';

  it('is had by one of many, and every step of whoever lost it fails', async () => {
    const operation = await decided();
    const all = await Promise.all([0, 1, 2].map(() => own.outbox.lease(operation, operation.id, at, until)));
    const [held] = all.filter((one) => one !== undefined);
    expect(all.filter((one) => one !== undefined)).toHaveLength(1);
    if (held === undefined) return;
    const taken = await own.outbox.lease(held, operation.id, until, '2026-11-20T08:02:00.000Z');
    expect(taken).toMatchObject({ attempts: 2 });
    expect(await own.outbox.sending(held, operation.id, at, until)).toBeUndefined();
    expect(await own.outbox.giveBack(held, operation.id, until)).toBe(false);
    const draft = entry(changeOf({ id: operation.changeId }), 'operation.applied');
    expect(await own.outbox.end({ ...held, status: 'applied' }, draft)).toBe(false);
    expect((await own.changes.operations(operation.changeId))[0]?.status).toBe('applying');
  });

  it('keeps an object from the operations of other changes until it is released or runs out', async () => {
    const [one, two] = [await decided(), await decided()];
    const held = await own.outbox.lease(one, campaignId, at, until);
    expect(await own.outbox.lease(two, campaignId, at, until)).toBeUndefined();
    if (held !== undefined) await own.outbox.release(held, campaignId);
    const second = await own.outbox.lease(two, campaignId, at, until);
    expect(second).toMatchObject({ status: 'applying' });
    // Whoever no longer has it releases nothing.
    if (held !== undefined) await own.outbox.release(held, campaignId);
    const third = await decided();
    expect(await own.outbox.lease(third, campaignId, at, until)).toBeUndefined();
    expect(await own.outbox.lease(third, campaignId, until, '2026-11-20T08:02:00.000Z')).toBeDefined();
  });
});

import type { RouteCases, RouteRequest } from '../../../adapters/http/api-handler.ts';
import type { ChangeDetail } from '../../../contracts/schemas/change-requests.ts';
import { type ChangeRecord, changeDetailOf, changeOf, statusAt } from '../../../domain/changes/change-record.ts';
import { changeEntry } from './change-entry.ts';
import type { ChangePorts, ChangeStores } from './ports.ts';
import { previewChange } from './preview-change.ts';
import { approveChange, confirmChange, discardChange, noChange, resumeChange } from './take-decision.ts';
import { undoChange } from './undo-change.ts';

const defaultLimit = 50;
/** What has expired meanwhile is written down by whoever lists, so many of a state at once. */
const settledAtOnce = 25;
/** Whatever expires by the clock, expires by nobody's request. */
const clock = { subject: 'clock', requestId: '' };

/** Change requests: preview, decide, resume, undo. Nothing here writes to a platform; the worker does, from the outbox. */
export function manageChanges(ports: ChangePorts) {
  const storesOf = (workspaceId: string): ChangeStores => ports.stores.forWorkspace(workspaceId);

  /** What has expired by the clock is written down as expired when somebody looks. */
  async function settled(stores: ChangeStores, record: ChangeRecord): Promise<ChangeRecord> {
    const now = ports.now();
    if (record.status === 'expired' || statusAt(record, now) !== 'expired') return record;
    const at = new Date(now).toISOString();
    const audit = [{ ...changeEntry(record, 'change.expired', clock, { at: record.expiresAt }), requestId: null }];
    await stores.changes.move(record, { next: { status: 'expired', finishedAt: at }, audit });
    return (await stores.changes.get(record.id)) ?? record;
  }

  async function detail(stores: ChangeStores, id: string): Promise<ChangeDetail> {
    const found = await stores.changes.get(id);
    if (found === undefined) throw noChange(id);
    const record = await settled(stores, found);
    const [operations, queued] = await Promise.all([stores.changes.operations(id), stores.changes.queued(id)]);
    return changeDetailOf(record, operations, queued, ports.now());
  }

  type DecisionRoute = 'confirmChange' | 'approveChange' | 'discardChange' | 'resumeChange';
  const decision =
    (decide: typeof confirmChange) =>
    async ({ principal, path: { changeId }, body, requestId }: RouteRequest<DecisionRoute>): Promise<ChangeDetail> => {
      const stores = storesOf(principal.workspaceId);
      const found = await stores.changes.get(changeId);
      if (found !== undefined) await settled(stores, found);
      await decide(ports, stores, changeId, { principal, requestId, comment: body.comment });
      return detail(stores, changeId);
    };

  return {
    async previewChange({ principal, body, idempotencyKey, requestId }) {
      const stores = storesOf(principal.workspaceId);
      const asker = { subject: principal.subject, requestId };
      const { reason, operations: given, dryRun = false, confirmDecreases = false } = body;
      const request = { reason, operations: given, dryRun, undoOf: null, warnings: [] };
      const { record, operations } = await previewChange(ports, stores, asker, request, idempotencyKey);
      const shown = changeDetailOf(record, operations, new Set(), ports.now());
      if (dryRun) return { ...shown, id: null };
      const { policy } = await stores.guardrails.get();
      const atOnce =
        confirmDecreases &&
        policy.decreasesAtOnce &&
        shown.confirmable &&
        operations.every(({ spend }) => spend === 'decrease');
      if (atOnce) await confirmChange(ports, stores, record.id, { principal, requestId, comment: undefined });
      return detail(stores, record.id);
    },

    async listChanges({ principal: { workspaceId }, query: { status, limit, cursor } }) {
      const stores = storesOf(workspaceId);
      const overdue = await stores.changes.overdue(new Date(ports.now()).toISOString(), settledAtOnce);
      for (const one of overdue) await settled(stores, one);
      const page = await stores.changes.list({
        limit: limit ?? defaultLimit,
        ...(status !== undefined && { status }),
        ...(cursor !== undefined && { cursor }),
      });
      const items: ReturnType<typeof changeOf>[] = [];
      for (const found of page.items) {
        const record = await settled(stores, found);
        if (status !== undefined && record.status !== status) continue;
        items.push(changeOf(record, await stores.changes.operations(record.id), ports.now()));
      }
      return { items, nextCursor: page.nextCursor };
    },

    getChange: ({ principal: { workspaceId }, path: { changeId } }) => detail(storesOf(workspaceId), changeId),

    confirmChange: decision(confirmChange),
    approveChange: decision(approveChange),
    discardChange: decision(discardChange),
    resumeChange: decision(resumeChange),

    async undoChange({ principal, path: { changeId }, body, idempotencyKey, requestId }) {
      const stores = storesOf(principal.workspaceId);
      const change = await stores.changes.get(changeId);
      if (change === undefined) throw noChange(changeId);
      const asker = { subject: principal.subject, requestId };
      const { record } = await undoChange(ports, stores, asker, change, { reason: body.reason, idempotencyKey });
      return detail(stores, record.id);
    },
  } satisfies RouteCases;
}

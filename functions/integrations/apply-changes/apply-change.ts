import { type ChangeRecord, type OperationRecord, outcomeOf, statusAt } from '../../../domain/changes/change-record.ts';
import { predecessors, readinessOf } from '../../../domain/changes/operation-order.ts';
import { answerable, applyOperation, operationEntry, operationMs } from './apply-operation.ts';
import { createPlatformTurns, type TakeTurn } from './platform-turns.ts';
import type { ApplyPorts } from './ports.ts';

/** An operation of another change has the object: a look after so long. */
const takenPauseMs = 1_000;
/** More passes than a change has operations after one another mean that it does not come forward. */
const mostPasses = 1_000;
/** No decision takes so long: whatever lies in the outbox without one for longer was left by one that was never completed. */
const decidingMs = 15 * 60_000;

export interface ChangeProgress {
  /** When something of it is due next, epoch milliseconds; null when nothing is left. */
  readonly nextAt: number | null;
}

/**
 * Applies what is due of one change, in the order its operations need, and closes it when nothing is left. Any number of workers may
 * do so at once: each operation is leased, and whatever one leaves undone another finds.
 */
export async function applyChange(
  ports: ApplyPorts,
  changeId: string,
  takeTurn: TakeTurn = createPlatformTurns(),
): Promise<ChangeProgress> {
  const { outbox, now } = ports;
  /** Where somebody else was first; not to be asked again at once. */
  const taken = new Map<number, number>();
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const state = await outbox.underWay(changeId);
    if (state === undefined || state.outbox.length === 0) return { nextAt: null };
    const { change, operations, outbox: items } = state;
    if (change.status !== 'applying') {
      const decidable = ['previewed', 'awaiting-approval'].includes(statusAt(change, now()));
      // A decision in the making, to resume as well, writes some items before the change says that it is being applied.
      if (!decidable) await outbox.discard(items.filter(({ dueAt }) => Date.parse(dueAt) <= now() - decidingMs));
      return { nextAt: null };
    }
    const queued = new Set(items.filter(({ index }) => index >= 0).map(({ index }) => index));
    if (queued.size === 0) {
      await close(ports, change, operations);
      const left = await outbox.underWay(changeId);
      return { nextAt: left === undefined || left.outbox.length === 0 ? null : now() + takenPauseMs };
    }
    const byIndex = new Map(operations.map((one) => [one.index, one]));
    const before = predecessors(
      operations.map(({ index, after, object, operation }) => ({
        index,
        after,
        objectId: 'target' in operation ? object.id : null,
      })),
    );
    const ready: OperationRecord[] = [];
    const blocked: (readonly [OperationRecord, number])[] = [];
    let nextAt: number | null = null;
    for (const { index, dueAt } of items) {
      const record = byIndex.get(index);
      if (record === undefined) continue;
      const readiness = readinessOf(before.get(index) ?? [], (one) => byIndex.get(one)?.status, queued);
      if (readiness.kind === 'blocked') blocked.push([record, readiness.by]);
      if (readiness.kind !== 'ready') continue;
      const at = Math.max(Date.parse(dueAt), taken.get(index) ?? 0);
      if (at <= now()) ready.push(record);
      else nextAt = Math.min(nextAt ?? at, at);
    }
    if (ready.length === 0 && blocked.length === 0) return { nextAt: nextAt ?? now() + takenPauseMs };
    for (const [record, by] of blocked) await block(ports, change, record, by);
    let broken = false;
    const work = async (record: OperationRecord): Promise<void> => {
      // What could not be brought to its end is left to the next one.
      if (broken || ports.remainingMs() <= operationMs) return;
      const outcome = await applyOperation(ports, change, record, operations);
      if (outcome.kind === 'taken') taken.set(record.index, now() + takenPauseMs);
    };
    const turns = ready.map((record) =>
      takeTurn(record.platform, changeId, () =>
        work(record).catch((error: unknown) => {
          broken = true;
          throw error;
        }),
      ),
    );
    // What is under way comes to its end before anything is given up: nobody leaves a write behind in a process that may be halted.
    const failed = (await Promise.allSettled(turns)).find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (ports.remainingMs() <= operationMs) return { nextAt: now() };
  }
  return { nextAt: now() };
}

async function block(ports: ApplyPorts, change: ChangeRecord, record: OperationRecord, by: number): Promise<void> {
  const ended: OperationRecord = {
    ...record,
    status: 'blocked',
    error: { field: 'target', reason: `blocked by operations.${by}, which was not applied`, platformCode: null },
  };
  await ports.outbox.end(ended, operationEntry(change, ended, new Date(ports.now()).toISOString()));
}

async function close(ports: ApplyPorts, change: ChangeRecord, operations: readonly OperationRecord[]): Promise<void> {
  const status = outcomeOf(operations);
  const finishedAt = new Date(ports.now()).toISOString();
  const counts: Record<string, number> = {};
  for (const one of operations) counts[one.status] = (counts[one.status] ?? 0) + 1;
  await ports.outbox.finish(
    change,
    { status, finishedAt },
    {
      at: finishedAt,
      action: 'change.finished',
      actor: answerable(change),
      requestId: change.requestId,
      reason: change.reason,
      changeId: change.id,
      operationId: null,
      object: null,
      before: { status: change.status },
      after: { status, operations: counts },
      platformRequestId: null,
      problem: null,
    },
  );
}

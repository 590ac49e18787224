import type { AuditDraft } from '../../domain/audit/chain.ts';
import {
  type ChangeRecord,
  changeRecord,
  type OperationRecord,
  operationRecord,
} from '../../domain/changes/change-record.ts';
import { auditLine } from './audit-line.ts';
import { createAuditStore } from './audit-store.ts';
import {
  changeKey,
  itemOfChange,
  itemOfOperation,
  laneKey,
  type OutboxItem,
  operationPrefix,
  outboxItem,
  outboxKey,
  outboxPk,
  outboxPrefix,
  outboxPut,
  outboxRecord,
  unchangedSince,
} from './change-items.ts';
import { workspacePk } from './keys.ts';
import type { TableAccess, TransactAction } from './table.ts';

/** A change in the middle of its application. */
export interface ChangeUnderWay {
  readonly change: ChangeRecord;
  /** By index. */
  readonly operations: readonly OperationRecord[];
  readonly outbox: readonly OutboxItem[];
}

/**
 * What applying needs. Every step names the operation it starts from; its revision is the fencing token: after somebody else has
 * taken the operation over, each step of whoever had it before fails, and nothing of it is written.
 */
export interface OutboxStore {
  /** All of one change, read consistently; undefined where there is none. */
  underWay(changeId: string): Promise<ChangeUnderWay | undefined>;
  /** Takes an operation and the object it is about until then. Undefined: somebody else has one of the two. */
  lease(operation: OperationRecord, lane: string, now: string, until: string): Promise<OperationRecord | undefined>;
  /** Written right before a platform is asked to act. Undefined: the lease is somebody else's by now. */
  sending(operation: OperationRecord, lane: string, now: string, until: string): Promise<OperationRecord | undefined>;
  /** Gives an operation back, to be looked at when it is due; `false`: the lease was somebody else's. */
  giveBack(operation: OperationRecord, lane: string, dueAt: string): Promise<boolean>;
  /** Writes what became of it with its audit entry and takes it out of the outbox. */
  end(operation: OperationRecord, audit: AuditDraft): Promise<boolean>;
  /** Gives the object free; a lease that is not given free runs out. */
  release(operation: OperationRecord, lane: string): Promise<void>;
  /** Closes a change of which nothing else is in the outbox. */
  finish(change: ChangeRecord, next: Pick<ChangeRecord, 'status' | 'finishedAt'>, audit: AuditDraft): Promise<boolean>;
  /** Takes items of a change out that is not being applied: they were left by a decision that was never completed. */
  discard(items: readonly OutboxItem[]): Promise<void>;
}

export function createOutboxStore(
  table: TableAccess,
  workspaceId: string,
  pause?: (milliseconds: number) => Promise<unknown>,
): OutboxStore {
  const pk = workspacePk(workspaceId);
  const append = auditLine(createAuditStore(table, workspaceId, pause).append);
  const written = (operation: OperationRecord): TransactAction => ({
    put: itemOfOperation(workspaceId, { ...operation, revision: operation.revision + 1 }),
    ...unchangedSince(operation.revision),
  });
  const due = ({ changeId, index }: OperationRecord, dueAt: string): TransactAction => ({
    ...outboxPut(outboxItem(workspaceId, changeId, index, dueAt)),
    condition: 'attribute_exists(pk)',
  });
  const inLane = (lane: string, operation: OperationRecord, until: string) => ({
    put: {
      ...laneKey(workspaceId, lane),
      operationId: operation.id,
      until,
      // Epoch seconds; a lane that is free is of no further use.
      expiresAt: Math.floor(Date.parse(until) / 1_000) + 86_400,
    },
  });
  const next = (operation: OperationRecord, change: Partial<OperationRecord>): OperationRecord => ({
    ...operation,
    ...change,
  });
  const after = (operation: OperationRecord): OperationRecord => next(operation, { revision: operation.revision + 1 });

  return {
    async underWay(changeId) {
      // The outbox first: whatever leaves it meanwhile is read as ended.
      const outbox = await table.all({ pk, prefix: outboxPrefix(changeId), consistent: true });
      const [item, operations] = await Promise.all([
        table.get(changeKey(workspaceId, changeId)),
        table.all({ pk, prefix: operationPrefix(changeId), consistent: true }),
      ]);
      if (item === undefined) return undefined;
      return {
        change: changeRecord.parse(item.record),
        operations: operations.map(({ record }) => operationRecord.parse(record)),
        outbox: outbox.map((one) => outboxRecord.parse(one)),
      };
    },
    async lease(operation, lane, now, until) {
      const taken = next(operation, {
        status: 'applying',
        attempts: operation.attempts + 1,
        firstTriedAt: operation.firstTriedAt ?? now,
      });
      const { done } = await table.attempt([
        written(taken),
        // Looked at again here: it was read before the operation was, which somebody may have taken in between.
        { ...due(taken, until), condition: 'dueAt <= :now', values: { ':now': now } },
        {
          ...inLane(lane, taken, until),
          condition: 'attribute_not_exists(pk) OR #until <= :now OR operationId = :operation',
          names: { '#until': 'until' },
          values: { ':now': now, ':operation': operation.id },
        },
      ]);
      return done ? after(taken) : undefined;
    },
    async sending(operation, lane, now, until) {
      const sent = next(operation, { sentAt: now });
      const { done } = await table.attempt([
        written(sent),
        due(sent, until),
        {
          ...inLane(lane, sent, until),
          condition: 'operationId = :operation',
          values: { ':operation': operation.id },
        },
      ]);
      return done ? after(sent) : undefined;
    },
    async giveBack(operation, lane, dueAt) {
      const back = next(operation, { status: 'pending' });
      const { done } = await table.attempt([written(back), due(back, dueAt)]);
      // What a platform may be doing still keeps its object until it is looked at again.
      if (done && back.sentAt === null) await this.release(operation, lane);
      return done;
    },
    async end(operation, draft) {
      return append(
        [draft],
        [
          written(operation),
          {
            remove: outboxKey({ workspaceId, changeId: operation.changeId, index: operation.index }),
            // What has left the outbox has come to its end.
            condition: 'attribute_exists(pk)',
          },
        ],
      );
    },
    async release(operation, lane) {
      await table.attempt([
        {
          remove: laneKey(workspaceId, lane),
          condition: 'operationId = :operation',
          values: { ':operation': operation.id },
        },
      ]);
    },
    async finish(change, { status, finishedAt }, draft) {
      const undone =
        change.undoOf === null || status !== 'failed' ? undefined : await undoneAgain(change.undoOf, change.id);
      return append(
        [draft],
        [
          {
            put: itemOfChange(workspaceId, { ...change, status, finishedAt, revision: change.revision + 1 }),
            ...unchangedSince(change.revision),
          },
          { remove: outboxKey({ workspaceId, changeId: change.id, index: -1 }) },
          ...(undone === undefined ? [] : [undone]),
        ],
      );
    },
    discard: (items) => table.removeMany(items.map(outboxKey)),
  };

  /** An undoing that undid nothing may be tried again. */
  async function undoneAgain(id: string, by: string): Promise<TransactAction | undefined> {
    const item = await table.get(changeKey(workspaceId, id));
    const undone = item && changeRecord.parse(item.record);
    if (undone?.undoneBy !== by) return undefined;
    return {
      put: itemOfChange(workspaceId, { ...undone, undoneBy: null, revision: undone.revision + 1 }),
      ...unchangedSince(undone.revision),
    };
  }
}

/** What is due in the whole stage, the longest first. */
export interface DueStore {
  due(before: string, limit: number): Promise<OutboxItem[]>;
}

export const createDueStore = (table: TableAccess): DueStore => ({
  async due(before, limit) {
    const { items } = await table.query({ index: 'gsi1', pk: outboxPk, between: ['', `${before}~`], limit });
    return items.map((item) => outboxRecord.parse(item));
  },
});

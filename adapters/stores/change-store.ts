import type { ChangeStatus } from '../../contracts/schemas/change-requests.ts';
import { changeStatuses } from '../../contracts/schemas/change-requests.ts';
import type { AuditDraft } from '../../domain/audit/chain.ts';
import {
  type ChangeRecord,
  changeRecord,
  changeTransitions,
  type OperationRecord,
  operationRecord,
} from '../../domain/changes/change-record.ts';
import { AppError } from '../../domain/errors.ts';
import type { Page } from './account-store.ts';
import { createAuditStore } from './audit-store.ts';
import {
  changeKey,
  changeListPk,
  decisionsKey,
  itemOfChange,
  itemOfOperation,
  operationPrefix,
  outboxItem,
  outboxPrefix,
  outboxPut,
  unchangedSince,
} from './change-items.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { TableAccess, TransactAction } from './table.ts';

/** DynamoDB's bound for one transaction is 100 actions; the rest of it is the decision itself. */
const queuedAtOnce = 90;
/** DynamoDB keeps 400 kB an item; the result of an operation has to fit in as well. */
const largestOperation = 350_000;
/** The longest that lies between a preview and its decision, by which decided changes are found. */
const longestWaitMs = 8 * 86_400_000;
/** Changes that are looked at for what they do to spend. */
const decidedLimit = 2_000;

export interface DecidedChange {
  readonly change: ChangeRecord;
  readonly operations: readonly OperationRecord[];
  /** Indexes of operations that wait in the outbox. */
  readonly queued: ReadonlySet<number>;
}

/** What somebody decided: the state the change goes to, with who and when. */
export interface Decision {
  readonly next: Partial<Omit<ChangeRecord, 'id' | 'revision' | 'operations' | 'createdAt'>> & {
    readonly status: ChangeStatus;
  };
  readonly audit: readonly AuditDraft[];
}

export interface ChangeStore {
  /** Keeps a preview. `false` when there is a change of this id. */
  create(change: ChangeRecord, operations: readonly OperationRecord[], audit: readonly AuditDraft[]): Promise<boolean>;
  get(id: string): Promise<ChangeRecord | undefined>;
  /** By index. */
  operations(id: string): Promise<OperationRecord[]>;
  /** Indexes of the operations in the outbox. */
  queued(id: string): Promise<Set<number>>;
  /** Newest first. `status` is the one that is kept: what has expired by the clock alone is found under `previewed`. */
  list(query: {
    readonly status?: ChangeStatus;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<Page<ChangeRecord>>;
  /** Changes whose time to decide is over and of which nobody has written that down, the oldest first; at most so many of a state. */
  overdue(now: string, limit: number): Promise<ChangeRecord[]>;
  /** Moves a change that applies nothing; `false` when it was moved meanwhile. Throws for a step that no change may take. */
  move(change: ChangeRecord, decision: Decision): Promise<boolean>;
  /** Counts the decisions of the workspace; to be read before the guardrails are judged and given to `apply`. */
  decisions(): Promise<number>;
  /**
   * Moves a change to `applying` and puts operations into the outbox, in one transaction with the audit entries. `false` when the
   * change was moved, or anything was decided in the workspace since `decisions` was read, or another change undoes the same.
   */
  apply(
    change: ChangeRecord,
    decision: Decision,
    operations: readonly OperationRecord[],
    decisions: number,
  ): Promise<boolean>;
  /** Changes that were decided on since then, or are being applied still, with their operations. */
  decidedSince(since: string): Promise<DecidedChange[]>;
}

export function createChangeStore(table: TableAccess, workspaceId: string): ChangeStore {
  const pk = workspacePk(workspaceId);
  const audit = createAuditStore(table, workspaceId);
  const place = ({ createdAt, id }: ChangeRecord) => `${createdAt}#${id}`;

  const get = async (id: string) => {
    const item = await table.get(changeKey(workspaceId, id));
    return item && changeRecord.parse(item.record);
  };
  const operations = async (id: string) =>
    (await table.all({ pk, prefix: operationPrefix(id), consistent: true })).map((item) =>
      operationRecord.parse(item.record),
    );
  const queued = async (id: string) =>
    new Set(
      (await table.all({ pk, prefix: outboxPrefix(id), consistent: true, attributes: ['index'] })).flatMap(
        ({ index }) => (typeof index === 'number' && index >= 0 ? [index] : []),
      ),
    );

  const moved = (change: ChangeRecord, { next }: Decision): TransactAction => {
    if (!changeTransitions[change.status].includes(next.status)) {
      throw new AppError('internal', `A change does not go from ${change.status} to ${next.status}.`);
    }
    return {
      put: itemOfChange(workspaceId, { ...change, ...next, revision: change.revision + 1 }),
      ...unchangedSince(change.revision),
    };
  };
  const decisions = async () => Number((await table.get(decisionsKey(workspaceId)))?.revision ?? 0);

  return {
    get,
    operations,
    queued,
    decisions,
    async create(change, all, drafts) {
      if ((await get(change.id)) !== undefined) return false;
      for (const one of all) {
        if (Buffer.byteLength(JSON.stringify(one)) <= largestOperation) continue;
        throw new AppError('invalid-request', `operations.${one.index} is too large to be kept; divide it.`, {
          fields: [{ field: `operations.${one.index}`, message: `is larger than ${largestOperation} bytes` }],
        });
      }
      // Without its change an operation is nothing: what a crash leaves here is written again by whoever asks again.
      await table.putMany(all.map((one) => itemOfOperation(workspaceId, one)));
      return audit.append(drafts, [{ put: itemOfChange(workspaceId, change), condition: 'attribute_not_exists(pk)' }]);
    },
    async list({ status, limit, cursor }) {
      const question = [workspaceId, 'changes', status];
      const [path, id] = cursor === undefined ? [] : decodeCursor(question, cursor, 2);
      const pages = await Promise.all(
        (status ? [status] : changeStatuses).map((one) =>
          table.query({
            index: 'gsi1',
            pk: changeListPk(workspaceId, one),
            newestFirst: true,
            limit: limit + 1,
            ...(path !== undefined &&
              id !== undefined && {
                after: { gsi1pk: changeListPk(workspaceId, one), gsi1sk: path, ...changeKey(workspaceId, id) },
              }),
          }),
        ),
      );
      const newest = pages
        .flatMap((page) => page.items)
        .map((item) => changeRecord.parse(item.record))
        .sort((a, b) => (place(a) < place(b) ? 1 : -1));
      const shown = newest.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: shown,
        nextCursor: last && newest.length > limit ? encodeCursor(question, [place(last), last.id]) : null,
      };
    },
    async overdue(now, limit) {
      const pages = await Promise.all(
        (['previewed', 'awaiting-approval'] as const).map((status) =>
          table.query({ index: 'gsi1', pk: changeListPk(workspaceId, status), limit }),
        ),
      );
      return pages
        .flatMap(({ items }) => items.map(({ record }) => changeRecord.parse(record)))
        .filter(({ expiresAt }) => expiresAt <= now);
    },
    async move(change, decision) {
      return audit.append(decision.audit, [moved(change, decision)]);
    },
    async apply(change, decision, all, seen) {
      const at = decision.audit[0]?.at ?? new Date().toISOString();
      const move = moved(change, decision);
      const items = [
        ...all.map((one) => outboxPut(outboxItem(workspaceId, change.id, one.index, at))),
        // Closes the change when all others are gone; it is there as long as the change is not closed.
        outboxPut(outboxItem(workspaceId, change.id, -1, at)),
      ];
      // What does not fit into the deciding transaction goes before it. Until the change is `applying`, nobody applies it.
      const early = items.slice(0, -queuedAtOnce);
      await table.putMany(early.map(({ put }) => put));
      return audit.append(decision.audit, [
        move,
        {
          put: { ...decisionsKey(workspaceId), revision: seen + 1 },
          ...(seen === 0 ? { condition: 'attribute_not_exists(pk)' } : unchangedSince(seen)),
        },
        ...(change.undoOf === null ? [] : [await undoneBy(change.undoOf, change.id)]),
        ...items.slice(-queuedAtOnce),
      ]);
    },
    async decidedSince(since) {
      const from = new Date(Date.parse(since) - longestWaitMs).toISOString();
      const found: ChangeRecord[] = [];
      for (const status of ['applying', 'applied', 'partial', 'failed'] as const) {
        const bounds = [status === 'applying' ? '' : from, '~'] as const;
        const query = { index: 'gsi1' as const, pk: changeListPk(workspaceId, status), between: bounds };
        for await (const item of table.each(query)) {
          const record = changeRecord.parse(item.record);
          if (status !== 'applying' && (record.finishedAt ?? record.decidedAt ?? '') < since) continue;
          found.push(record);
          if (found.length > decidedLimit) {
            throw new AppError(
              'conflict',
              `More than ${decidedLimit} changes were decided on lately: the guardrails cannot look at them all. Put more operations into one change.`,
            );
          }
        }
      }
      return Promise.all(
        found.map(async (one) => ({
          change: one,
          operations: await operations(one.id),
          queued: one.status === 'applying' ? await queued(one.id) : new Set<number>(),
        })),
      );
    },
  };

  /** Marks the change that is undone; two undoings of one change would each put back what the other did. */
  async function undoneBy(id: string, by: string): Promise<TransactAction> {
    const undone = await get(id);
    if (undone === undefined) throw new AppError('conflict', `The change ${id} that this one undoes is not there.`);
    if (undone.undoneBy !== null && undone.undoneBy !== by) {
      throw new AppError('conflict', `The change ${id} is undone by ${undone.undoneBy} already.`);
    }
    return {
      put: itemOfChange(workspaceId, { ...undone, undoneBy: by, revision: undone.revision + 1 }),
      ...unchangedSince(undone.revision),
    };
  }
}

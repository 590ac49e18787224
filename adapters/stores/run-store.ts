import * as z from 'zod/mini';
import { retention } from '../../contracts/retention.ts';
import {
  accountProgress,
  type Run,
  type RunDetail,
  run,
  runGrains,
  runStatuses,
} from '../../contracts/schemas/pipelines.ts';
import { paceOf } from '../../domain/integrations/run-pace.ts';
import { countRun, type ItemProgress } from '../../domain/integrations/run-status.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import { qualityOfRun } from './quality-store.ts';
import type { Item, Table } from './table.ts';

type RunStatus = Run['status'];

/** A run with what its own steps need to know of it. */
const runRecord = z.extend(run, {
  /** Fingerprint of the request that asked for it: the same idempotency key with another body is refused. */
  requestHash: z.nullable(z.string()),
  accountIds: z.optional(z.nullable(z.array(z.string()))),
  grains: z.optional(z.nullable(z.enum(runGrains))),
  /** When somebody asked to end it; its items see that before they begin. */
  cancelRequestedAt: z.optional(z.nullable(z.string())),
  /** When it was last resumed; what came before is no measure of its pace. */
  resumedAt: z.optional(z.nullable(z.string())),
});
export type RunRecord = z.infer<typeof runRecord>;

/** A run that says nothing else, as those of earlier releases. */
const earlier = { mode: 'load', attempt: 1 } as const;

const itemProgress = z.extend(accountProgress, { itemId: z.string(), askAgain: z.optional(z.boolean()) });

/** Runs under way at once that are looked at; there are as many as triggers, and a few asked for. */
const latestRuns = 50;

/** Stages that end an item. Only `failed` may still turn into `loaded`, when a load succeeded after it was given up. */
const finished = ['loaded', 'failed', 'skipped', 'cancelled'];

/** Epoch seconds, as DynamoDB's expiry wants them. */
const expiryOf = (at: string): number => Math.floor(Date.parse(at) / 1_000) + retention.runs.days * 86_400;

export interface RunStore {
  /** `false` when a run of this id exists. */
  create(record: Omit<RunRecord, keyof typeof earlier> & Partial<RunRecord>): Promise<boolean>;
  get(id: string): Promise<RunRecord | undefined>;
  /** Newest first. */
  list(query: { readonly status?: RunStatus; readonly limit: number; readonly cursor?: string }): Promise<Page<Run>>;
  /** Changes a run that is in one of the statuses, and at that attempt when one is given; `false` when it is not. */
  transition(
    id: string,
    from: readonly RunStatus[],
    change: Partial<Omit<RunRecord, 'id' | 'startedAt'>> & { readonly status: RunStatus },
    attempt?: number,
  ): Promise<boolean>;
  /** Asks the items of a run that is not over to end; `false` when it is. */
  requestCancel(id: string, at: string): Promise<boolean>;
  /** Takes up an item that failed or was cancelled; `false` when it had come to another end. */
  reopen(runId: string, itemId: string, at: string): Promise<boolean>;
  /** Takes an item out of the run: a new plan says afresh what became of it. */
  forget(runId: string, itemId: string): Promise<void>;
  /** Scheduled runs that are under way and were started after `since`. */
  scheduledSince(since: string): Promise<Run[]>;
  /** The run with its items; counters are those of the items. */
  detail(id: string): Promise<RunDetail | undefined>;
  progress(runId: string): Promise<ItemProgress[]>;
  /** Writes items as they stand at the plan; those that exist are kept. */
  planItems(runId: string, items: readonly ItemProgress[]): Promise<void>;
  /** Moves an item on; `false` when it had come to its end already. */
  advance(
    runId: string,
    itemId: string,
    change: Partial<Omit<ItemProgress, 'itemId'>> & Pick<ItemProgress, 'stage' | 'updatedAt'>,
  ): Promise<boolean>;
}

export function createRunStore(table: Table, workspaceId: string): RunStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `RUN#${id}` });
  const itemKey = (runId: string, itemId: string) => ({ pk, sk: `PROGRESS#${runId}#${itemId}` });
  const listPk = (status: RunStatus) => `${pk}#RUN#${status}`;
  const place = (record: { id: string; startedAt: string }) => `${record.startedAt}#${record.id}`;

  const get = async (id: string) => {
    const item = await table.get(keyOf(id));
    return item && runRecord.parse({ ...earlier, ...item });
  };
  const progress = async (runId: string) =>
    (await table.all({ pk, prefix: `PROGRESS#${runId}#`, consistent: true })).map((item) => itemProgress.parse(item));
  /** Counters of a run under way come from its items; a closed run keeps what it was closed with. */
  const withCounts = async (record: Run): Promise<Run> =>
    record.status === 'running' ? { ...record, ...countRun(await progress(record.id)) } : record;

  return {
    get,
    progress,
    async create(record) {
      return table.put(
        {
          ...keyOf(record.id),
          gsi1pk: listPk(record.status),
          gsi1sk: place(record),
          ...runRecord.parse({ ...earlier, ...record }),
          expiresAt: expiryOf(record.startedAt),
        },
        { ifAbsent: true },
      );
    },
    async list({ status, limit, cursor }) {
      const question = [workspaceId, 'runs', status];
      const [path, id] = cursor === undefined ? [] : decodeCursor(question, cursor, 2);
      const pages = await Promise.all(
        (status ? [status] : runStatuses).map((one) =>
          table.query({
            index: 'gsi1',
            pk: listPk(one),
            newestFirst: true,
            limit: limit + 1,
            ...(path !== undefined &&
              id !== undefined && { after: { gsi1pk: listPk(one), gsi1sk: path, ...keyOf(id) } }),
          }),
        ),
      );
      const newest = pages
        .flatMap((page) => page.items)
        .map((item) => run.parse({ ...earlier, ...item }))
        .sort((a, b) => (place(a) < place(b) ? 1 : -1));
      const shown = newest.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await Promise.all(shown.map(withCounts)),
        nextCursor: last && newest.length > limit ? encodeCursor(question, [place(last), last.id]) : null,
      };
    },
    async transition(id, from, change, attempt) {
      return table.update(
        keyOf(id),
        { ...change, gsi1pk: listPk(change.status) },
        {
          // A record of an earlier release has no attempt: what is not there differs from nothing.
          expression: `#status IN (${from.map((_, index) => `:from${index}`).join(', ')})${attempt === undefined ? '' : ' AND NOT #attempt <> :attempt'}`,
          names: { '#status': 'status', ...(attempt !== undefined && { '#attempt': 'attempt' }) },
          values: {
            ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
            ...(attempt !== undefined && { ':attempt': attempt }),
          },
        },
      );
    },
    async requestCancel(id, at) {
      return table.update(
        keyOf(id),
        { cancelRequestedAt: at },
        {
          expression: '#status IN (:queued, :running)',
          names: { '#status': 'status' },
          values: { ':queued': 'queued', ':running': 'running' },
        },
      );
    },
    async reopen(runId, itemId, at) {
      return table.update(
        itemKey(runId, itemId),
        { stage: 'waiting', error: null, updatedAt: at },
        {
          expression: '#stage IN (:failed, :cancelled)',
          names: { '#stage': 'stage' },
          values: { ':failed': 'failed', ':cancelled': 'cancelled' },
        },
      );
    },
    forget: (runId, itemId) => table.removeMany([itemKey(runId, itemId)]),
    async scheduledSince(since) {
      const pages = await Promise.all(
        (['queued', 'running'] as const).map((status) =>
          table.query({ index: 'gsi1', pk: listPk(status), newestFirst: true, limit: latestRuns }),
        ),
      );
      return pages
        .flatMap((page) => page.items)
        .map((item) => run.parse({ ...earlier, ...item }))
        .filter((one) => one.trigger !== 'on-demand' && one.startedAt >= since);
    },
    async detail(id) {
      const record = await get(id);
      if (!record) return undefined;
      const items = await progress(id);
      const counted = record.status === 'running' ? { ...record, ...countRun(items) } : record;
      const pace = paceOf(items, record.resumedAt ?? record.startedAt);
      const quality = await qualityOfRun(table, workspaceId, id);
      return { ...run.parse(counted), pace, quality, progress: items.map((item) => accountProgress.parse(item)) };
    },
    async planItems(runId, items) {
      const known = new Set((await progress(runId)).map((item) => item.itemId));
      await table.putMany(
        items
          .filter((item) => !known.has(item.itemId))
          .map((item) => ({
            ...itemKey(runId, item.itemId),
            ...itemProgress.parse(item),
            expiresAt: expiryOf(item.updatedAt),
          })),
      );
    },
    async advance(runId, itemId, change) {
      const blocking = change.stage === 'loaded' ? finished.filter((stage) => stage !== 'failed') : finished;
      const values: Item = Object.fromEntries(blocking.map((stage, index) => [`:done${index}`, stage]));
      return table.update(itemKey(runId, itemId), change, {
        expression: `NOT (#stage IN (${Object.keys(values).join(', ')}))`,
        names: { '#stage': 'stage' },
        values,
      });
    },
  };
}

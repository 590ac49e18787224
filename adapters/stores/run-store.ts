import * as z from 'zod/mini';
import { accountProgress, type Run, type RunDetail, run, runStatuses } from '../../contracts/schemas/pipelines.ts';
import { countRun, type ItemProgress } from '../../domain/integrations/run-status.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { Item, Table } from './table.ts';

type RunStatus = Run['status'];

/** A run with the fingerprint of the request that asked for it: the same idempotency key with another body is refused. */
const runRecord = z.extend(run, { requestHash: z.nullable(z.string()) });
type RunRecord = z.infer<typeof runRecord>;

const itemProgress = z.extend(accountProgress, { itemId: z.string() });

/** Stages that end an item. Only `failed` may still turn into `loaded`, when a load succeeded after it was given up. */
const finished = ['loaded', 'failed', 'skipped'];

export interface RunStore {
  /** `false` when a run of this id exists. */
  create(record: RunRecord): Promise<boolean>;
  get(id: string): Promise<RunRecord | undefined>;
  /** Newest first. */
  list(query: { readonly status?: RunStatus; readonly limit: number; readonly cursor?: string }): Promise<Page<Run>>;
  /** Changes a run that is in one of the statuses; `false` when it is in another. */
  transition(
    id: string,
    from: readonly RunStatus[],
    change: Partial<Omit<Run, 'id' | 'startedAt'>> & { readonly status: RunStatus },
  ): Promise<boolean>;
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
    return item && runRecord.parse(item);
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
          ...runRecord.parse(record),
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
        .map((item) => run.parse(item))
        .sort((a, b) => (place(a) < place(b) ? 1 : -1));
      const shown = newest.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await Promise.all(shown.map(withCounts)),
        nextCursor: last && newest.length > limit ? encodeCursor(question, [place(last), last.id]) : null,
      };
    },
    async transition(id, from, change) {
      return table.update(
        keyOf(id),
        { ...change, gsi1pk: listPk(change.status) },
        {
          expression: from.map((_, index) => `#status = :from${index}`).join(' OR '),
          names: { '#status': 'status' },
          values: Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
        },
      );
    },
    async detail(id) {
      const record = await get(id);
      if (!record) return undefined;
      const items = await progress(id);
      const counted = record.status === 'running' ? { ...record, ...countRun(items) } : record;
      return { ...run.parse(counted), progress: items.map((item) => accountProgress.parse(item)) };
    },
    async planItems(runId, items) {
      const known = new Set((await progress(runId)).map((item) => item.itemId));
      await table.putMany(
        items
          .filter((item) => !known.has(item.itemId))
          .map((item) => ({ ...itemKey(runId, item.itemId), ...itemProgress.parse(item) })),
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

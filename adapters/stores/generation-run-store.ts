import * as z from 'zod/mini';
import { retention } from '../../contracts/retention.ts';
import {
  type GenerationRun,
  type GenerationRunDetail,
  type GenerationStatus,
  type GenerationStep,
  generationPlan,
  generationRun,
  generationRunDetail,
  generationStatuses,
  generationSteps,
  launchedChange,
  researchSummary,
  runDecision,
  type StepProgress,
  stepProgress,
} from '../../contracts/schemas/generation-runs.ts';
import type { Page } from './account-store.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { Item, Table } from './table.ts';

const { steps: _steps, ...stored } = generationRun.shape;
/** A run with what its own steps need to know of it. */
const generationRecord = z.object({
  ...stored,
  /** Fingerprint of the request that asked for it: the same idempotency key with another body is refused. */
  requestHash: z.nullable(z.string()),
  /** When somebody asked to end it; its steps see that before they begin. */
  cancelRequestedAt: z.nullable(z.string()),
  /** What the waiting execution is answered by; null while none waits. */
  taskToken: z.nullable(z.string()),
  decisions: z.array(runDecision),
  /** Who decided last, as guardrails of changes want to know. */
  decidedRole: z.nullable(z.string()),
  /** Those that are to be launched; null before somebody approved. */
  approvedIds: z.nullable(z.array(z.string())),
  changes: z.array(launchedChange),
});
export type GenerationRecord = z.infer<typeof generationRecord>;

const madeRecord = z.object({ research: z.nullable(researchSummary), plan: z.nullable(generationPlan) });
export type MadePlan = z.infer<typeof madeRecord>;

const stepRecord = z.omit(stepProgress, { done: true });

/** Epoch seconds, as DynamoDB's expiry wants them. */
const expiryOf = (at: string): number => Math.floor(Date.parse(at) / 1_000) + retention.runs.days * 86_400;

/** `expiresAt` of an item is when DynamoDB takes it away: until when a run waits has another name there. */
const recordOf = (item: Item): GenerationRecord => {
  const { expiresAt: _expiry, waitsUntil, ...rest } = item;
  return generationRecord.parse({ ...rest, expiresAt: waitsUntil });
};
const itemOf = <T extends Partial<GenerationRecord>>({ expiresAt, ...rest }: T) => ({
  ...rest,
  ...(expiresAt !== undefined && { waitsUntil: expiresAt }),
});

const order = new Map(generationSteps.map((name, index) => [name, index]));
const waiting = (name: GenerationStep): StepProgress => ({
  name,
  status: 'waiting',
  startedAt: null,
  endedAt: null,
  done: 0,
  of: 0,
  note: null,
});

export interface GenerationRunStore {
  /** `false` when a run of this id exists. */
  create(record: GenerationRecord): Promise<boolean>;
  get(id: string): Promise<GenerationRecord | undefined>;
  /** Newest first. */
  list(query: {
    readonly status?: GenerationStatus;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<Page<GenerationRun>>;
  /** Changes a run that is in one of the statuses, and at that attempt and round when they are given; `false` when it is not. */
  transition(
    id: string,
    from: readonly GenerationStatus[],
    change: Partial<Omit<GenerationRecord, 'id' | 'startedAt'>> & { readonly status: GenerationStatus },
    at?: { readonly attempt?: number; readonly round?: number },
  ): Promise<boolean>;
  /** Asks a run that is not over to end; `false` when it is. */
  requestCancel(id: string, at: string): Promise<boolean>;
  made(id: string): Promise<MadePlan>;
  keepMade(id: string, made: MadePlan, at: string): Promise<void>;
  /** Begins a step, or takes it up again: what was done of it stays done. */
  beginStep(id: string, name: GenerationStep, given: { readonly at: string; readonly of: number }): Promise<void>;
  /** Counts an item of a step, once however often it is told. */
  countItem(id: string, name: GenerationStep, item: string): Promise<void>;
  endStep(
    id: string,
    name: GenerationStep,
    given: { readonly status: 'done' | 'failed' | 'skipped'; readonly at: string; readonly note: string | null },
  ): Promise<void>;
  /** Steps as they were before they began: another round is made. */
  forgetSteps(id: string, names: readonly GenerationStep[]): Promise<void>;
  steps(id: string): Promise<StepProgress[]>;
  detail(id: string): Promise<GenerationRunDetail | undefined>;
}

export function createGenerationRunStore(table: Table, workspaceId: string): GenerationRunStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `GENERATION#${id}` });
  const madeKey = (id: string) => ({ pk, sk: `GENERATION-PLAN#${id}` });
  const stepKey = (id: string, name: string) => ({ pk, sk: `GENERATION-STEP#${id}#${name}` });
  const listPk = (status: GenerationStatus) => `${pk}#GENERATION#${status}`;
  const place = (record: { id: string; startedAt: string }) => `${record.startedAt}#${record.id}`;

  const get = async (id: string) => {
    const item = await table.get(keyOf(id));
    return item && recordOf(item);
  };
  const made = async (id: string) => {
    const item = await table.get(madeKey(id));
    return item === undefined ? { research: null, plan: null } : madeRecord.parse(item);
  };
  const steps = async (id: string): Promise<StepProgress[]> => {
    const items = await table.all({ pk, prefix: `GENERATION-STEP#${id}#`, consistent: true });
    const known = new Map(
      items.map((item) => {
        const record = stepRecord.parse(item);
        // A set of DynamoDB has at least one member, or is not there.
        const counted = item.items instanceof Set ? item.items.size : 0;
        const done = record.status === 'done' ? record.of : Math.min(counted, record.of);
        return [record.name, { ...record, done }];
      }),
    );
    return generationSteps
      .map((name) => known.get(name) ?? waiting(name))
      .sort((a, b) => (order.get(a.name) ?? 0) - (order.get(b.name) ?? 0));
  };

  return {
    get,
    made,
    steps,
    async create(record) {
      return table.put(
        {
          ...keyOf(record.id),
          gsi1pk: listPk(record.status),
          gsi1sk: place(record),
          ...itemOf(generationRecord.parse(record)),
          expiresAt: expiryOf(record.startedAt),
        },
        { ifAbsent: true },
      );
    },
    async list({ status, limit, cursor }) {
      const question = [workspaceId, 'generation-runs', status];
      const [path, id] = cursor === undefined ? [] : decodeCursor(question, cursor, 2);
      const pages = await Promise.all(
        (status ? [status] : generationStatuses).map((one) =>
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
        .map(recordOf)
        .sort((a, b) => (place(a) < place(b) ? 1 : -1));
      const shown = newest.slice(0, limit);
      const last = shown.at(-1);
      return {
        items: await Promise.all(shown.map(async (one) => generationRun.parse({ ...one, steps: await steps(one.id) }))),
        nextCursor: last && newest.length > limit ? encodeCursor(question, [place(last), last.id]) : null,
      };
    },
    transition: (id, from, change, { attempt, round } = {}) =>
      table.update(
        keyOf(id),
        { ...itemOf(change), gsi1pk: listPk(change.status) },
        {
          expression: [
            `#status IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
            ...(attempt === undefined ? [] : ['#attempt = :attempt']),
            ...(round === undefined ? [] : ['#round = :round']),
          ].join(' AND '),
          names: {
            '#status': 'status',
            ...(attempt !== undefined && { '#attempt': 'attempt' }),
            ...(round !== undefined && { '#round': 'round' }),
          },
          values: {
            ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
            ...(attempt !== undefined && { ':attempt': attempt }),
            ...(round !== undefined && { ':round': round }),
          },
        },
      ),
    requestCancel: (id, at) =>
      table.update(
        keyOf(id),
        { cancelRequestedAt: at },
        {
          expression: '#status IN (:queued, :running, :waiting)',
          names: { '#status': 'status' },
          values: { ':queued': 'queued', ':running': 'running', ':waiting': 'awaiting-approval' },
        },
      ),
    async keepMade(id, given, at) {
      await table.put({ ...madeKey(id), ...madeRecord.parse(given), expiresAt: expiryOf(at) });
    },
    async beginStep(id, name, { at, of }) {
      const key = stepKey(id, name);
      const fresh = { ...waiting(name), status: 'running' as const, startedAt: at, of };
      if (await table.put({ ...key, ...fresh, expiresAt: expiryOf(at) }, { ifAbsent: true })) return;
      await table.update(key, { status: 'running', endedAt: null, note: null, of });
    },
    async countItem(id, name, item) {
      await table.change(stepKey(id, name), {
        update: 'ADD #items :item',
        condition: 'attribute_exists(#name)',
        names: { '#items': 'items', '#name': 'name' },
        values: { ':item': new Set([item]) },
      });
    },
    async endStep(id, name, { status, at, note }) {
      const key = stepKey(id, name);
      const ended = { status, endedAt: at, note };
      if (await table.update(key, ended)) return;
      await table.put(
        { ...key, ...waiting(name), ...ended, startedAt: at, expiresAt: expiryOf(at) },
        { ifAbsent: true },
      );
    },
    forgetSteps: (id, names) => table.removeMany(names.map((name) => stepKey(id, name))),
    async detail(id) {
      const record = await get(id);
      if (record === undefined) return undefined;
      return generationRunDetail.parse({ ...record, steps: await steps(id), ...(await made(id)) });
    },
  };
}

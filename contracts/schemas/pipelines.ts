import * as z from 'zod/mini';
import { accountId, count, cursor, instant, isoDate, nextCursor, pageLimit, platformId, runId } from './primitives.ts';

export const runTriggers = ['daily', 'hourly', 'on-demand'] as const;
export const runStatuses = ['queued', 'running', 'succeeded', 'partial', 'failed'] as const;
export const accountStages = [
  'waiting',
  'extracting',
  'transforming',
  'loading',
  'loaded',
  'failed',
  'skipped',
] as const;

export const accountProgress = z
  .object({
    accountId: z
      .nullable(accountId)
      .register(z.globalRegistry, { description: 'Null for a connection that failed before its accounts were known' }),
    accountName: z.string(),
    platform: platformId,
    stage: z.enum(accountStages),
    from: z.nullable(isoDate),
    to: z.nullable(isoDate),
    rowsExtracted: count,
    rowsLoaded: count,
    rowsQuarantined: count,
    error: z.nullable(z.string()).register(z.globalRegistry, { description: 'What failed and why; null otherwise' }),
    updatedAt: instant,
  })
  .register(z.globalRegistry, { id: 'AccountProgress', description: 'One account and window of a run' });
export type AccountProgress = z.infer<typeof accountProgress>;

const runFields = {
  id: runId,
  pipeline: z.enum(['etl']),
  trigger: z.enum(runTriggers),
  status: z.enum(runStatuses),
  from: z.nullable(isoDate),
  to: z.nullable(isoDate),
  accounts: z.object({ total: count, loaded: count, failed: count, skipped: count }),
  rowsExtracted: count,
  rowsLoaded: count,
  rowsQuarantined: count,
  error: z.nullable(z.string()),
  startedAt: instant,
  finishedAt: z.nullable(instant),
};

export const run = z.object(runFields).register(z.globalRegistry, { id: 'Run', description: 'One run of a pipeline' });
export type Run = z.infer<typeof run>;

export const runDetail = z
  .object({ ...runFields, progress: z.array(accountProgress) })
  .register(z.globalRegistry, { id: 'RunDetail', description: 'A run with the progress of each account' });
export type RunDetail = z.infer<typeof runDetail>;

export const runPage = z.object({ items: z.array(run), nextCursor }).register(z.globalRegistry, { id: 'RunPage' });

export const startRunBody = z
  .strictObject({
    from: z.optional(isoDate).register(z.globalRegistry, {
      description: 'First account-local day; the platform’s look-back window by default',
    }),
    to: z.optional(isoDate).register(z.globalRegistry, { description: 'Last account-local day; today by default' }),
    accountIds: z
      .optional(z.array(accountId).check(z.minLength(1), z.maxLength(500)))
      .register(z.globalRegistry, { description: 'All enabled accounts by default' }),
  })
  .register(z.globalRegistry, {
    id: 'StartRun',
    description: 'What to load; an empty object loads the look-back window of every account',
  });
export type StartRunBody = z.infer<typeof startRunBody>;

export const quarantinedRow = z
  .object({
    accountId,
    report: z.string().register(z.globalRegistry, { description: 'The report the row came from, `metrics/campaign`' }),
    field: z.string(),
    reason: z.string(),
    raw: z
      .record(z.string(), z.unknown())
      .register(z.globalRegistry, { description: 'The row as the platform answered it' }),
  })
  .register(z.globalRegistry, { id: 'QuarantinedRow', description: 'A row that was not loaded, and why' });
export type QuarantinedRow = z.infer<typeof quarantinedRow>;
export const quarantinePage = z
  .object({ items: z.array(quarantinedRow), nextCursor })
  .register(z.globalRegistry, { id: 'QuarantinePage' });

const page = { limit: z.optional(pageLimit), cursor: z.optional(cursor) };
export const listRunsQuery = z.strictObject({ status: z.optional(z.enum(runStatuses)), ...page });
export const quarantineQuery = z.strictObject({ accountId: z.optional(accountId), ...page });
export const runPath = z.strictObject({ runId });

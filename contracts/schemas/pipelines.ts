import * as z from 'zod/mini';
import { accountId, count, cursor, instant, isoDate, nextCursor, pageLimit, platformId, runId } from './primitives.ts';
import { qualitySummary } from './quality.ts';

export const runTriggers = ['daily', 'hourly', 'on-demand'] as const;
/** `load` asks the platforms; `reprocess` makes the facts again from the raw answers that are kept, without calling anybody. */
export const runModes = ['load', 'reprocess'] as const;
/** `objects`: accounts to ads and keywords. `segments`: search terms, assets and audience breakdowns. */
export const runGrains = ['objects', 'segments'] as const;
export const runStatuses = ['queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled'] as const;
export const accountStages = [
  'waiting',
  'extracting',
  'transforming',
  'loading',
  'loaded',
  'failed',
  'skipped',
  'cancelled',
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
  mode: z.enum(runModes).register(z.globalRegistry, {
    description: '`reprocess` reads the raw answers that are kept and calls no platform',
  }),
  attempt: z.int().register(z.globalRegistry, { description: '1, and one more each time the run was resumed' }),
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

/** How far a run is and how fast, by its account windows. Measured since it was started or last resumed. */
export const runPace = z
  .object({
    windows: z.object({ total: count, done: count, failed: count }),
    rowsPerSecond: z
      .nullable(z.number())
      .register(z.globalRegistry, { description: 'Rows loaded a second; null until a window is loaded' }),
    secondsLeft: z.nullable(z.number()).register(z.globalRegistry, {
      description: 'At the rate measured so far; null until a window is loaded and once the run is over',
    }),
  })
  .register(z.globalRegistry, { id: 'RunPace', description: 'Progress by account windows, and the time that is left' });
export type RunPace = z.infer<typeof runPace>;

export const runDetail = z
  .object({
    ...runFields,
    pace: runPace,
    quality: z
      .nullable(qualitySummary)
      .register(z.globalRegistry, { description: 'What the checks said; null until they have run' }),
    progress: z.array(accountProgress),
  })
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
    grains: z.optional(z.enum(runGrains)).register(z.globalRegistry, {
      description: 'Only `objects` (accounts to ads and keywords) or only `segments` (the rest); all by default',
    }),
    mode: z
      .optional(z.enum(runModes))
      .register(z.globalRegistry, { description: '`load` by default; `reprocess` needs `from`' }),
  })
  .register(z.globalRegistry, {
    id: 'StartRun',
    description: 'What to load; an empty object loads the look-back window of every account',
  });
export type StartRunBody = z.infer<typeof startRunBody>;

export const runEstimate = z
  .object({
    accounts: count,
    windows: count.check(z.describe('Account windows that would be loaded')),
    accountDays: count,
    platforms: z.array(
      z.object({
        platform: platformId,
        calls: count.check(z.describe('Estimated from the rows of the latest loads; none when facts are made again')),
        permittedPerDay: z.nullable(count).check(z.describe('Null where the platform names no daily limit')),
        leftToday: z.nullable(count).check(z.describe('Calls that back-fills may still make today')),
        days: z.int().check(z.describe('UTC days that the calls spread over')),
      }),
    ),
    seconds: z
      .nullable(count)
      .check(z.describe('At the rate of the latest loads, waits aside; null when there is none to measure by')),
  })
  .register(z.globalRegistry, { id: 'RunEstimate', description: 'What a load would take' });
export type RunEstimate = z.infer<typeof runEstimate>;

export const quarantinedRow = z
  .object({
    accountId,
    report: z.string().register(z.globalRegistry, { description: 'The report the row came from, `metrics/campaign`' }),
    refusal: z.optional(z.enum(['schema', 'range', 'duplicate'])).register(z.globalRegistry, {
      description:
        '`schema`: not as the platform documents it; `range`: impossible or not asked for; `duplicate`: answered twice',
    }),
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

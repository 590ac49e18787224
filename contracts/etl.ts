/** What travels between the states of state-machines/etl.asl.json. Large lists travel through the lake, never in the payload. */
import * as z from 'zod/mini';
import { runGrains, runModes, runTriggers } from './schemas/pipelines.ts';
import { accountId, currency, grain, isoDate, platformId, runId, timeZone, workspaceId } from './schemas/primitives.ts';

/** The execution's input. Whoever starts one has written the run record first. */
export const etlInput = z.object({
  workspaceId,
  runId,
  trigger: z.enum(runTriggers),
  from: z.nullable(isoDate),
  to: z.nullable(isoDate),
  accountIds: z.nullable(z.array(accountId)),
  /** All grains when absent. */
  grains: z.optional(z.enum(runGrains)),
  /** `load` when absent. */
  mode: z.optional(z.enum(runModes)),
  /** How often the run has been started, itself included; 1 when absent. */
  attempt: z.optional(z.int()),
});
export type EtlInput = z.infer<typeof etlInput>;

/** Raw answers of an earlier run that an item is made from instead of asking the platform. */
export const rawSource = z.object({
  /** The manifest of the metrics. */
  manifestKey: z.string(),
  /** The days that the answers hold; the item's own window lies in it. */
  from: isoDate,
  to: isoDate,
  /** The manifest with the account's newest structure, with its last item. */
  structureKey: z.nullable(z.string()),
});
export type RawSource = z.infer<typeof rawSource>;

/** One account and window: the item of the Map. */
export const etlItem = z.object({
  workspaceId,
  runId,
  /** Unique in the run: `<accountId>-<from>`. Names the item's folders in the lake. */
  itemId: z.string(),
  connectionId: z.string(),
  platform: platformId,
  accountId,
  accountPlatformId: z.string(),
  accountName: z.string(),
  managerPlatformId: z.nullable(z.string()),
  currency,
  timeZone,
  from: isoDate,
  to: isoDate,
  grains: z.array(grain),
  /** Structure is read once an account and run, with its last window. */
  withStructure: z.boolean(),
  /** Answers that lie in the lake from an earlier attempt are not used: they could not be. */
  askAgain: z.optional(z.boolean()),
  /** Reprocessing: where the answers lie already. */
  source: z.optional(rawSource),
  /** The rows come from a report that somebody downloaded: days that the API delivered stay as they are. */
  origin: z.optional(z.literal('import')),
});
export type EtlItem = z.infer<typeof etlItem>;

/** What the plan answers: where its items lie. */
export const etlPlan = z.object({
  workspaceId,
  runId,
  bucket: z.string(),
  itemsKey: z.string(),
  itemCount: z.int(),
  /** Items that are worked on at the same time; three when absent. */
  concurrency: z.optional(z.int()),
});
export type EtlPlan = z.infer<typeof etlPlan>;

/** What a transformed item has to load: one staged file a grain. */
export const stagedLoad = z.object({
  grain,
  rows: z.int(),
  /** Whether facts that are not staged are gone: not when rows of the report were refused. */
  removeVanished: z.boolean(),
});
export type StagedLoad = z.infer<typeof stagedLoad>;

/** What loading is given. */
export const loadInput = z.object({ item: etlItem, loads: z.array(stagedLoad) });
export type LoadInput = z.infer<typeof loadInput>;

/** What publishing is given. */
export const publishInput = z.object({ workspaceId, runId });
export type PublishInput = z.infer<typeof publishInput>;

/** What checking is given: a run, or an import and the run that loaded it. */
export const checkInput = z.extend(publishInput, { importId: z.optional(z.string()) });
export type CheckInput = z.infer<typeof checkInput>;

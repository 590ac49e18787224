import * as z from 'zod/mini';
import { instant, workspaceId } from './schemas/primitives.ts';

/**
 * Deleting everything of one workspace, in two steps: a plan that counts what is there, and its confirmation with the plan's
 * token. For operators alone; `npm run workspace -- delete` speaks it.
 */
const signature = z.string().check(z.minLength(2), z.maxLength(200));

export const deleteWorkspaceData = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('plan'), workspaceId, by: signature }),
  z.strictObject({ step: z.literal('confirm'), workspaceId, by: signature, token: z.string() }),
]);
export type DeleteWorkspaceData = z.infer<typeof deleteWorkspaceData>;

/** What there is of a workspace, by kind: `facts/fact_ad_daily`, `lake/raw`, `state/RUN`, `secrets/connections`. */
export const inventory = z.record(z.string(), z.int());
export type Inventory = z.infer<typeof inventory>;

export const deletionProof = z.object({
  stage: z.string(),
  workspaceId,
  plannedBy: z.string(),
  signedOffBy: z.string(),
  startedAt: instant,
  finishedAt: instant,
  before: inventory,
  after: inventory,
  /** SHA-256 of what was there, a line each: rows by table, objects by key, version and size, items by key, secrets by name. */
  listingSha256: z.string(),
  /** What is gone for every reader and lies in files or backups until then. */
  remains: z.array(z.object({ what: z.string(), until: instant })),
  /** SHA-256 of all the above as JSON, in this order. */
  sha256: z.string(),
});
export type DeletionProof = z.infer<typeof deletionProof>;

export const deletionAnswer = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('planned'),
    workspaceId,
    /** `null` when only remains of the workspace are left. */
    name: z.nullable(z.string()),
    counts: inventory,
    token: z.string(),
    expiresAt: instant,
  }),
  /** The time of one call did not reach: confirm again with the same token. */
  z.object({ state: z.literal('under-way'), workspaceId, left: inventory }),
  z.object({ state: z.literal('deleted'), workspaceId, proofKey: z.string(), proof: deletionProof }),
]);
export type DeletionAnswer = z.infer<typeof deletionAnswer>;

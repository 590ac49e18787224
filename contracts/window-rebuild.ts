import * as z from 'zod/mini';
import { instant, workspaceId } from './schemas/primitives.ts';

/** What an operator asks of the counters of a workspace: whether the lake says the same, or that they be made from it again. */
export const rebuildWindows = z.object({
  workspaceId,
  from: instant,
  to: instant,
  mode: z.enum(['verify', 'rebuild']),
});
export type RebuildWindows = z.infer<typeof rebuildWindows>;

const difference = z.object({
  window: z.enum(['minute', 'hour']),
  at: z.string(),
  key: z.string(),
  counter: z.string(),
  counted: z.int(),
  inLake: z.int(),
});

export const rebuiltWindows = z.object({
  from: instant,
  to: instant,
  /** Numbers compared. */
  compared: z.int(),
  different: z.int(),
  /** The first of them. */
  differences: z.array(difference),
  /** Items of the state table that were replaced. */
  replaced: z.int(),
  /** Ids that the counters had not seen. */
  idsAdded: z.int(),
  /** Blocks of ten minutes that changed too recently to be held against the lake: ask again later. */
  unsettled: z.array(instant),
});
export type RebuiltWindows = z.infer<typeof rebuiltWindows>;

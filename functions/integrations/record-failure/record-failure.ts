import * as z from 'zod/mini';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { runId, workspaceId } from '../../../contracts/schemas/primitives.ts';
import { failureMessage } from '../../../domain/integrations/failure-message.ts';
import { countRun } from '../../../domain/integrations/run-status.ts';

/** What a Catch hands over: of one item, or of the run as a whole (`itemId` null). */
export const failure = z.object({
  workspaceId,
  runId,
  itemId: z.nullable(z.string()),
  accountId: z.nullable(z.string()),
  /** Of the run as a whole: the attempt that ended; another may have begun since. */
  attempt: z.optional(z.int()),
  error: z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) }),
});
export type Failure = z.infer<typeof failure>;

export interface RecordFailurePorts {
  readonly stores: WorkspaceStores<'accounts' | 'runs'>;
  readonly now: () => number;
}

const unfinished: ReadonlySet<string> = new Set(['waiting', 'extracting', 'transforming', 'loading']);
/** Failures that the same answers would bring about again: the platform's, and answers damaged in the lake. */
const unusableAnswers: ReadonlySet<string> = new Set(['PlatformError.rejected', 'AppError.internal']);
const abandoned = 'The run ended before this account was loaded.';

/** Writes which account failed and why, in words for people. The last good facts stay. */
export async function recordFailure({ stores, now }: RecordFailurePorts, failed: Failure): Promise<void> {
  const at = new Date(now()).toISOString();
  const error = failureMessage(failed.error);
  if (failed.itemId !== null) {
    const moved = await stores.runs.advance(failed.runId, failed.itemId, {
      stage: 'failed',
      error,
      askAgain: unusableAnswers.has(failed.error.Error ?? ''),
      updatedAt: at,
    });
    if (moved && failed.accountId !== null) await stores.accounts.recordError(failed.accountId, error);
    return;
  }
  if (failed.attempt !== undefined && (await stores.runs.get(failed.runId))?.attempt !== failed.attempt) return;
  for (const item of await stores.runs.progress(failed.runId)) {
    if (!unfinished.has(item.stage)) continue;
    await stores.runs.advance(failed.runId, item.itemId, { stage: 'failed', error: abandoned, updatedAt: at });
    if (item.accountId !== null) await stores.accounts.recordError(item.accountId, abandoned);
  }
  await stores.runs.transition(failed.runId, ['queued', 'running'], {
    status: 'failed',
    error,
    finishedAt: at,
    ...countRun(await stores.runs.progress(failed.runId)),
  });
}

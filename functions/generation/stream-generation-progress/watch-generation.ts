import { setTimeout as wait } from 'node:timers/promises';
import type { StreamCase } from '../../../adapters/http/stream-handler.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { GenerationRunDetail } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';

export interface WatchOptions {
  /** Between two looks at the run. */
  readonly everyMillis: number;
  /** After this the stream ends, before the function is stopped; the browser's `EventSource` comes back by itself. */
  readonly forMillis: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The function has five minutes: fifteen seconds are left for its start and the last look. */
const watchDefaults: WatchOptions = { everyMillis: 1_000, forMillis: 285_000, now: Date.now };

const finalStatuses: ReadonlySet<GenerationRunDetail['status']> = new Set([
  'succeeded',
  'partial',
  'failed',
  'rejected',
  'expired',
  'cancelled',
]);

/** A run as it is, then again whenever something of it changed, until it has come to its end or the time is over. */
export const watchGeneration =
  (
    stores: Stores<'generationRuns'>,
    { everyMillis, forMillis, now }: WatchOptions = watchDefaults,
  ): StreamCase<'watchGenerationRun'> =>
  async ({ principal, path: { runId } }, signal) => {
    const { generationRuns } = stores.forWorkspace(principal.workspaceId);
    const first = await generationRuns.detail(runId);
    if (first === undefined) throw new AppError('not-found', `There is no run ${runId} in this workspace.`);
    const end = now() + forMillis;
    return (async function* changes() {
      let shown = '';
      for (
        let detail: typeof first | undefined = first;
        detail !== undefined;
        detail = await generationRuns.detail(runId)
      ) {
        const text = JSON.stringify(detail);
        if (text !== shown) yield detail;
        shown = text;
        if (finalStatuses.has(detail.status) || signal.aborted || now() >= end) return;
        // An abort ends the wait; the loop then sees it.
        await wait(everyMillis, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
    })();
  };

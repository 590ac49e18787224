import { setTimeout as wait } from 'node:timers/promises';
import type { StreamCase } from '../../../adapters/http/stream-handler.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { RunDetail } from '../../../contracts/schemas/pipelines.ts';
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
export const watchDefaults: WatchOptions = { everyMillis: 1_000, forMillis: 285_000, now: Date.now };

const finalStatuses: ReadonlySet<RunDetail['status']> = new Set(['succeeded', 'partial', 'failed']);

/** A run as it is, then again whenever something of it changed, until it has come to its end or the time is over. */
export const watchRun =
  (stores: Stores<'runs'>, options: WatchOptions = watchDefaults): StreamCase<'watchEtlRun'> =>
  async ({ principal, path: { runId } }, signal) => {
    const { runs } = stores.forWorkspace(principal.workspaceId);
    const first = await runs.detail(runId);
    if (first === undefined) throw new AppError('not-found', `There is no run ${runId} in this workspace.`);
    return changes(first, () => runs.detail(runId), options, signal);
  };

async function* changes(
  first: RunDetail,
  look: () => Promise<RunDetail | undefined>,
  { everyMillis, forMillis, now }: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<RunDetail> {
  const end = now() + forMillis;
  let shown = '';
  for (let detail: RunDetail | undefined = first; detail !== undefined; detail = await look()) {
    const text = JSON.stringify(detail);
    if (text !== shown) yield detail;
    shown = text;
    if (finalStatuses.has(detail.status) || signal.aborted || now() >= end) return;
    // An abort ends the wait; the loop then sees it.
    await wait(everyMillis, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
  }
}

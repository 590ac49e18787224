import { instantOf } from '../../../adapters/generation/open-run.ts';
import { closeReviews } from '../../../adapters/reviews/waiting-ads.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EndInput } from '../../../contracts/generation.ts';
import { failureMessage } from '../../../domain/integrations/failure-message.ts';

export interface EndPorts {
  readonly stores: WorkspaceStores<'generationRuns' | 'creatives' | 'reviews'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const expired = 'Nobody decided in time. Resume the run to ask again.';

/** Closes a run whose execution came to another end than its own. One that was closed already, or goes on, is left alone. */
export async function endRun({ stores, now }: EndPorts, input: EndInput): Promise<void> {
  const { generationRuns } = stores;
  const run = await generationRuns.get(input.runId);
  if (run === undefined || run.attempt !== input.attempt) return;
  const at = instantOf({ now });
  const cancelled = run.cancelRequestedAt !== null;
  const error = cancelled ? null : input.end === 'expired' ? expired : failureMessage(input.error ?? {});
  for (const { name, status } of await generationRuns.steps(run.id)) {
    if (status !== 'running') continue;
    const note = cancelled ? 'Somebody has cancelled the run.' : error;
    await generationRuns.endStep(run.id, name, { status: cancelled ? 'skipped' : 'failed', at, note });
  }
  // A run that goes on asks again.
  await closeReviews(
    stores,
    await stores.creatives.ofRun(run.id),
    at,
    `The run has ended: ${cancelled ? 'cancelled' : input.end}.`,
  );
  await generationRuns.transition(
    run.id,
    ['queued', 'running', 'awaiting-approval', 'launching'],
    { status: cancelled ? 'cancelled' : input.end, error, finishedAt: at, taskToken: null, expiresAt: null },
    { attempt: input.attempt },
  );
}

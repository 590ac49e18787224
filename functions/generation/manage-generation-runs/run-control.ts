import type { GenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { closeReviews } from '../../../adapters/reviews/waiting-ads.ts';
import type { GenerationRecord } from '../../../adapters/stores/generation-run-store.ts';
import type { GenerationStatus } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import type { GenerationStores } from './manage-generation-runs.ts';

export interface ControlPorts {
  readonly stores: GenerationStores;
  readonly workflow: GenerationWorkflow;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A run that does not come to its end in so many attempts needs a person, not another one. */
const maximumAttempts = 20;
const beforeLaunch: readonly GenerationStatus[] = ['queued', 'running', 'awaiting-approval'];
const resumable: readonly GenerationStatus[] = ['failed', 'cancelled', 'expired', 'partial'];

/**
 * Asks a run to end. A step under way sees it before the next one begins; a run that waits for a decision, or whose execution died,
 * is closed here. Cancelling a cancelled run changes nothing.
 */
export async function cancelRun({ stores, workflow, now }: ControlPorts, run: GenerationRecord): Promise<void> {
  if (run.status === 'cancelled') return;
  const at = new Date(now()).toISOString();
  if (!beforeLaunch.includes(run.status) || !(await stores.generationRuns.requestCancel(run.id, at))) {
    throw new AppError('conflict', 'The run has come to its end already, or launches. Undo its changes instead.');
  }
  const waits = run.status === 'awaiting-approval';
  if (!waits && (await workflow.isUnderWay(run.id, run.attempt))) return;
  await stores.generationRuns.transition(
    run.id,
    beforeLaunch,
    { status: 'cancelled', finishedAt: at, taskToken: null, expiresAt: null },
    { attempt: run.attempt },
  );
  const note = 'Somebody has cancelled the run.';
  if (waits) {
    await stores.generationRuns.endStep(run.id, 'approval', { status: 'skipped', at, note });
    await closeReviews(stores, await stores.creatives.ofRun(run.id), at, note);
  }
  if (run.taskToken !== null) await workflow.giveUp(run.taskToken, note);
}

/** Starts a run again that failed, expired, was cancelled, or whose execution died without a word. What it made stays made. */
export async function resumeRun({ stores, workflow }: ControlPorts, run: GenerationRecord): Promise<void> {
  const open = run.status === 'queued' || run.status === 'running' || run.status === 'launching';
  if (!open && !resumable.includes(run.status)) {
    throw new AppError('conflict', `The run is ${run.status}: there is nothing to go on with.`);
  }
  if (open && (await workflow.isUnderWay(run.id, run.attempt))) {
    throw new AppError('conflict', 'The run is under way. Cancel it first, or wait until it has ended.');
  }
  if (run.attempt >= maximumAttempts) {
    throw new AppError('conflict', `The run was tried ${run.attempt} times. Start a new one.`);
  }
  const attempt = run.attempt + 1;
  const begun = await stores.generationRuns.transition(
    run.id,
    [run.status],
    {
      status: 'queued',
      attempt,
      error: null,
      finishedAt: null,
      cancelRequestedAt: null,
      taskToken: null,
      expiresAt: null,
    },
    { attempt: run.attempt },
  );
  if (!begun) throw new AppError('conflict', 'Somebody else has just resumed the run.');
  await workflow.start({ workspaceId: stores.workspaceId, runId: run.id, attempt });
}

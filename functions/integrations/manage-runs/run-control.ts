import type { RunStore } from '../../../adapters/stores/run-store.ts';
import type { Workflows } from '../../../adapters/workflows.ts';
import type { Run } from '../../../contracts/schemas/pipelines.ts';
import { AppError } from '../../../domain/errors.ts';

export interface RunControlPorts {
  readonly workspaceId: string;
  readonly runs: RunStore;
  readonly workflows: Workflows;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A run that does not come to its end in so many attempts needs a person, not another one. */
const maximumAttempts = 50;
const open: readonly Run['status'][] = ['queued', 'running'];
const isOpen = ({ status }: Run): boolean => open.includes(status);

/**
 * Starts a run again that failed, was cancelled, loaded only some of its windows, or whose execution died without a word. What is
 * loaded stays, what is extracted is not asked for again. Throws `conflict` for a run that is under way or has nothing left.
 */
export async function resumeRun({ workspaceId, runs, workflows, now }: RunControlPorts, runId: string): Promise<void> {
  const run = await requireRun(runs, runId);
  if (run.status === 'succeeded')
    throw new AppError('conflict', 'The run has loaded everything: nothing is left of it.');
  if (isOpen(run) && (await workflows.isUnderWay(runId, run.attempt))) {
    throw new AppError('conflict', 'The run is under way. Cancel it first, or wait until it has ended.');
  }
  if (run.attempt >= maximumAttempts) {
    throw new AppError('conflict', `The run was tried ${run.attempt} times. Start a new one for the days it lacks.`);
  }
  const attempt = run.attempt + 1;
  const begun = await runs.transition(
    runId,
    [run.status],
    {
      status: 'queued',
      attempt,
      error: null,
      finishedAt: null,
      cancelRequestedAt: null,
      resumedAt: new Date(now()).toISOString(),
    },
    run.attempt,
  );
  if (!begun) throw new AppError('conflict', 'Somebody else has just resumed the run.');
  await workflows.startEtl({
    workspaceId,
    runId,
    trigger: run.trigger,
    from: run.from,
    to: run.to,
    accountIds: run.accountIds ?? null,
    attempt,
    ...(run.grains && { grains: run.grains }),
    ...(run.mode === 'reprocess' && { mode: run.mode }),
  });
}

/**
 * Asks a run to end. Windows under way see it within seconds, those that wait are not begun, and what is loaded by then is
 * published. A run whose execution died is closed here. Cancelling a cancelled run changes nothing.
 */
export async function cancelRun({ runs, workflows, now }: RunControlPorts, runId: string): Promise<void> {
  const run = await requireRun(runs, runId);
  if (run.status === 'cancelled') return;
  const at = new Date(now()).toISOString();
  if (!isOpen(run) || !(await runs.requestCancel(runId, at))) {
    throw new AppError('conflict', 'The run has come to its end already.');
  }
  if (await workflows.isUnderWay(runId, run.attempt)) return;
  for (const item of await runs.progress(runId)) {
    await runs.advance(runId, item.itemId, { stage: 'cancelled', error: null, updatedAt: at });
  }
  await runs.transition(runId, open, { status: 'cancelled', finishedAt: at }, run.attempt);
}

async function requireRun(runs: RunStore, runId: string) {
  const run = await runs.get(runId);
  if (run === undefined) throw new AppError('not-found', `There is no run ${runId} in this workspace.`);
  return run;
}

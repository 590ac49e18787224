import type { GenerationInput } from '../../contracts/generation.ts';
import type { GenerationStep } from '../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../domain/errors.ts';
import { generationPrefix, stepKey } from '../../domain/generation/pipeline/generation-layout.ts';
import { pageRead, type RunInputs, runInputs } from '../../domain/generation/pipeline/run-inputs.ts';
import type { Lake } from '../lake.ts';
import type { GenerationRecord } from '../stores/generation-run-store.ts';
import type { WorkspaceStores } from '../stores/stores.ts';
import { madeBefore } from './made-once.ts';

export interface GenerationStepPorts {
  readonly stores: WorkspaceStores<'generationRuns'>;
  readonly lake: Pick<Lake, 'getJson' | 'putJson'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The copy of what a run works from. */
export const inputsKey = (workspaceId: string, runId: string): string =>
  `${generationPrefix(workspaceId, runId)}inputs.json`;

/** The run of a step that is about to begin. Throws `conflict` for one that is over, was cancelled, or goes on in another attempt. */
export async function openRun(ports: GenerationStepPorts, input: GenerationInput): Promise<GenerationRecord> {
  const run = await ports.stores.generationRuns.get(input.runId);
  if (run === undefined) throw new AppError('conflict', `There is no run ${input.runId} in this workspace.`);
  if (run.attempt !== input.attempt) throw new AppError('conflict', 'The run goes on in another attempt.');
  if (run.cancelRequestedAt !== null) throw new AppError('conflict', 'Somebody has cancelled the run.');
  if (!['queued', 'running', 'awaiting-approval', 'launching'].includes(run.status)) {
    throw new AppError('conflict', `The run is over: it is ${run.status}.`);
  }
  return run;
}

export async function readInputs(
  ports: GenerationStepPorts,
  { workspaceId, runId }: GenerationInput,
): Promise<RunInputs> {
  const found = await ports.lake.getJson(inputsKey(workspaceId, runId));
  if (found === undefined) throw new AppError('internal', `The run ${runId} has lost what it works from.`);
  const inputs = runInputs.parse(found);
  if (inputs.page !== null) return inputs;
  const read = await madeBefore(ports.lake, pageKey({ workspaceId, runId }), pageRead);
  return { ...inputs, page: read?.page ?? null };
}

/** What the first step read of the landing page. */
export const pageKey = (place: { readonly workspaceId: string; readonly runId: string }): string =>
  stepKey(place, 'facts', null, 'page');

export const instantOf = ({ now }: Pick<GenerationStepPorts, 'now'>): string => new Date(now()).toISOString();

/** A step from its beginning to its end, written down; `note` says what came of it. One that fails is written down by the end of the run. */
export async function takeStep<T>(
  ports: GenerationStepPorts,
  runId: string,
  name: GenerationStep,
  of: number,
  work: () => Promise<{ readonly answer: T; readonly note: string | null }>,
): Promise<T> {
  const { generationRuns } = ports.stores;
  await generationRuns.beginStep(runId, name, { at: instantOf(ports), of });
  const { answer, note } = await work();
  await generationRuns.endStep(runId, name, { status: 'done', at: instantOf(ports), note });
  return answer;
}

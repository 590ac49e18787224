import { isBlocked } from '../../domain/generation/pipeline/is-blocked.ts';
import type { WorkspaceStores } from '../stores/stores.ts';

/** Writes down how many ads of a run that waits still stand in its way, after one of them was changed or judged. */
export async function recountCreatives(
  own: WorkspaceStores<'generationRuns' | 'creatives'>,
  runId: string,
): Promise<void> {
  const run = await own.generationRuns.get(runId);
  if (run === undefined || run.status !== 'awaiting-approval') return;
  const ofRound = (await own.creatives.ofRun(runId)).filter(({ round }) => round === run.round);
  const creatives = {
    total: ofRound.length,
    blocked: ofRound.filter(isBlocked).length,
    warned: ofRound.filter(({ verdict }) => verdict === 'warn').length,
  };
  await own.generationRuns.transition(
    runId,
    ['awaiting-approval'],
    { status: 'awaiting-approval', creatives },
    { round: run.round },
  );
}

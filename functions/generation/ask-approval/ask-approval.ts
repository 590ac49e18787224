import type { GenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { type GenerationStepPorts, instantOf, openRun } from '../../../adapters/generation/open-run.ts';
import type { ApprovalInput } from '../../../contracts/generation.ts';

export interface AskPorts extends GenerationStepPorts {
  readonly workflow: Pick<GenerationWorkflow, 'answer'>;
  readonly approvalSeconds: number;
}

/** Keeps what the waiting execution is answered by. A run that was approved before it failed goes on at once. */
export async function askApproval(ports: AskPorts, input: ApprovalInput): Promise<void> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  const at = instantOf(ports);
  if (run.approvedIds !== null) {
    await generationRuns.transition(run.id, ['running'], { status: 'launching' }, { attempt: input.attempt });
    await ports.workflow.answer(input.taskToken, { decision: 'approve', round: input.round });
    return;
  }
  await generationRuns.beginStep(run.id, 'approval', { at, of: 1 });
  await generationRuns.transition(
    run.id,
    ['running', 'awaiting-approval'],
    {
      status: 'awaiting-approval',
      taskToken: input.taskToken,
      expiresAt: new Date(ports.now() + ports.approvalSeconds * 1_000).toISOString(),
    },
    { attempt: input.attempt, round: input.round },
  );
}

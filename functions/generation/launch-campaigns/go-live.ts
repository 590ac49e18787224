import { openRun } from '../../../adapters/generation/open-run.ts';
import type { LaunchInput, LaunchRequest } from '../../../contracts/generation.ts';
import type { Operation } from '../../../contracts/schemas/changes.ts';
import type { LaunchedChange } from '../../../contracts/schemas/generation-runs.ts';
import type { OperationRecord } from '../../../domain/changes/change-record.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { close, type LaunchPorts } from './launch-campaigns.ts';

const underWay: ReadonlySet<string> = new Set(['previewed', 'awaiting-approval', 'applying']);

/** What was made paused, to be enabled by a change of its own; `waiting` while a platform still makes it. */
export async function prepareLive(
  ports: LaunchPorts,
  input: Extract<LaunchInput, { readonly action: 'enable' }>,
): Promise<{ requests: LaunchRequest[]; waiting: boolean }> {
  const run = await openRun(ports, input);
  const [approval] = run.decisions.filter(({ decision, round }) => decision === 'approve' && round === input.round);
  const requests: LaunchRequest[] = [];
  let waiting = false;
  for (const { changeId, accountId, note } of run.changes) {
    if (changeId === null || note !== null) continue;
    const change = await ports.stores.changes.get(changeId);
    if (change === undefined) continue;
    if (underWay.has(change.status)) {
      waiting = true;
      continue;
    }
    const operations = enabling(await ports.stores.changes.operations(changeId));
    if (operations.length === 0) continue;
    const operationsKey = stepKey(input, 'launch', input.round, `live-${changeId}`);
    await ports.lake.putJson(operationsKey, { operations });
    requests.push({
      workspaceId: input.workspaceId,
      runId: run.id,
      accountId,
      campaignKey: changeId,
      operationsKey,
      reason: `${run.briefName}: ads of run ${run.id} go live`,
      idempotencyKey: `${changeId}-live`,
      approvedBy: approval?.decidedBy ?? run.startedBy,
    });
  }
  return waiting && !input.last ? { requests: [], waiting: true } : { requests, waiting: false };
}

/** Ads first, campaigns last: nothing is shown before all of it may be. */
function enabling(operations: readonly OperationRecord[]): Operation[] {
  const made = operations.filter(({ status, object }) => status === 'applied' && object.id !== null);
  const of = (kind: string) => made.filter(({ object }) => object.kind === kind).map(({ object }) => object.id ?? '');
  const set = (target: Extract<Operation, { readonly do: 'set-status' }>['target']): Operation => ({
    do: 'set-status',
    target,
    status: 'enabled',
  });
  return [
    ...of('ad').map((adId) => set({ adId })),
    ...of('ad-group').map((adGroupId) => set({ adGroupId })),
    ...of('campaign').map((campaignId) => set({ campaignId })),
  ];
}

/** Adds the changes that enable to those that made, and closes the run. */
export async function recordLive(
  ports: LaunchPorts,
  input: Extract<LaunchInput, { readonly action: 'record-live' }>,
): Promise<{ live: boolean; waitSeconds: number }> {
  const run = await openRun(ports, input);
  const enabled = input.answers.flatMap((answer): LaunchedChange[] => {
    const made = run.changes.find(({ changeId }) => changeId === answer.campaignKey);
    if (made === undefined) return [];
    const { platform, accountId } = made;
    const status = answer.status === 'applying' || answer.status === 'applied' ? answer.status : made.status;
    return [{ platform, accountId, changeId: answer.changeId, status, note: answer.note }];
  });
  const changes = [
    ...run.changes.filter(({ changeId }) => enabled.every((one) => one.changeId !== changeId)),
    ...enabled,
  ];
  await ports.stores.generationRuns.transition(
    run.id,
    ['launching'],
    { status: 'launching', changes },
    { attempt: input.attempt },
  );
  const going = enabled.filter(({ note }) => note === null).length;
  const wanted = run.changes.filter(({ changeId }) => changeId !== null).length;
  await close(ports, input, { note: `${going} of ${wanted} campaigns go live.`, whole: going === wanted });
  return { live: false, waitSeconds: 0 };
}

import { type GenerationStepPorts, instantOf, openRun, readInputs } from '../../../adapters/generation/open-run.ts';
import { type PlatformKnowledge, plannedAccounts } from '../../../adapters/generation/planned-accounts.ts';
import type { RateStore } from '../../../adapters/stores/rate-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { LaunchInput, LaunchRequest, RoundInput } from '../../../contracts/generation.ts';
import { changeStatuses } from '../../../contracts/schemas/change-requests.ts';
import type { LaunchedChange } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { launchParts } from '../../../domain/generation/pipeline/launch-operations.ts';

export interface LaunchPorts extends GenerationStepPorts {
  readonly stores: WorkspaceStores<'generationRuns' | 'creatives' | 'accounts' | 'changes'>;
  readonly rates: RateStore;
  readonly knowledge: PlatformKnowledge;
  /** Between two looks at changes that are being applied. */
  readonly waitSeconds?: number;
}

const waitSeconds = 15;

/** What was approved, as change requests: one a campaign, each in the account's own change. */
export async function prepareLaunch(ports: LaunchPorts, input: LaunchInput): Promise<{ requests: LaunchRequest[] }> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  const inputs = await readInputs(ports, input);
  const { plan } = await generationRuns.made(run.id);
  const [approval] = run.decisions.filter(({ decision, round }) => decision === 'approve' && round === input.round);
  if (plan === null || approval === undefined || run.approvedIds === null) {
    throw new AppError('conflict', 'Nobody has approved this round.');
  }
  const approved = new Set(run.approvedIds);
  const creatives = (await ports.stores.creatives.ofRun(run.id)).filter(({ id }) => approved.has(id));
  const accounts = await plannedAccounts(
    { ...ports, accounts: ports.stores.accounts },
    inputs.brief,
    run.startedAt.slice(0, 10),
  );
  const parts = launchParts({
    brief: inputs.brief,
    campaigns: plan.campaigns,
    creatives,
    accounts: new Map(accounts.map((one) => [one.id, one])),
  });
  await generationRuns.beginStep(run.id, 'launch', { at: instantOf(ports), of: parts.length });
  const requests: LaunchRequest[] = [];
  for (const { accountId, campaignKey, operations, creativeIds } of parts) {
    const operationsKey = stepKey(input, 'launch', input.round, campaignKey);
    await ports.lake.putJson(operationsKey, { operations, creativeIds });
    requests.push({
      workspaceId: input.workspaceId,
      runId: run.id,
      accountId,
      campaignKey,
      operationsKey,
      reason:
        `${inputs.brief.product.name}: ads of run ${run.id}${approval.comment === null ? '' : `. ${approval.comment}`}`.slice(
          0,
          1000,
        ),
      idempotencyKey: `${run.id}-${input.round}-${campaignKey}`,
      approvedBy: approval.decidedBy,
    });
  }
  return { requests };
}

/** Writes down what became of each change request, and closes the run. */
export async function recordLaunch(
  ports: LaunchPorts,
  input: Extract<LaunchInput, { readonly action: 'record' }>,
): Promise<{ live: boolean; waitSeconds: number }> {
  const run = await openRun(ports, input);
  const { generationRuns, creatives } = ports.stores;
  const at = instantOf(ports);
  const { plan } = await generationRuns.made(run.id);
  const approved = new Set(run.approvedIds ?? []);
  const ofRun = (await creatives.ofRun(run.id)).filter(({ id }) => approved.has(id));
  const changes: LaunchedChange[] = [];
  for (const answer of input.answers) {
    const campaign = plan?.campaigns.find(({ key }) => key === answer.campaignKey);
    if (campaign === undefined) continue;
    changes.push({
      platform: campaign.platform,
      accountId: campaign.accountId,
      changeId: answer.changeId,
      status: changeStatuses.find((one) => one === answer.status) ?? null,
      note: answer.note,
    });
    if (answer.changeId === null) continue;
    const ids = ofRun.filter(({ campaignKey }) => campaignKey === campaign.key).map(({ id }) => id);
    const onItsWay = answer.status === 'applying' || answer.status === 'applied' || answer.status === 'partial';
    const status = onItsWay ? ('launched' as const) : ('approved' as const);
    await creatives.move(ids, ['draft', 'needs-review', 'approved'], {
      status,
      changeId: answer.changeId,
      updatedAt: at,
    });
  }
  const going = changes.filter(({ changeId, note }) => changeId !== null && note === null).length;
  const note = `${going} of ${changes.length} change requests go on by themselves.`;
  // Whoever wants them live waits until they are there; the run ends after that.
  const live = run.launch === 'live' && going > 0;
  await generationRuns.transition(run.id, ['launching'], { status: 'launching', changes }, { attempt: input.attempt });
  if (!live) await close(ports, input, { note, whole: going === changes.length && going > 0 });
  return { live, waitSeconds: ports.waitSeconds ?? waitSeconds };
}

/** Closes a run that has launched. */
export async function close(
  ports: LaunchPorts,
  input: RoundInput,
  { note, whole }: { readonly note: string; readonly whole: boolean },
): Promise<void> {
  const at = instantOf(ports);
  await ports.stores.generationRuns.endStep(input.runId, 'launch', { status: 'done', at, note });
  await ports.stores.generationRuns.transition(
    input.runId,
    ['launching'],
    { status: whole ? 'succeeded' : 'partial', finishedAt: at, taskToken: null, expiresAt: null },
    { attempt: input.attempt },
  );
}

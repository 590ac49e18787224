import { madeOnce } from '../../../adapters/generation/made-once.ts';
import {
  type GenerationStepPorts,
  instantOf,
  openRun,
  readInputs,
  takeStep,
} from '../../../adapters/generation/open-run.ts';
import { type PlatformKnowledge, plannedAccounts } from '../../../adapters/generation/planned-accounts.ts';
import type { RateStore } from '../../../adapters/stores/rate-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { RoundInput } from '../../../contracts/generation.ts';
import { generationPlan } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { type ImageBatch, imageBatches } from '../../../domain/generation/pipeline/image-batches.ts';
import { planCampaigns } from '../../../domain/generation/pipeline/plan-campaigns.ts';
import { ofBrief } from '../../../domain/generation/pipeline/run-inputs.ts';

export interface PlanPorts extends GenerationStepPorts {
  readonly stores: WorkspaceStores<'generationRuns' | 'accounts'>;
  readonly rates: RateStore;
  readonly knowledge: PlatformKnowledge;
  /** How long the run may wait for a decision, seconds. */
  readonly approvalSeconds: number;
}

/** What the execution goes through: campaigns by their key, and those of them that show pictures. */
export interface PlanAnswer {
  readonly campaigns: readonly string[];
  readonly pictured: readonly ({ readonly campaignKey: string } & ImageBatch)[];
  readonly approvalSeconds: number;
}

/** The plan of a run, once: campaigns that are sent back are written anew, not planned anew. */
export async function makePlan(ports: PlanPorts, input: RoundInput): Promise<PlanAnswer> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  const inputs = await readInputs(ports, input);
  const today = run.startedAt.slice(0, 10);
  const plan = await takeStep(ports, run.id, 'plan', 1, async () => {
    const { research } = await generationRuns.made(run.id);
    const answer = await madeOnce(ports.lake, stepKey(input, 'plan', null), {
      inputs: [inputs, research, run.languages, run.platforms, run.variants, run.images],
      schema: generationPlan,
      make: async () =>
        planCampaigns({
          brief: inputs.brief,
          accounts: await plannedAccounts({ ...ports, accounts: ports.stores.accounts }, inputs.brief, today),
          languages: run.languages,
          platforms: run.platforms,
          variants: run.variants,
          images: run.images,
          history: research?.history ?? [],
          sheets: factSheetsOf(ofBrief(inputs), run.languages, today),
          today,
          runId: run.id,
        }),
    });
    await generationRuns.keepMade(run.id, { research, plan: answer }, instantOf(ports));
    return {
      answer,
      note: `${answer.campaigns.length} campaigns.${answer.leftOut.length > 0 ? ` Left out: ${answer.leftOut.map(({ reason }) => reason).join(' ')}` : ''}`,
    };
  });
  if (plan.campaigns.length === 0) {
    throw new AppError(
      'invalid-request',
      `No campaign can be made of this brief. ${plan.leftOut.map(({ reason }) => reason).join(' ')}`.slice(0, 480),
    );
  }
  const pictured = plan.campaigns.filter(({ platform }) => ports.knowledge.shapeOf(platform).imageSize !== null);
  await generationRuns.beginStep(run.id, 'copy', { at: instantOf(ports), of: plan.campaigns.length });
  if (pictured.length > 0)
    await generationRuns.beginStep(run.id, 'images', { at: instantOf(ports), of: pictured.length * run.variants });
  else {
    const note = 'No campaign of the plan shows pictures.';
    await generationRuns.endStep(run.id, 'images', { status: 'skipped', at: instantOf(ports), note });
  }
  return {
    campaigns: plan.campaigns.map(({ key }) => key),
    pictured: pictured.flatMap(({ key }) =>
      imageBatches(run.variants).map((batch) => ({ campaignKey: key, ...batch })),
    ),
    approvalSeconds: ports.approvalSeconds,
  };
}

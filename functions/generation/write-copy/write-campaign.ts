import * as z from 'zod/mini';
import { madeBefore, madeOnce } from '../../../adapters/generation/made-once.ts';
import { type GenerationStepPorts, instantOf, openRun, readInputs } from '../../../adapters/generation/open-run.ts';
import type { TextModel } from '../../../adapters/models/text-model.ts';
import { writeCopy } from '../../../adapters/models/write-copy.ts';
import type { CampaignInput } from '../../../contracts/generation.ts';
import { creativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { CompiledPolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { AppError } from '../../../domain/errors.ts';
import type { CopyFormat } from '../../../domain/generation/copy/slots.ts';
import { personalise } from '../../../domain/generation/personalise/personalise.ts';
import { valueFacts } from '../../../domain/generation/personalise/segment-sheet.ts';
import type { CampaignShape } from '../../../domain/generation/pipeline/campaign-shape.ts';
import { creativeOfAd } from '../../../domain/generation/pipeline/creative-of-ad.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { bannedIn, ofBrief } from '../../../domain/generation/pipeline/run-inputs.ts';
import type { PlatformId } from '../../../domain/integrations/platform.ts';

export interface WritePorts extends GenerationStepPorts {
  readonly model: TextModel;
  readonly policy: CompiledPolicy;
  readonly formatOf: (platform: PlatformId, format: CopyFormat['format']) => CopyFormat | undefined;
  readonly shapeOf: (platform: PlatformId) => CampaignShape;
  readonly signal?: AbortSignal;
}

const creatives = z.array(creativeRecord);

/** The words of one campaign's ads. A round that was sent back says other things where the facts give other things to say. */
export async function writeCampaign(ports: WritePorts, input: CampaignInput): Promise<{ ads: number }> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  const inputs = await readInputs(ports, input);
  const { plan } = await generationRuns.made(run.id);
  const campaign = plan?.campaigns.find(({ key }) => key === input.campaignKey);
  if (campaign === undefined) throw new AppError('internal', `The plan has no campaign ${input.campaignKey}.`);
  const today = run.startedAt.slice(0, 10);
  const sheet = factSheetsOf(ofBrief(inputs), [campaign.language], today).get(campaign.language);
  const format = ports.formatOf(campaign.platform, campaign.format);
  if (sheet === undefined || format === undefined) {
    throw new AppError('internal', `${campaign.platform} has no texts for ${campaign.format}.`);
  }
  const alreadySaid: string[] = [];
  for (let round = 1; round < input.round; round += 1) {
    const earlier = await madeBefore(ports.lake, stepKey(input, 'copy', round, campaign.key), creatives);
    alreadySaid.push(...(earlier ?? []).flatMap(({ texts }) => texts.map(({ text }) => text)));
  }
  const kit = inputs.brandKit;
  const gate = {
    policy: ports.policy,
    today,
    // One's own name is no trademark of somebody else's.
    trademarksAllowed: [inputs.brief.product.name, ...(kit === null ? [] : [kit.businessName])],
  };
  const request = {
    brief: inputs.brief,
    sheet,
    voice: kit?.voice ?? inputs.brief.voice,
    businessName: kit?.businessName ?? null,
    bannedWords: bannedIn(inputs),
    format,
    variants: run.variants,
    angles: [],
    seed: run.seed + input.round - 1,
    alreadySaid,
  };
  const made = await madeOnce(ports.lake, stepKey(input, 'copy', input.round, campaign.key), {
    inputs: [request, campaign, gate.policy.version],
    schema: creatives,
    make: async () => {
      const written = await writeCopy(ports.model, request, {
        gate,
        ...(ports.signal !== undefined && { signal: ports.signal }),
      });
      // Campaigns are targeted by country and language: no text names a place that is true for some of them alone.
      const personal = personalise({ ...request, gate, targetedBy: [] }, written.ads);
      const facts = [...sheet.facts, ...personal.matrix.segments.flatMap(valueFacts)];
      return personal.ads.map((ad, index) =>
        creativeOfAd(ad, {
          ...{ workspaceId: input.workspaceId, runId: run.id, round: input.round, index, campaign, format },
          ...{ shape: ports.shapeOf(campaign.platform), brief: inputs.brief, facts, segment: ad.segment },
          writtenBy: {
            model: written.model,
            promptVersion: written.promptVersion,
            fallback: written.fallback?.reason ?? null,
          },
          at: instantOf(ports),
        }),
      );
    },
  });
  await generationRuns.countItem(run.id, 'copy', campaign.key);
  return { ads: made.length };
}

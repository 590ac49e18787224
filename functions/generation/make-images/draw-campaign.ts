import * as z from 'zod/mini';
import { madeOnce } from '../../../adapters/generation/made-once.ts';
import { type GenerationStepPorts, openRun, readInputs } from '../../../adapters/generation/open-run.ts';
import { uploadedPictures } from '../../../adapters/generation/uploaded-pictures.ts';
import type { ImageMaker } from '../../../adapters/images/image-maker.ts';
import { makeImage } from '../../../adapters/images/image-maker.ts';
import type { Lake } from '../../../adapters/lake.ts';
import type { ImagesInput } from '../../../contracts/generation.ts';
import type { BrandKit } from '../../../contracts/schemas/brand-kits.ts';
import { AppError } from '../../../domain/errors.ts';
import { imageSize } from '../../../domain/generation/images/sizes.ts';
import type { CampaignShape } from '../../../domain/generation/pipeline/campaign-shape.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { editableAssetKey, generatedAssetKey, stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { pictureWords } from '../../../domain/generation/pipeline/image-texts.ts';
import { madeImage, wordsShown } from '../../../domain/generation/pipeline/made-image.ts';
import { bannedIn, ofBrief } from '../../../domain/generation/pipeline/run-inputs.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';
import type { PlatformId } from '../../../domain/integrations/platform.ts';

export interface DrawPorts extends GenerationStepPorts {
  readonly lake: Pick<Lake, 'get' | 'getJson' | 'putJson' | 'put'>;
  readonly shapeOf: (platform: PlatformId) => CampaignShape;
  readonly maker: Omit<ImageMaker, 'now'>;
  readonly signal?: AbortSignal;
}

/** Of a brand that has not said how it looks. */
const plainBrand: Pick<BrandKit, 'colours' | 'fonts'> = {
  colours: { primary: '#1f4e79' },
  fonts: { heading: 'inter', body: 'inter' },
};

const images = z.object({ made: z.array(madeImage), notes: z.array(z.string()) });

/** A picture for each of some ads of a campaign, painted, checked on its pixels and signed. */
export async function drawCampaign(ports: DrawPorts, input: ImagesInput): Promise<{ images: number }> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  const inputs = await readInputs(ports, input);
  const { plan } = await generationRuns.made(run.id);
  const campaign = plan?.campaigns.find(({ key }) => key === input.campaignKey);
  if (campaign === undefined) throw new AppError('internal', `The plan has no campaign ${input.campaignKey}.`);
  const size = ports.shapeOf(campaign.platform).imageSize;
  const today = run.startedAt.slice(0, 10);
  const sheet = factSheetsOf(ofBrief(inputs), [campaign.language], today).get(campaign.language);
  if (size === null || sheet === undefined) return { images: 0 };
  const kit = inputs.brandKit;
  const seed = run.seed + input.round - 1;
  const words = pictureWords(
    {
      ...{ brief: inputs.brief, sheet, voice: kit?.voice ?? inputs.brief.voice, variants: run.variants, seed },
      ...{ businessName: kit?.businessName ?? null, bannedWords: bannedIn(inputs) },
    },
    { platform: campaign.platform, format: campaign.format, legalLine: kit?.legalLine ?? null, callToAction: null },
  );
  const product = inputs.brief.product;
  const brand = kit ?? plainBrand;
  const at = { workspaceId: input.workspaceId, runId: run.id };
  const made = await madeOnce(ports.lake, stepKey(input, 'images', input.round, `${campaign.key}.${input.first}`), {
    inputs: [words, product, brand, kit?.logoAssetId ?? null, size, seed],
    schema: images,
    make: async () => {
      const { logo, photos, notes } = await uploadedPictures(ports.lake, input.workspaceId, {
        logo: kit?.logoAssetId,
        photos: product.photoAssetIds ?? [],
      });
      let costMicros = 0;
      const all: z.infer<typeof images> = { made: [], notes: [...notes] };
      const end = words.length === 0 ? 0 : input.first + input.count;
      for (let index = input.first; index < end; index += 1) {
        const { angle, texts } = words[index % words.length] ?? { angle: 'category' as const, texts: null };
        if (texts === null) break;
        const outcome = await makeImage(
          { ...ports.maker, now: ports.now() },
          {
            ...{ size, texts, brand, product, logo, seed: seed * 1_000 + index },
            // Each in its turn: not every ad shows the same side of it.
            photo: photos[index % Math.max(1, photos.length)] ?? null,
          },
          ports.signal === undefined ? {} : { signal: ports.signal },
        );
        costMicros += outcome.kind === 'refused' ? outcome.costMicros : outcome.background.costMicros;
        if (outcome.kind === 'refused') {
          all.notes.push(...outcome.findings.map(({ message }) => message));
          continue;
        }
        const { fallback } = outcome.background;
        if (fallback !== null) all.notes.push(`The built-in ground stood in: ${fallback}`);
        const assetId = derivedId('ast', [at.workspaceId, at.runId, `${input.round}`, campaign.key, `${index}`]);
        await ports.lake.put(
          generatedAssetKey(at.workspaceId, assetId),
          outcome.upload.bytes,
          outcome.upload.mediaType,
        );
        await ports.lake.put(editableAssetKey(at.workspaceId, assetId), outcome.svg, 'image/svg+xml');
        const { width, height } = imageSize(size);
        await generationRuns.countItem(run.id, 'images', `${campaign.key}.${index}`);
        all.made.push({
          ...{ assetId, angle, size: { width, height } },
          ...{ altText: outcome.altText, texts: wordsShown(texts) },
        });
      }
      if (costMicros > 0) all.notes.push(`Painted grounds cost $${(costMicros / 1_000_000).toFixed(2)}.`);
      return { made: all.made, notes: [...new Set(all.notes)] };
    },
  });
  return { images: made.made.length };
}

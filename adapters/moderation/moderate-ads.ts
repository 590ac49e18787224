import type { CreativeRecord } from '../../contracts/schemas/creatives.ts';
import type { ModerationFinding } from '../../contracts/schemas/moderation.ts';
import { generatedAssetKey } from '../../domain/generation/pipeline/generation-layout.ts';
import { withModeration } from '../../domain/generation/pipeline/with-moderation.ts';
import type { ModerationOptions, Moderator } from './moderator.ts';

/** Looks at what the ads say and show, each text and each picture once however many ads have it. */
export async function moderateAds(
  moderator: Pick<Moderator, 'texts' | 'pictures'>,
  workspaceId: string,
  ads: readonly CreativeRecord[],
  { pictures, ...options }: ModerationOptions & { readonly pictures: boolean },
): Promise<CreativeRecord[]> {
  const texts = [...new Set(ads.flatMap((ad) => wordsOf(ad).map(({ text }) => text)))];
  const assets = pictures ? [...new Set(ads.flatMap(({ images }) => images.map(({ assetId }) => assetId)))] : [];
  const [inTexts, inPictures] = await Promise.all([
    moderator.texts(
      texts.map((text) => ({ field: text, text })),
      options,
    ),
    moderator.pictures(
      assets.map((assetId) => ({ field: assetId, key: generatedAssetKey(workspaceId, assetId) })),
      options,
    ),
  ]);
  const byText = Map.groupBy(inTexts, ({ field }) => field);
  const byAsset = Map.groupBy(inPictures, ({ field }) => field);
  return ads.map((ad) =>
    withModeration(ad, [
      ...wordsOf(ad).flatMap(({ field, text }) => placed(byText.get(text), field)),
      ...ad.images.flatMap(({ assetId }, index) => placed(byAsset.get(assetId), `images.${index}`)),
    ]),
  );
}

const placed = (found: readonly ModerationFinding[] = [], field: string): ModerationFinding[] =>
  found.map((one) => ({ ...one, field }));

/** All that is to be read in an ad, its pictures included. */
const wordsOf = (ad: CreativeRecord): { readonly field: string; readonly text: string }[] => [
  ...ad.texts.map(({ field, text }) => ({ field, text })),
  ...ad.images.flatMap(({ texts }, index) =>
    texts.map(({ part, text }) => ({ field: `images.${index}.${part}`, text })),
  ),
];

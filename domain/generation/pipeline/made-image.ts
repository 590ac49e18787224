import * as z from 'zod/mini';
import { assetReference } from '../../../contracts/schemas/changes.ts';
import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import { angle } from '../../../contracts/schemas/generation-runs.ts';
import type { ImageTexts } from '../images/composition.ts';

/** A picture of a campaign, as the step that drew it leaves it behind. */
export const madeImage = z.object({
  assetId: assetReference,
  angle,
  size: z.object({ width: z.int(), height: z.int() }),
  altText: z.string(),
  /** What is to be read in it, by its part: it is held against the rules as the words beside it are. */
  texts: z.array(z.object({ part: z.string(), text: z.string() })),
});
export type MadeImage = z.infer<typeof madeImage>;

/** The words of a picture, part by part. */
export const wordsShown = (texts: ImageTexts): MadeImage['texts'] =>
  Object.entries(texts).flatMap(([part, text]: [string, string | null]) => (text === null ? [] : [{ part, text }]));

/** Gives each ad a picture: one that leads with the same angle where there is one left, and none twice before all are shown. */
export function withImages(ads: readonly CreativeRecord[], images: readonly MadeImage[]): CreativeRecord[] {
  const left = [...images];
  return ads.map((ad) => {
    if (left.length === 0) left.push(...images);
    const same = left.findIndex((image) => image.angle === ad.angle);
    const [image] = left.splice(Math.max(0, same), 1);
    if (image === undefined) return ad;
    const { assetId, size, altText, texts } = image;
    return { ...ad, images: [{ assetId, size, altText, texts, url: '' }] };
  });
}

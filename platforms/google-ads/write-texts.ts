import type { TextLimits } from '../../domain/compliance/policy/text-kinds.ts';
import type { Objection } from '../../domain/integrations/platform-writer.ts';
import { counted } from '../../domain/text/insertions.ts';

/**
 * Longest texts of API v25, in Google's units. https://developers.google.com/google-ads/api/docs/performance-max/asset-requirements and
 * /docs/responsive-search-ads: a wide character (Chinese, Japanese, Korean) counts double.
 */
export const longest = {
  headline: 30,
  description: 90,
  longHeadline: 90,
  businessName: 25,
  path: 15,
  /** One description of an asset group has to fit where little room is. */
  shortDescription: 60,
} as const;

/** Unicode's East Asian wide and full-width blocks, and pictures, which Google counts like them. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** How long Google says a text is; what it fills in itself counts by its default. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of counted(text)) width += wide.test(character) ? 2 : 1;
  return width;
}

export function tooLong(field: string, text: string, limit: number): readonly Objection[] {
  const width = widthOf(text);
  if (width <= limit) return [];
  return [{ field, reason: `is ${width} characters long as Google counts; it takes at most ${limit}` }];
}

/** Texts that are too long or stand there twice: Google shows each once. */
export function textsObjections(field: string, texts: readonly string[], limit: number): readonly Objection[] {
  const seen = new Set<string>();
  return texts.flatMap((text, index) => {
    const place = `${field}.${index}`;
    const key = text.trim().toLowerCase();
    const again = seen.has(key)
      ? [{ field: place, reason: 'stands there twice; Google Ads takes each text once' }]
      : [];
    seen.add(key);
    return [...tooLong(place, text, limit), ...again];
  });
}

/** The same limits by kind of text. */
export const googleAdsTextLimits: TextLimits = {
  longest: {
    headline: longest.headline,
    'long-headline': longest.longHeadline,
    description: longest.description,
    name: longest.businessName,
    path: longest.path,
  },
  lengthOf: widthOf,
};

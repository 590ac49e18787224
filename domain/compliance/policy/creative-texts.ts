import type { Creative } from '../../../contracts/schemas/changes.ts';
import type { AdText } from './read-ad.ts';

/** What readers see of a creative, by the path each text has in it. */
export interface CreativeTexts {
  readonly texts: readonly AdText[];
  readonly landingPageUrl: string;
  readonly hasMedia: boolean;
}

const listed = (name: string, texts: readonly string[]): readonly AdText[] =>
  texts.map((text, index) => ({ field: `creative.${name}.${index}`, text }));
const single = (name: string, text: string | undefined): readonly AdText[] =>
  text === undefined ? [] : [{ field: `creative.${name}`, text }];

export function textsOfCreative(creative: Creative): CreativeTexts {
  const { landingPageUrl } = creative;
  switch (creative.format) {
    case 'responsive-search':
      return {
        texts: [
          ...listed('headlines', creative.headlines),
          ...listed('descriptions', creative.descriptions),
          ...listed('path', creative.path ?? []),
        ],
        landingPageUrl,
        hasMedia: false,
      };
    case 'asset-group':
      return {
        texts: [
          ...single('businessName', creative.businessName),
          ...listed('headlines', creative.headlines),
          ...listed('longHeadlines', creative.longHeadlines),
          ...listed('descriptions', creative.descriptions),
        ],
        landingPageUrl,
        hasMedia: true,
      };
    case 'in-feed-video':
    case 'in-feed-image':
      return {
        texts: [...single('text', creative.text), ...single('displayName', creative.displayName)],
        landingPageUrl,
        hasMedia: true,
      };
    case 'single-image':
      return {
        texts: [...single('introduction', creative.introduction), ...single('headline', creative.headline)],
        landingPageUrl,
        hasMedia: true,
      };
  }
}

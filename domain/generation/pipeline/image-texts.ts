import type { CopyFormat } from '../copy/slots.ts';
import { type AdCopy, type CopyRequest, writeAds } from '../copy/write-ads.ts';
import type { Angle, Fact } from '../fact.ts';
import type { ImageTexts } from '../images/composition.ts';

/** A picture is read in a second: few words, and none of them small. */
const longestHeadline = 45;
const longestBadge = 28;

/** What pictures say, in the form of an ad: the writer makes it like any other. */
const pictureFormat = (platform: CopyFormat['platform'], format: CopyFormat['format']): CopyFormat => ({
  platform,
  format,
  measure: (text) => [...text].length,
  sitelink: null,
  insertions: [],
  hashtags: 0,
  slots: [
    {
      ...{ name: 'headline', field: 'headline', role: 'headline', atLeast: 1, atMost: 1, aim: 1 },
      ...{ limit: longestHeadline, seen: null, exclamation: 'none', emoji: false, insertion: false },
    },
  ],
});

export interface PictureWords {
  readonly angle: Angle;
  readonly texts: ImageTexts;
}

/** The words of a campaign's pictures, each led by an angle that the facts give; none where nothing fits. */
export function pictureWords(
  request: Omit<CopyRequest, 'format'>,
  given: {
    readonly platform: CopyFormat['platform'];
    readonly format: CopyFormat['format'];
    readonly legalLine: string | null;
    readonly callToAction: string | null;
  },
): PictureWords[] {
  const outcome = writeAds({ ...request, format: pictureFormat(given.platform, given.format) });
  if (outcome.kind === 'nothing-fits') return [];
  const businessName = request.businessName ?? request.brief.product.name;
  const badge = badgeOf(request.sheet.facts, request.sheet.language);
  return outcome.ads.flatMap((ad): PictureWords[] => {
    const headline = headlineOf(ad);
    if (headline === undefined) return [];
    // The same twice in one picture says it once too often.
    const offer = badge !== null && !headline.includes(badge) ? badge : null;
    return [
      {
        angle: ad.angle,
        texts: { headline, offer, callToAction: given.callToAction, legal: given.legalLine, businessName },
      },
    ];
  });
}

const headlineOf = (ad: AdCopy): string | undefined => ad.texts[0]?.text;

/** The offer in its own words, with its conditions, where they are short enough to be read. */
const badgeOf = (facts: readonly Fact[], language: string): string | null =>
  facts.find(
    ({ kind, text, language: of, value }) =>
      kind === 'offer' && value === null && of === language && [...text].length <= longestBadge,
  )?.text ?? null;

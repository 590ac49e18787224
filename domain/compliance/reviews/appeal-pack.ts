import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { AppealPack, HeldReview } from '../../../contracts/schemas/reviews.ts';

const platformNames: Readonly<Record<string, string>> = {
  'google-ads': 'Google Ads',
  'tiktok-ads': 'TikTok',
  'linkedin-ads': 'LinkedIn',
};

/**
 * What somebody sends to a platform that has refused an ad, and what is shown to whoever asks why it was run: only what the brief, the
 * page and people have said. `creative`: the ad as it is now, its pictures with their addresses; null for a text, or when it is gone.
 */
export function appealPack(review: HeldReview, creative: CreativeRecord | null, madeAt: string): AppealPack {
  const texts = creative?.texts.map(({ field, text }) => ({ field, text })) ?? review.texts;
  const facts = (creative?.facts ?? []).map(({ text, source }) => ({
    text,
    source:
      source.from === 'brief' ? `Brief: ${source.field}` : `Landing page, characters ${source.start} to ${source.end}`,
  }));
  const landingPageUrl = creative?.landingPageUrl ?? null;
  return {
    reviewId: review.id,
    madeAt,
    letter: letterOf(review, { texts, facts, landingPageUrl }),
    texts,
    pictures: (creative?.images ?? []).map(({ assetId, altText, url }) => ({ assetId, altText, url })),
    landingPageUrl,
    reasons: review.reasons,
    facts,
    repairs: creative?.repairs ?? [],
    history: review.history,
  };
}

/** English: the support of all platforms reads it. */
function letterOf(
  review: HeldReview,
  { texts, facts, landingPageUrl }: Pick<AppealPack, 'texts' | 'facts' | 'landingPageUrl'>,
): string {
  const { creative, reasons } = review;
  const where = creative === null ? '' : ` on ${platformNames[creative.platform] ?? creative.platform}`;
  const shown = creative === null ? '' : ` shown in ${creative.countries.join(', ')}`;
  const decision = review.history.findLast(({ what }) => what === 'approved' || what === 'rejected');
  return [
    `We ask you to review an ad${where}${shown} again.`,
    section(
      'The ad says',
      texts.map(({ field, text }) => `${field}: ${text}`),
    ),
    landingPageUrl === null ? '' : `It leads to ${landingPageUrl}`,
    section(
      'Rules that were looked at',
      reasons.map(({ message, source }) => `${message} (${source.title}, ${source.url})`),
    ),
    section(
      'What it says stands on',
      facts.map(({ text, source }) => `${text} (${source})`),
    ),
    decision === undefined
      ? ''
      : `A person has ${decision.what} it on ${decision.at.slice(0, 10)}${decision.reason === null ? '' : `: ${decision.reason}`}`,
    `Our reference: ${review.id}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const section = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`;

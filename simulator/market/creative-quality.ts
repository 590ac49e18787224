import { hashText, logNormal, mix, uniform } from './random.ts';

/** What is shown to people, for the market to judge. */
export interface Shown {
  readonly headlines: readonly string[];
  readonly descriptions: readonly string[];
  readonly mediaId?: string | undefined;
  /** What people looked for; empty where nobody searches. */
  readonly keywords: readonly string[];
}

/** What people like in a text, as factors on quality; none is told to an advertiser. */
const features: readonly { readonly found: (text: string) => boolean; readonly factor: number }[] = [
  { found: (text) => /\d/.test(text), factor: 1.07 },
  { found: (text) => /\b(shop|buy|discover|try|get|kaufen|entdecken|sparen|jetzt)\b/i.test(text), factor: 1.06 },
  { found: (text) => /\b(free|returns|shipping|delivery|kostenlos|versand)\b|送料無料/i.test(text), factor: 1.08 },
  { found: (text) => /\?/.test(text), factor: 1.03 },
  { found: (text) => /!.*!/s.test(text), factor: 0.9 },
  { found: (text) => /\b[A-Z]{5,}\b/.test(text), factor: 0.88 },
];

/**
 * How well a creative works, 1 being the market's average, between 0.5 and 1.7. The same words and pictures come to the same
 * everywhere in one world; which they are nobody can tell beforehand.
 */
export function creativeQuality(shown: Shown, seed: number): number {
  const texts = [...shown.headlines, ...shown.descriptions];
  const all = texts.join('\n');
  const known = features.reduce((quality, { found, factor }) => (found(all) ? quality * factor : quality), 1);
  const mean = texts.reduce((sum, text) => sum + textQuality(text, seed), 0) / Math.max(1, texts.length);
  const media = shown.mediaId === undefined ? 1 : 0.8 + 0.4 * uniform(mix(hashText(`media|${shown.mediaId}`), seed));
  const quality = known * mean * media * variety(shown.headlines) * relevance(all, shown.keywords);
  return Math.min(1.7, Math.max(0.5, quality));
}

/** Of one text on its own: taste, and whether it can be read at a glance. */
function textQuality(text: string, seed: number): number {
  const length = [...text].length;
  return logNormal(mix(hashText(`text|${text}`), seed), 0.22) * (length < 8 ? 0.9 : length > 90 ? 0.93 : 1);
}

/** More different headlines find more people, with diminishing returns: 0.9 to 1.05. */
function variety(headlines: readonly string[]): number {
  const different = new Set(headlines.map((text) => text.toLowerCase())).size;
  return 1.05 - 0.3 / (1 + different);
}

/** A search ad that says what was searched for is clicked more. */
function relevance(all: string, keywords: readonly string[]): number {
  if (keywords.length === 0) return 1;
  const text = all.toLowerCase();
  const words = new Set(keywords.flatMap((keyword) => keyword.toLowerCase().split(/\s+/)));
  const said = [...words].filter((word) => text.includes(word)).length;
  return 0.85 + (0.3 * said) / words.size;
}

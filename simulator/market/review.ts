import { mix, uniform } from './random.ts';
import type { Platform } from './world.ts';

/** What the review of an ad comes to, and how long after it was handed in. */
export interface Verdict {
  readonly afterMs: number;
  /** `undefined` approves it. */
  readonly reason: string | undefined;
}

/** Claims no platform lets through, each with the policy it falls under. */
const forbidden: readonly { readonly words: RegExp; readonly reason: string }[] = [
  {
    words: /guaranteed cure|miracle cure|cures? (cancer|diabetes|arthritis)|wunderheilung/i,
    reason: 'misleading-claims',
  },
  { words: /get rich quick|guaranteed (returns?|income|profit)|risk[- ]free profit/i, reason: 'misleading-claims' },
  { words: /lose \d+ (kg|kilos|pounds|lbs) (in|within) \d+ days/i, reason: 'misleading-claims' },
  { words: /\b(firearms?|ammunition|handguns?)\b/i, reason: 'dangerous-products' },
  { words: /\b(replica|counterfeit|fake) (shoes|sneakers|watches|bags)\b/i, reason: 'counterfeit-goods' },
  { words: /\b(cocaine|cannabis|steroids)\b/i, reason: 'drugs' },
];

/** Hours between which a review ends. */
const hours: Readonly<Record<Platform, readonly [number, number]>> = {
  'google-ads': [1, 8],
  'tiktok-ads': [1, 12],
  'linkedin-ads': [1, 10],
};

/** Depends on the texts alone for its outcome, and on the ad for its length. */
export function reviewOf(platform: Platform, texts: readonly string[], salt: number): Verdict {
  const all = texts.join('\n');
  const [least, most] = hours[platform];
  const length = least + (most - least) * uniform(mix(salt, 71));
  return {
    afterMs: Math.round(length * 60) * 60_000,
    reason: forbidden.find(({ words }) => words.test(all))?.reason,
  };
}

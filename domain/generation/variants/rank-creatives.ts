import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { Similarity } from '../copy/similarity.ts';

/** Ads of one campaign with more in common than this show the same to whoever sees both. */
const twins = 0.92;

export interface Ranked {
  /** The strongest first, within each campaign. */
  readonly kept: readonly CreativeRecord[];
  /** Near copies of a stronger one. */
  readonly twins: readonly { readonly creative: CreativeRecord; readonly of: string }[];
}

const wordsOf = ({ texts }: CreativeRecord): string => texts.map(({ text }) => text).join(' ');

/**
 * Puts the ads of a run in order: those that nothing blocks before those that something does, then by strength. An ad that is nearly
 * another of its campaign goes, unless it is the only one of its angle: a platform learns from ads that differ.
 */
export function rankCreatives(creatives: readonly CreativeRecord[], similarity: Similarity): Ranked {
  const kept: CreativeRecord[] = [];
  const gone: { creative: CreativeRecord; of: string }[] = [];
  for (const ofCampaign of Map.groupBy(creatives, ({ campaignKey }) => campaignKey).values()) {
    const ordered = ofCampaign.toSorted(
      (a, b) =>
        Number(a.verdict === 'block') - Number(b.verdict === 'block') ||
        b.strength.score - a.strength.score ||
        (a.id < b.id ? -1 : 1),
    );
    const chosen: CreativeRecord[] = [];
    for (const one of ordered) {
      const twin = chosen.find(
        (other) =>
          other.segment === one.segment &&
          other.angle === one.angle &&
          similarity(wordsOf(other), wordsOf(one)) > twins,
      );
      if (twin === undefined) chosen.push(one);
      else gone.push({ creative: one, of: twin.id });
    }
    kept.push(...chosen);
  }
  return { kept, twins: gone };
}

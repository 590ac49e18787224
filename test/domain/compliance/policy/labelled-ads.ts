/** How well findings agree with the labels, rule by rule: a finding of another rule than the labelled one counts as wrong. */
import type { PlatformId } from '../../../../domain/integrations/platform.ts';
import { adOf, check } from './policy-world.ts';

export interface LabelledAd {
  readonly part: 'dev' | 'held-out';
  readonly kind: 'hard-negative' | 'clear' | 'hidden';
  readonly platform: PlatformId;
  readonly country: string;
  readonly language: string;
  readonly field: string;
  readonly text: string;
  /** Ids of rules that block or warn; none for a harmless ad. */
  readonly expected: readonly string[];
}

/** Notes (`info`) are about no fault of an ad and are not labelled. */
export function foundIn({ platform, country, field, text }: LabelledAd): ReadonlySet<string> {
  const { findings } = check(adOf({ platform, countries: [country], texts: [{ field, text }] }));
  return new Set(findings.filter(({ severity }) => severity !== 'info').map(({ ruleId }) => ruleId));
}

export function measureLabelled(ads: readonly LabelledAd[]) {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const ad of ads) {
    const found = foundIn(ad);
    right += ad.expected.filter((id) => found.has(id)).length;
    missed += ad.expected.filter((id) => !found.has(id)).length;
    wrong += [...found].filter((id) => !ad.expected.includes(id)).length;
  }
  return { ads: ads.length, precision: right / (right + wrong), recall: right / (right + missed) };
}

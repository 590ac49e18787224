import type { PolicyFinding } from '../../../contracts/schemas/policies.ts';
import { checkPolicy } from '../../compliance/policy/check-policy.ts';
import type { CompiledPolicy } from '../../compliance/policy/compile-policy.ts';
import type { AdCopy } from '../copy/write-ads.ts';
import { readOut } from '../insertions.ts';

/** Rules about people: what an ad for a segment breaks first, by telling its readers that they are in it. */
const aboutPeople = 'people.';

export interface AdFinding {
  readonly text: string;
  readonly finding: PolicyFinding;
}

/** What an ad says of its readers that no ad may say, as it is read. */
export function checkAd(
  { policy, today, bannedWords }: { policy: CompiledPolicy; today: string; bannedWords: readonly string[] },
  countries: readonly string[],
  { platform, texts }: AdCopy,
): AdFinding[] {
  const read = texts.map(({ field, text }, index) => ({ field: `${field}.${index}`, text: readOut(text) }));
  const { findings } = checkPolicy(policy, {
    platform,
    countries,
    texts: read,
    imageTexts: [],
    hasMedia: false,
    bannedWords,
    trademarksAllowed: [],
    at: today,
  });
  return findings
    .filter(({ ruleId, severity }) => ruleId.startsWith(aboutPeople) && severity === 'block')
    .flatMap((finding) => {
      const place = read.findIndex(({ field }) => field === finding.field);
      const text = texts[place]?.text;
      return text === undefined ? [] : [{ text, finding }];
    });
}

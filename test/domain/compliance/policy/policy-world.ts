/** Ads as the policy checker takes them, from what a test says of them. */
import { checkPolicy } from '../../../../domain/compliance/policy/check-policy.ts';
import { compilePolicy } from '../../../../domain/compliance/policy/compile-policy.ts';
import type { ExampleAd, PolicyRule } from '../../../../domain/compliance/policy/policy-rule.ts';
import { policyRules } from '../../../../domain/compliance/policy/policy-rules.ts';
import type { PolicyAd } from '../../../../domain/compliance/policy/read-ad.ts';
import type { TextKind } from '../../../../domain/compliance/policy/text-kinds.ts';
import { textLimits } from '../../../../platforms/registry.ts';

export const today = '2026-11-23';
export const policy = compilePolicy(policyRules, textLimits);
export const check = (ad: PolicyAd) => checkPolicy(policy, ad);

export const adOf = (given: Partial<PolicyAd> = {}): PolicyAd => ({
  platform: 'google-ads',
  countries: ['GB'],
  texts: [],
  imageTexts: [],
  hasMedia: false,
  bannedWords: [],
  trademarksAllowed: [],
  at: today,
  ...given,
});

const fieldOfKind: Readonly<Partial<Record<TextKind, string>>> = {
  headline: 'headlines.0',
  'long-headline': 'longHeadlines.0',
  description: 'descriptions.0',
  body: 'text',
  introduction: 'introduction',
};
/** The first place that the rule looks at, where an example does not name one. */
export const defaultField = ({ kinds, platforms }: PolicyRule): string => {
  const kind = kinds?.[0];
  if (kind !== undefined) return fieldOfKind[kind] ?? 'note';
  return platforms === 'all' || platforms.includes('google-ads') ? 'descriptions.0' : 'text';
};

/** An example of a rule as a whole ad: where the rule holds, unless the example says otherwise. */
export function exampleAd(rule: PolicyRule, example: ExampleAd): PolicyAd {
  const platform = example.platform ?? (rule.platforms === 'all' ? 'google-ads' : (rule.platforms[0] ?? 'google-ads'));
  return adOf({
    platform,
    countries: example.countries ?? (rule.countries === 'all' ? ['US'] : [rule.countries[0] ?? 'US']),
    texts: [...(example.beside ?? []), { field: example.field ?? defaultField(rule), text: example.text }],
    at: rule.validTo ?? today,
    ...(example.language !== undefined && { language: example.language }),
    ...(example.category !== undefined && { category: example.category }),
    ...(example.destination !== undefined && { destination: example.destination }),
    ...(example.landingPageUrl !== undefined && { landingPageUrl: example.landingPageUrl }),
    ...(example.facts !== undefined && {
      facts: example.facts.map((text, index) => ({ id: `f${index}`, kind: 'claim', text })),
    }),
    bannedWords: example.bannedWords ?? [],
    trademarksAllowed: example.trademarksAllowed ?? [],
    hasMedia: example.hasMedia ?? false,
  });
}

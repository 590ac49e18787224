import type { AdCategory, PolicyFinding } from '../../../contracts/schemas/policies.ts';
import { checkPolicy } from '../../compliance/policy/check-policy.ts';
import type { CompiledPolicy } from '../../compliance/policy/compile-policy.ts';
import type { Fact } from '../fact.ts';
import type { CopyFormat } from './slots.ts';

/** The rules that texts are held against before they leave the generator. */
export interface PolicyGate {
  readonly policy: CompiledPolicy;
  /** The day whose rules count, `2026-11-23`. */
  readonly today: string;
  /** What the ad is about, where its texts do not say it. */
  readonly category?: AdCategory;
  /** Marks that are the advertiser's own. */
  readonly trademarksAllowed: readonly string[];
}

export interface GatedAd {
  readonly format: CopyFormat;
  readonly countries: readonly string[];
  readonly texts: readonly { readonly text: string; readonly field: string }[];
  /** Null: figures and superlatives are not compared. */
  readonly facts: readonly Fact[] | null;
  readonly bannedWords: readonly string[];
}

/** A finding with the place of its text among those of the ad; null where it is about the ad as a whole. */
export interface PlacedFinding {
  readonly place: number | null;
  readonly finding: PolicyFinding;
}

/** What the rules say of the texts of an ad. */
export function checkTexts({ policy, today, category, trademarksAllowed }: PolicyGate, ad: GatedAd): PlacedFinding[] {
  const fields = fieldsOf(ad);
  const { findings } = checkPolicy(policy, {
    platform: ad.format.platform,
    countries: ad.countries,
    texts: ad.texts.map(({ text }, index) => ({ field: fields[index] ?? '', text })),
    imageTexts: [],
    hasMedia: false,
    bannedWords: ad.bannedWords,
    trademarksAllowed,
    at: today,
    ...(ad.facts !== null && { facts: ad.facts }),
    ...(category !== undefined && { category }),
  });
  return findings.map((finding) => {
    const place = fields.indexOf(finding.field);
    return { place: place === -1 ? null : place, finding };
  });
}

/** `headlines.0`, `headlines.1`; a field of one text has no number. */
function fieldsOf({ format, texts }: GatedAd): string[] {
  const room = (field: string): number =>
    format.slots.filter((slot) => slot.field === field).reduce((sum, { atMost }) => sum + atMost, 0);
  const counts = new Map<string, number>();
  return texts.map(({ field }) => {
    const index = counts.get(field) ?? 0;
    counts.set(field, index + 1);
    return room(field) === 1 ? field : `${field}.${index}`;
  });
}

import type { AdCategory, FindingSeverity } from '../../../contracts/schemas/policies.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import type { TextKind } from './text-kinds.ts';

/**
 * Words in any spelling that a reader would understand: case, accents, look-alike letters and hidden characters do not count.
 * `loan~` takes the usual endings (loans), `casino*` any ending (Casinobonus), `_` stands for up to two words between.
 */
export type Phrases = readonly string[];

/** A claim about a reader: one of `cues` ("are you") with one of `attributes` ("diabetic") a few words after it. */
export interface AttributeCue {
  readonly cues: Phrases;
  readonly attributes: Phrases;
}

/** The closed set of ways in which a rule looks for what it objects to. */
export type Matcher =
  | { readonly kind: 'phrases'; readonly any: Phrases; readonly except?: Phrases; readonly needs?: Phrases }
  /** A regular expression with bounded quantifiers alone, over the text as written or as folded (small letters, no accents). */
  | {
      readonly kind: 'pattern';
      readonly on: 'written' | 'folded';
      readonly source: string;
      readonly except?: string;
      readonly needs?: Phrases;
      /** What is to stand there; `first-sign` keeps one of repeated signs. */
      readonly replacement?: string;
    }
  | { readonly kind: 'category'; readonly category: AdCategory }
  | {
      readonly kind: 'disclosure';
      readonly category: AdCategory;
      /** One of them has to stand in the ad or its images. */
      readonly accepts: Phrases;
      /** What to add where there is room. */
      readonly notice: string;
      /** The same in other languages of its country, by ISO 639-1. */
      readonly noticeIn?: Readonly<Record<string, string>>;
      /** It is due only when one of these stands in the ad. */
      readonly onlyWith?: Phrases;
      /** Its category follows from what the caller says, not from words of the ad. */
      readonly declaredOnly?: true;
    }
  | { readonly kind: 'length' }
  | { readonly kind: 'capitals' }
  | { readonly kind: 'spelled-out' }
  | { readonly kind: 'repeated-words' }
  | { readonly kind: 'repeated-texts' }
  | { readonly kind: 'exclamations'; readonly most: number }
  | { readonly kind: 'figures'; readonly against: 'facts' | 'page'; readonly of: readonly FigureKind[] }
  | {
      readonly kind: 'superlative';
      readonly any: Phrases;
      readonly except: Phrases;
      readonly against: 'facts' | 'page';
    }
  | { readonly kind: 'personal-attribute'; readonly pairs: readonly AttributeCue[]; readonly except?: Phrases }
  | { readonly kind: 'trademark'; readonly marks: Phrases; readonly except: Phrases }
  | { readonly kind: 'banned-words' }
  | { readonly kind: 'destination'; readonly is: DestinationFault }
  | { readonly kind: 'generated-media' };

export type FigureKind = 'price' | 'percent' | 'number';
export type DestinationFault = 'not-https' | 'broken' | 'other-site' | 'raw-address' | 'shortened';

/** How a text is written anew where its rule can say it; `none` is about what is advertised, which no wording changes. */
export type Rewrite =
  | { readonly how: 'none' }
  /** A person has to word it. */
  | { readonly how: 'by-hand' }
  /** The matcher knows what it should be. */
  | { readonly how: 'matcher' }
  | { readonly how: 'drop' }
  | { readonly how: 'drop-sentence' }
  /** By what was matched, folded. */
  | { readonly how: 'replace'; readonly by: Readonly<Record<string, string>> };

/** What the examples of a rule need beside their text. */
export interface ExampleAd {
  readonly text: string;
  readonly field?: string;
  readonly platform?: PlatformId;
  readonly countries?: readonly string[];
  readonly language?: string;
  readonly category?: AdCategory;
  /** Further texts of the same ad. */
  readonly beside?: readonly { readonly field: string; readonly text: string }[];
  readonly destination?: { readonly url: string; readonly text?: string; readonly status?: number };
  readonly facts?: readonly string[];
  readonly bannedWords?: readonly string[];
  readonly trademarksAllowed?: readonly string[];
  readonly landingPageUrl?: string;
  readonly hasMedia?: boolean;
}
export interface FailingExample extends ExampleAd {
  /** The part of the text that is objected to. */
  readonly at: string;
}

/** The public page, or the page of these docs, that a rule stands on. */
export interface RuleSource {
  readonly title: string;
  readonly url: string;
}
export type SourceByPlatform = Readonly<Record<PlatformId, RuleSource>>;

export interface PolicyRule {
  readonly id: string;
  readonly platforms: readonly PlatformId[] | 'all';
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[] | 'all';
  /** Where it looks; everywhere when absent. */
  readonly kinds?: readonly TextKind[];
  readonly matcher: Matcher;
  readonly severity: FindingSeverity;
  /** For somebody who knows no ad platform: what, why, what to write instead. `{match}` is what was found. */
  readonly message: string;
  readonly rewrite: Rewrite;
  readonly source: RuleSource | SourceByPlatform;
  /** ISO dates, both included. What held before this checker was written holds from 2020-01-01. */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly passes: readonly ExampleAd[];
  readonly fails: readonly FailingExample[];
}

export const sourceOn = ({ source }: PolicyRule, platform: PlatformId): RuleSource =>
  'url' in source ? source : source[platform];

/** The pages of all platforms that a rule is about. */
export const sourcesOf = ({ source, platforms }: PolicyRule): readonly RuleSource[] =>
  'url' in source
    ? [source]
    : (Object.keys(source) as PlatformId[])
        .filter((platform) => platforms === 'all' || platforms.includes(platform))
        .map((platform) => source[platform]);

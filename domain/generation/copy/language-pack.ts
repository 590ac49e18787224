import type { Formality, SitelinkTopic, Tone } from '../../../contracts/schemas/briefs.ts';
import type { ProductCategory } from '../../../contracts/schemas/product-categories.ts';
import type { Angle, PriceUnit, WrittenLanguage } from '../fact.ts';
import type { CallAction } from './calls.ts';

export type Gender = 'm' | 'f' | 'n';
/** How a category is called in a language. */
export interface Noun {
  readonly text: string;
  readonly gender: Gender;
  readonly plural: boolean;
  /** Said without an article: clothing, Schmuck, ropa. */
  readonly mass?: true;
}
export type KnownCategory = Exclude<ProductCategory, 'other'>;

/** In which form a noun is asked for: as it stands, or with the word before it that agrees with it. */
export type NounForm = 'bare' | 'your' | 'a' | 'of';

/**
 * A sentence or phrase with typed holes: `{name}`, `{benefit}`, `{your category}`. One is used only where every hole can be
 * filled, which is how a text never says what no fact says.
 */
export interface Template {
  readonly angle: Angle;
  readonly pattern: string;
  /** Only in this way of speaking to readers; both when absent. */
  readonly address?: Formality;
  /** Only for these voices; all when absent. */
  readonly tones?: readonly Tone[];
  /** Only for what is got in these ways; all when absent. */
  readonly actions?: readonly CallAction[];
}

/** What a sentence does in a text of several. */
export const sentenceParts = [
  'benefit',
  'feature',
  'offer',
  'proof',
  'problem',
  'answer',
  'urgency',
  'category',
  'call',
] as const;
export type SentencePart = (typeof sentenceParts)[number];

export interface Call {
  /** A phrase without a full stop: `Order online`. */
  readonly text: string;
  readonly address?: Formality;
  readonly tones?: readonly Tone[];
}

export interface LanguagePack {
  readonly language: WrittenLanguage;
  /** BCP 47 tag for numbers and dates; English depends on the country. */
  readonly locale: (countries: readonly string[]) => string;
  readonly nouns: Readonly<Record<KnownCategory, Noun>>;
  readonly noun: (noun: Noun, form: NounForm, formality: Formality) => string;
  /** Words for a price that is the lowest of several, and for what it is paid. */
  readonly lowest: (price: string) => string;
  readonly per: Readonly<Record<PriceUnit, string>>;
  readonly percent: (percent: number) => string;
  readonly most: (percent: string) => string;
  readonly question: (statement: string) => string;
  /** First words that stand small after a colon: no names. Empty where a large one is usual (English ads) or most are nouns (German). */
  readonly lowerable: ReadonlySet<string>;
  readonly headlines: readonly Template[];
  readonly sentences: Readonly<Record<Exclude<SentencePart, 'call'>, readonly Template[]>>;
  readonly calls: Readonly<Record<CallAction, readonly Call[]>>;
  readonly search: SearchWords;
  readonly sitelinks: Readonly<Record<SitelinkTopic, string>>;
}

/** How people search: `%` stands for the noun or keyword. */
export interface SearchWords {
  readonly goods: readonly string[];
  readonly places: readonly string[];
  /** Words of people who do not want to buy, each unless a fact says it. */
  readonly negatives: readonly string[];
}

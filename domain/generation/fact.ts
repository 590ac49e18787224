/** What may be said in an ad. Every text carries the ids of the facts it says; what no fact says does not leave the generator. */

export const factKinds = [
  'product',
  'benefit',
  'feature',
  'offer',
  'price',
  'proof',
  'number',
  'problem',
  'urgency',
  'claim',
] as const;
export type FactKind = (typeof factKinds)[number];

/** Where it was read: a path in the brief, or UTF-16 offsets into the landing page's text. */
export type FactSource =
  | { readonly from: 'brief'; readonly field: string }
  | { readonly from: 'landing-page'; readonly start: number; readonly end: number };

/** The part of a fact that every language can say by itself. */
export type FactValue =
  | {
      readonly is: 'price';
      readonly micros: number;
      readonly currency: string;
      readonly lowest: boolean;
      readonly unit: PriceUnit;
      /** Of the product as it is named; otherwise it is said in the words of the offer alone. */
      readonly whole: boolean;
    }
  | { readonly is: 'discount'; readonly percent: number; readonly most: boolean; readonly whole: boolean }
  /** The last day, `2026-12-24`. */
  | { readonly is: 'until'; readonly date: string }
  | { readonly is: 'code'; readonly code: string }
  | {
      readonly is: 'rating';
      readonly value: number;
      readonly outOf: number;
      readonly reviews: number | null;
    };
export type PriceUnit = 'once' | 'day' | 'night' | 'month' | 'year' | 'hour' | 'person';

export interface Fact {
  readonly id: string;
  readonly kind: FactKind;
  /** As the source says it. */
  readonly text: string;
  /** ISO 639-1; null for names and numbers, which are the same in every language. */
  readonly language: string | null;
  readonly source: FactSource;
  readonly value: FactValue | null;
}

/** What ads are written in by the built-in writer, ISO 639-1. */
export const writtenLanguages = ['en', 'de', 'fr', 'es'] as const;
export type WrittenLanguage = (typeof writtenLanguages)[number];
export const isWritten = (language: string): language is WrittenLanguage =>
  (writtenLanguages as readonly string[]).includes(language);

export const angles = ['benefit', 'offer', 'problem', 'proof', 'urgency', 'category'] as const;
export type Angle = (typeof angles)[number];

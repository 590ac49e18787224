import { type FoldedText, originalSpan } from './fold-text.ts';
import type { PhraseIndex } from './phrase-index.ts';
import type { PolicyAd, Reading } from './read-ad.ts';
import type { AllTextLimits } from './text-kinds.ts';

/** A place that a rule objects to; offsets are into the text as it was given. */
export interface Objection {
  readonly field: string;
  readonly start: number;
  readonly end: number;
  /** What is to stand there instead, where the matcher knows; `text` replaces the whole field. */
  readonly replacement?: string;
  readonly whole?: string;
}

/** Looks through the readings of an ad. `inKinds` are those readings that the rule is about. */
export type Find = (ad: PolicyAd, inKinds: readonly Reading[], all: readonly Reading[]) => readonly Objection[];

export interface CompileContext {
  readonly index: PhraseIndex;
  readonly limits: AllTextLimits;
}

export const objectionAt = (field: string, folded: FoldedText, start: number, end: number): Objection => ({
  field,
  ...originalSpan(folded, start, end),
});

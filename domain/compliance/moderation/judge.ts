import type { ModerationAnswer, ModerationCategory, ModerationFinding } from '../../../contracts/schemas/moderation.ts';

/** From which confidence, 0 to 1, something is looked at by a person, and from which it is not shown at all. */
export interface ModerationThresholds {
  readonly review: number;
  readonly block: number;
}

/** What a model has seen: by name of our categories, with its confidence, 0 to 1. */
export interface Seen {
  readonly category: ModerationCategory;
  readonly confidence: number;
}

const words: Readonly<Record<ModerationCategory, string>> = {
  hate: 'attacks people for what they are',
  insult: 'insults',
  sexual: 'is sexual',
  violence: 'is about violence',
  misconduct: 'speaks of doing something unlawful',
  profanity: 'swears',
  'personal-data': 'shows somebody’s personal data',
  nudity: 'shows naked people',
  suggestive: 'shows people with little on',
  drugs: 'shows drugs or tobacco',
  alcohol: 'shows alcohol',
  gambling: 'shows gambling',
  'rude-gesture': 'shows a rude gesture',
  'hate-symbol': 'shows a symbol of hate',
  disturbing: 'is disturbing to look at',
  unchecked: 'could not be looked at',
};

/** Findings of what is above the threshold; nothing else is told. */
export function judged(
  seen: readonly Seen[],
  { review, block }: ModerationThresholds,
  place: Pick<ModerationFinding, 'field' | 'detector'>,
): ModerationFinding[] {
  return seen
    .filter(({ confidence }) => confidence >= review)
    .map(({ category, confidence }) => ({
      ...{ ...place, category, confidence, span: null },
      severity: confidence >= block ? ('block' as const) : ('review' as const),
      message: `It ${words[category]}, says a model with a confidence of ${Math.round(confidence * 100)} %. Write or choose something else, or have a person look at it.`,
    }));
}

/** Nothing passes because nobody could look. */
export const unchecked = (place: Pick<ModerationFinding, 'field' | 'detector'>, reason: string): ModerationFinding => ({
  ...{ ...place, category: 'unchecked', severity: 'review', confidence: null, span: null },
  message: `It could not be looked at: ${reason}. A person has to, or try again later.`,
});

export const verdictOf = (findings: readonly ModerationFinding[]): ModerationAnswer['verdict'] =>
  findings.some(({ severity }) => severity === 'block') ? 'block' : findings.length > 0 ? 'review' : 'pass';

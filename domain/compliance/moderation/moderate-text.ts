import type { ModerationFinding } from '../../../contracts/schemas/moderation.ts';
import { objectionAt } from '../policy/objection.ts';
import { PhraseIndex } from '../policy/phrase-index.ts';
import { readText } from '../policy/read-ad.ts';
import { swearWords } from '../policy/rules/people.ts';
import { outside } from '../policy/spans.ts';
import { findPersonalData } from './personal-data.ts';

const index = new PhraseIndex();
const swearing = index.add(swearWords.any);
const harmless = index.add(swearWords.except);

/** What rules alone say of a text, in four languages and with spelling tricks undone: swearwords and personal data. */
export function moderateByRules(
  { field, text }: { readonly field: string; readonly text: string },
  allowed: readonly string[],
): ModerationFinding[] {
  const found = readText({ field, text }, index, 'other').versions.flatMap(({ folded, matches }) =>
    outside(matches.get(swearing) ?? [], matches.get(harmless) ?? []).map(({ start, end }) =>
      objectionAt(field, folded, start, end),
    ),
  );
  const seen = new Set<string>();
  const swears = found.filter(({ start, end }) => !seen.has(`${start} ${end}`) && seen.add(`${start} ${end}`));
  const rule = { severity: 'review', confidence: null, detector: 'rules', field } as const;
  return [
    ...swears.map(
      (span): ModerationFinding => ({
        ...rule,
        ...{ category: 'profanity', span: { start: span.start, end: span.end } },
        message: `“${text.slice(span.start, span.end)}” is a swear word. Say it without.`,
      }),
    ),
    ...findPersonalData(text, allowed).map(
      ({ kind, start, end }): ModerationFinding => ({
        ...rule,
        ...{ category: 'personal-data', span: { start, end } },
        message: `It shows what looks like somebody’s ${kind}. Leave it out, or put it into the brief if it is the business’s own.`,
      }),
    ),
  ];
}

import { type Candidate, type Filling, fill } from '../copy/fill.ts';
import type { CopyFormat, CopySlot } from '../copy/slots.ts';
import type { FactSheet } from '../facts.ts';
import { type Rendered, renderTokens } from './render-tokens.ts';
import { valueFactId } from './segment-sheet.ts';
import type { Segment } from './segments.ts';
import { tokenTexts } from './token-texts.ts';

export interface TokenCandidate extends Omit<Candidate, 'text'> {
  readonly way: 'inserted' | 'expanded';
  readonly texts: readonly Rendered[];
}

/** Every text with a token that can stand in a slot, as its platform takes it. */
export function tokenCandidates(
  filling: Filling,
  segment: Segment,
  { sheet, targetedBy }: { readonly sheet: FactSheet; readonly targetedBy: readonly string[] },
  format: CopyFormat,
  slot: CopySlot,
): TokenCandidate[] {
  if (slot.role === 'name') return [];
  const until = sheet.facts.find(({ value }) => value?.is === 'until');
  const values = {
    segment: segment.values,
    until: until?.value?.is === 'until' ? until.value.date : null,
    language: filling.pack.language,
  };
  const templates = tokenTexts[filling.pack.language][slot.role === 'headline' ? 'headlines' : 'sentences'];
  return templates
    .filter(({ needs }) =>
      needs === 'until'
        ? until !== undefined
        : Object.hasOwn(segment.values, needs) && (needs === 'keyword' || targetedBy.includes(needs)),
    )
    .flatMap((template) =>
      fill(filling, template, 'personal').flatMap((candidate): TokenCandidate[] => {
        const rendering = renderTokens(enlarged(candidate.text), values, format, slot);
        if (rendering.kind === 'refused') return [];
        const cited = template.needs === 'until' ? (until?.id ?? '') : valueFactId(segment.id, template.needs);
        return [{ ...candidate, factIds: [...candidate.factIds, cited], way: rendering.way, texts: rendering.texts }];
      }),
    );
}

/** "{segment.keyword|dental practice}": what a text begins with is written large. */
const enlarged = (text: string): string =>
  text.replace(/^(\{segment\.\w+\|)(\p{Ll})/u, (_whole, open: string, letter: string) => open + letter.toUpperCase());

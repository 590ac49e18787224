import { foldText } from './fold-text.ts';
import type { Objection } from './objection.ts';
import type { PolicyRule } from './policy-rule.ts';

/** One objection with the rule that made it. */
export interface Raised {
  readonly rule: PolicyRule;
  readonly objection: Objection;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

function editFor(text: string, { rule: { rewrite }, objection }: Raised): Edit | undefined {
  const { start, end } = objection;
  switch (rewrite.how) {
    case 'none':
    case 'by-hand':
      return undefined;
    case 'matcher':
      return objection.replacement === undefined ? undefined : { start, end, replacement: objection.replacement };
    case 'drop':
      return { start, end, replacement: '' };
    case 'drop-sentence':
      return { ...sentenceAround(text, start, end), replacement: '' };
    case 'replace': {
      const matched = text.slice(start, end);
      const by = rewrite.by[foldText(matched).text];
      return by === undefined ? undefined : { start, end, replacement: sameCase(matched, by) };
    }
  }
}

function sentenceAround(text: string, start: number, end: number): { start: number; end: number } {
  let from = start;
  while (from > 0 && !/[.!?\n]/.test(text[from - 1] ?? '')) from -= 1;
  let to = end;
  while (to < text.length && !/[.!?\n]/.test(text[to - 1] ?? '')) to += 1;
  return { start: from, end: to };
}

const sameCase = (model: string, word: string): string =>
  /^\p{Lu}/u.test(model) ? word.replace(/^\p{L}/u, (letter) => letter.toUpperCase()) : word;

/** All edits that can be made at once, and the text brought in order after them; undefined where there is none. */
export function repairOnce(text: string, raised: readonly Raised[]): string | undefined {
  const whole = raised.find(({ objection }) => objection.whole !== undefined)?.objection.whole;
  const edits = raised.flatMap((one) => editFor(text, one) ?? []).sort((a, b) => b.start - a.start || b.end - a.end);
  if (edits.length === 0) return whole;
  let repaired = text;
  let untouched = text.length;
  for (const { start, end, replacement } of edits) {
    if (end > untouched) continue;
    repaired = repaired.slice(0, start) + replacement + repaired.slice(end);
    untouched = start;
  }
  const tidied = tidy(repaired);
  return tidied === '' || tidied === text ? undefined : startLike(text, tidied);
}

const tidy = (text: string): string =>
  text
    .replace(/[ \t]{2,200}/g, ' ')
    .replace(/ ([.,!?;:%])(?=\s|$)/g, '$1')
    .replace(/([.!?])[.,;]{1,5}/g, '$1')
    .replace(/^[\s,.;:!?–-]{1,20}/, '')
    .replace(/[\s,;:–-]{1,20}$/, '');

/** A text that began with a capital still does. */
const startLike = (model: string, text: string): string =>
  /^[^\p{L}]{0,5}\p{Lu}/u.test(model) ? text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : text;

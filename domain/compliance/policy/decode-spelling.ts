import type { FoldedText } from './fold-text.ts';

/**
 * Spelling tricks that hide a word from a list but not from a reader: letters set apart ("c a s i n o", "c.a.s.i.n.o") and signs in
 * place of letters ("c4$ino"). What comes out is looked through beside the text itself, never in place of it.
 */
export interface DecodedText extends FoldedText {
  /** Parts that were letters set apart: where words in them begin is not known. */
  readonly joined: readonly { readonly start: number; readonly end: number }[];
}

const isLetter = (unit: string | undefined): boolean => unit !== undefined && unit >= 'a' && unit <= 'z';
const isDigit = (unit: string | undefined): boolean => unit !== undefined && unit >= '0' && unit <= '9';
const isWordUnit = (unit: string | undefined): boolean => isLetter(unit) || isDigit(unit);

const separators = new Set([' ', '.', '-', '_', '*', '|', '/', '·', '•', ',', '~', '+', '\\', ':', "'"]);
/** Fewer single letters in a row are initials, sizes or a list: "S M L". */
const leastSetApart = 4;

export interface SetApart {
  readonly start: number;
  readonly end: number;
}

/** Runs of single letters with one and the same sign between. One pass. */
export function lettersSetApart(text: string): readonly SetApart[] {
  const found: SetApart[] = [];
  let at = 0;
  while (at < text.length) {
    const alone = isLetter(text[at]) && !isWordUnit(text[at - 1]) && !isWordUnit(text[at + 1]);
    const separator = text[at + 1];
    if (!alone || separator === undefined || !separators.has(separator)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (text[end] === separator && isLetter(text[end + 1]) && !isWordUnit(text[end + 2])) end += 2;
    if ((end - at + 1) / 2 >= leastSetApart) found.push({ start: at, end });
    at = end;
  }
  return found;
}

const letterFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '€': 'e',
};
const either = new Set(['1', '!', '|']);
const isSign = (unit: string | undefined): boolean => unit !== undefined && (unit in letterFor || either.has(unit));

/** Signs in place of letters, in words that have letters too. `one` is what 1, ! and | stand for. */
function decodeSigns(text: string, one: 'i' | 'l'): { text: string; ambiguous: boolean } | undefined {
  const decoded: string[] = [];
  let changed = false;
  let ambiguous = false;
  let at = 0;
  while (at < text.length) {
    if (!isWordUnit(text[at]) && !isSign(text[at])) {
      decoded.push(text.charAt(at));
      at += 1;
      continue;
    }
    let end = at;
    let letters = 0;
    let signs = 0;
    while (end < text.length && (isWordUnit(text[end]) || isSign(text[end]))) {
      if (isLetter(text[end])) letters += 1;
      else signs += 1;
      end += 1;
    }
    const word = text.slice(at, end);
    const body = withoutLastSigns(word);
    if (letters < 2 || signs === 0 || signs > letters + 1 || ![...body].some(isSign)) decoded.push(word);
    else {
      changed = true;
      for (const unit of body) {
        if (either.has(unit)) ambiguous = true;
        decoded.push(either.has(unit) ? one : (letterFor[unit] ?? unit));
      }
      decoded.push(word.slice(body.length));
    }
    at = end;
  }
  return changed ? { text: decoded.join(''), ambiguous } : undefined;
}

/** "sale!" ends with a sign that means itself. */
function withoutLastSigns(word: string): string {
  let end = word.length;
  while (end > 0 && '!|@$€'.includes(word[end - 1] ?? '')) end -= 1;
  return word.slice(0, end);
}

/** The readings of a text beside the one that is written. Most texts have none. */
export function decodeSpelling(folded: FoldedText): readonly DecodedText[] {
  const apart = joinSetApart(folded, lettersSetApart(folded.text));
  const base: DecodedText = apart ?? { ...folded, joined: [] };
  const asI = decodeSigns(base.text, 'i');
  if (asI === undefined) return apart === undefined ? [] : [apart];
  const readings = [{ ...base, text: asI.text }];
  const asL = asI.ambiguous ? decodeSigns(base.text, 'l') : undefined;
  if (asL !== undefined) readings.push({ ...base, text: asL.text });
  return readings;
}

function joinSetApart(folded: FoldedText, runs: readonly SetApart[]): DecodedText | undefined {
  if (runs.length === 0) return undefined;
  const units: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  const joined: { start: number; end: number }[] = [];
  const copy = (from: number, to: number, step: 1 | 2) => {
    for (let at = from; at < to; at += step) {
      units.push(folded.text.charAt(at));
      starts.push(folded.starts[at] ?? 0);
      ends.push(folded.ends[at] ?? 0);
    }
  };
  let at = 0;
  for (const run of runs) {
    copy(at, run.start, 1);
    const start = units.length;
    copy(run.start, run.end, 2);
    joined.push({ start, end: units.length });
    at = run.end;
  }
  copy(at, folded.text.length, 1);
  return { text: units.join(''), starts, ends, joined };
}

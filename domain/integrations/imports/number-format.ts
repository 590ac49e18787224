/**
 * Numbers as the platforms' pages write them in the reader's language: `1,234.56`, `1.234,56`, `1 234,56`, `1’234.56`. Which sign
 * separates decimals is decided once for a file, from everything its number columns hold.
 */
export const decimalSigns = ['point', 'comma'] as const;
export type DecimalSign = (typeof decimalSigns)[number];

/** What platforms write where they have no value: no zero. */
const absentTexts: ReadonlySet<string> = new Set(['', '-', '--', '—', '–', 'n/a', 'n/v', 'k. a.', 's.o.', 'n/d']);
export const isAbsent = (text: string): boolean => absentTexts.has(text.trim().toLowerCase());

/** Grouping signs that never separate decimals. */
const spaces = /[\s\u00a0\u202f'’]/g;
const minus = /^[-\u2212]/;
/** A currency before or after the amount: a symbol, a code of three letters, or both. */
const currencyMark = /^(?:[A-Z]{1,3})?\s*[\p{Sc}]\s*|\s*[\p{Sc}]$|^[A-Z]{3}\s*(?=[\d.,])|(?<=\d)\s*[A-Z]{3}$/gu;

/** Digits with their separators; what is around them is gone. `undefined` when the text is no number. */
function bare(text: string): { readonly negative: boolean; readonly digits: string } | undefined {
  const trimmed = text.trim();
  const bracketed = /^\((.*)\)$/.exec(trimmed);
  let rest = bracketed?.[1] ?? trimmed;
  let negative = bracketed !== null;
  if (minus.test(rest)) [negative, rest] = [true, rest.replace(minus, '')];
  rest = rest.trim().replaceAll(currencyMark, '').trim();
  if (minus.test(rest)) [negative, rest] = [true, rest.replace(minus, '')];
  const digits = rest.replaceAll(spaces, '');
  return /^\d[\d.,]*$/.test(digits) || /^[.,]\d+$/.test(digits) ? { negative, digits } : undefined;
}

/** Which sign separates decimals by one number: `open` when it is read both ways, `undefined` when it has no sign. */
function readingOf(digits: string, points: number, commas: number, whole: boolean): DecimalSign | 'open' | undefined {
  if (points === 0 && commas === 0) return undefined;
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? 'point' : 'comma';
  const [own, other]: readonly DecimalSign[] = points > 0 ? ['point', 'comma'] : ['comma', 'point'];
  if (points + commas > 1) return other;
  const [before = '', after = ''] = digits.split(/[.,]/);
  // Three digits after the only sign and one to three before it: `1,234` is read both ways.
  const couldGroup = after.length === 3 && before.length > 0 && before.length <= 3 && before !== '0';
  if (!couldGroup) return own;
  return whole ? other : 'open';
}

/** What the numbers of a file say about their decimal sign, gathered value by value. */
export class DecimalEvidence {
  readonly #lines: { point: number | undefined; comma: number | undefined } = { point: undefined, comma: undefined };
  #open: number | undefined;

  /** `whole`: the column counts things, so a sign in it can only group digits. */
  add(text: string, line: number, whole: boolean): void {
    const found = bare(text);
    if (!found) return;
    const { digits } = found;
    const points = digits.split('.').length - 1;
    const commas = digits.split(',').length - 1;
    const reading = readingOf(digits, points, commas, whole);
    if (reading === 'open') this.#open ??= line;
    else if (reading !== undefined) this.#lines[reading] ??= line;
  }

  /** The sign, or why it is not known: `conflict` names a line of each reading, `ambiguous` one that is read both ways. */
  decide():
    | { readonly kind: 'decided'; readonly sign: DecimalSign }
    | { readonly kind: 'ambiguous'; readonly line: number }
    | { readonly kind: 'conflict'; readonly point: number; readonly comma: number } {
    const { point, comma } = this.#lines;
    if (point !== undefined && comma !== undefined) return { kind: 'conflict', point, comma };
    if (point !== undefined) return { kind: 'decided', sign: 'point' };
    if (comma !== undefined) return { kind: 'decided', sign: 'comma' };
    if (this.#open !== undefined) return { kind: 'ambiguous', line: this.#open };
    return { kind: 'decided', sign: 'point' };
  }
}

/** Plain decimal text (`-1234.56`) of a number written with that sign; `undefined` for what is none, a percentage among it. */
export function plainNumber(text: string, sign: DecimalSign): string | undefined {
  const found = bare(text);
  if (!found) return undefined;
  const [group, decimal] = sign === 'point' ? [',', '.'] : ['.', ','];
  const [whole = '', fraction, ...more] = found.digits.split(decimal);
  if (more.length > 0 || fraction?.includes(group)) return undefined;
  const parts = whole.split(group);
  // Groups are of three digits, in India of two before the last three.
  const grouped =
    parts.length === 1 ||
    (/^\d{1,3}$/.test(parts[0] ?? '') &&
      parts.slice(1, -1).every((part) => /^\d{2,3}$/.test(part)) &&
      /^\d{3}$/.test(parts.at(-1) ?? ''));
  if (!grouped) return undefined;
  return `${found.negative ? '-' : ''}${parts.join('') || '0'}${fraction === undefined ? '' : `.${fraction}`}`;
}

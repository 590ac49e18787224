/**
 * Days as the platforms' pages write them. A format is decided once for a file from its whole date column: `11/01/2026` alone may
 * be the first of November or the eleventh of January.
 */
export const dateFormats = ['iso', 'day-month-year', 'month-day-year', 'named-month'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** Beginnings of month names, without accents and points; enough letters to tell them apart in all four languages at once. */
const months: readonly (readonly string[])[] = [
  ['jan', 'ene'],
  ['feb', 'fev'],
  ['mar', 'mrz', 'maer'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez', 'dic'],
];

const letters = (word: string): string =>
  word.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('.', '').toLowerCase();

function monthNamed(word: string): number | undefined {
  const name = letters(word);
  // `mars` and `maerz` are March, `marzo` too; `mai`/`mayo` is May.
  const index = months.findIndex((starts) => starts.some((start) => name.startsWith(start)));
  return index === -1 ? undefined : index + 1;
}

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const numeric = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const dayFirst = /^(?:\p{L}+\.?,? )?(\d{1,2})\.?(?: de)? (\p{L}+)\.?,?(?: de)? (\d{4})$/u;
const monthFirst = /^(?:\p{L}+\.?, )?(\p{L}+)\.? (\d{1,2}),? (\d{4})$/u;

function isoOf(year: number, month: number, day: number): string | undefined {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  // A day that the month does not have is refused, or moved to the next month.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
}

const cleaned = (text: string): string => text.trim().replaceAll(/[\s\u00a0\u202f]+/g, ' ');

/** The ISO day of a text in that format; `undefined` when it is none. */
export function isoDay(text: string, format: DateFormat): string | undefined {
  const value = cleaned(text);
  const [, y, m, d] = iso.exec(value) ?? [];
  // Nobody writes year first and means anything else.
  if (y !== undefined) return isoOf(Number(y), Number(m), Number(d));
  if (format === 'named-month') {
    const [, day, month, year] = dayFirst.exec(value) ?? [];
    const [, otherMonth, otherDay, otherYear] = monthFirst.exec(value) ?? [];
    const named = monthNamed(month ?? otherMonth ?? '');
    return named === undefined ? undefined : isoOf(Number(year ?? otherYear), named, Number(day ?? otherDay));
  }
  const [, first, , second, year] = numeric.exec(value) ?? [];
  if (first === undefined) return undefined;
  if (format === 'day-month-year') return isoOf(Number(year), Number(second), Number(first));
  return format === 'month-day-year' ? isoOf(Number(year), Number(first), Number(second)) : undefined;
}

export type DateDecision =
  | { readonly kind: 'decided'; readonly format: DateFormat }
  | { readonly kind: 'ambiguous'; readonly line: number; readonly text: string }
  | { readonly kind: 'conflict'; readonly dayFirst: number; readonly monthFirst: number };

/** What the dates of a file say about their format, gathered value by value. */
export class DateEvidence {
  #named = false;
  #dayFirst: number | undefined;
  #monthFirst: number | undefined;
  #open: { readonly line: number; readonly text: string } | undefined;
  /** `11/11/2026` is one day, whichever comes first. */
  #same = false;

  add(text: string, line: number): void {
    const value = cleaned(text);
    if (dayFirst.test(value) || monthFirst.test(value)) this.#named = true;
    const [, first, sign, second] = numeric.exec(value) ?? [];
    if (first === undefined) return;
    // Points separate days first everywhere they are used.
    if (sign === '.' || Number(first) > 12) this.#dayFirst ??= line;
    else if (Number(second) > 12) this.#monthFirst ??= line;
    else if (first !== second) this.#open ??= { line, text: value };
    else this.#same = true;
  }

  decide(): DateDecision {
    if (this.#dayFirst !== undefined && this.#monthFirst !== undefined) {
      return { kind: 'conflict', dayFirst: this.#dayFirst, monthFirst: this.#monthFirst };
    }
    if (this.#dayFirst !== undefined) return { kind: 'decided', format: 'day-month-year' };
    if (this.#monthFirst !== undefined) return { kind: 'decided', format: 'month-day-year' };
    if (this.#open !== undefined) return { kind: 'ambiguous', ...this.#open };
    if (this.#same) return { kind: 'decided', format: 'day-month-year' };
    return { kind: 'decided', format: this.#named ? 'named-month' : 'iso' };
  }
}

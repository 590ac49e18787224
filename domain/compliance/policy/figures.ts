import { currencyOf } from '../../text/currency-words.ts';
import { halvesIn } from '../../text/half-price.ts';
import { readings } from '../../text/read-number.ts';
import type { FigureKind } from './policy-rule.ts';

/** A number that a text says, with its span. Percent are as written: 20 for "20 %". */
export interface Figure {
  readonly kind: FigureKind;
  readonly value: number;
  /** ISO 4217 of a price, where the text tells it; `$` for dollars that may be those of several countries. */
  readonly currency?: string;
  readonly start: number;
  readonly end: number;
}

const gap = '[ \\u00a0\\u202f]';
const amount = `(?:\\d{1,3}(?:[.,'’\\u00a0\\u202f ]\\d{3}){1,4}(?:[.,]\\d{1,2})?|\\d{1,12}(?:[.,]\\d{1,2})?)(?!\\d)`;
const symbol =
  '[€$£]|(?:EUR|USD|CAD|AUD|NZD|GBP|CHF|Euros?|euros?|Dollars?|dollars?|pounds?|Pfund|livres?|dólares|dolares|Franken)(?![\\p{L}])';
/** Bounded throughout: a text is read in one pass. */
const figure = new RegExp(
  `(?<before>${symbol})?${gap}?(?<![\\p{L}\\d.,])(?<amount>${amount})(?:${gap}{0,2}(?<after>${symbol}|%|(?:percent|per cent|Prozent|pour cent|por ciento)(?![\\p{L}])))?`,
  'gu',
);

export function figuresOf(text: string): readonly Figure[] {
  const found: Figure[] = [];
  for (const match of text.matchAll(figure)) {
    const { before, after, amount: written = '' } = match.groups ?? {};
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const end = match.index + match[0].length;
    // "3D", "5G", "4x4": a letter right behind makes it a name.
    if (after === undefined && before === undefined && /^[\p{L}]/u.test(text.slice(end, end + 2))) continue;
    const [value = Number.NaN] = readings(written);
    const mark = (after ?? before)?.toLowerCase();
    const money = [before, after].find((one) => one !== undefined && !isPercent(one));
    const currency = money === undefined ? undefined : currencyOf(money);
    if (mark !== undefined && isPercent(mark)) found.push({ kind: 'percent', value, start, end });
    else if (mark !== undefined) {
      found.push({ kind: 'price', value, start, end, ...(currency !== undefined && { currency }) });
    } else if (countsSomething(value, text, end)) found.push({ kind: 'number', value, start, end });
  }
  for (const span of halvesIn(text)) found.push({ kind: 'percent', value: 50, ...span });
  return found;
}

const isPercent = (mark: string): boolean => /^(?:%|p)/i.test(mark) && !/^p(?:ound|fund)/i.test(mark);

/** Small numbers, years and round-the-clock are no claim; "4.8", "500" and "10,000" are. */
function countsSomething(value: number, text: string, end: number): boolean {
  if (!Number.isInteger(value)) return true;
  if (value < 10 || (value >= 1900 && value <= 2100)) return false;
  return !(value === 24 && /^ ?(?:\/ ?7|h(?:ours?)?\b|Stunden|heures|horas)/.test(text.slice(end, end + 9)));
}

/** Whether one of `known` says the same: the kind, the number, and no other currency. */
export const isBacked = (figure: Figure, known: readonly Figure[]): boolean =>
  known.some(
    ({ kind, value, currency }) =>
      value === figure.value &&
      (kind === figure.kind || figure.kind === 'number') &&
      (currency === undefined || figure.currency === undefined || sameCurrency(currency, figure.currency)),
  );

const dollars: ReadonlySet<string> = new Set(['$', 'USD', 'CAD', 'AUD', 'NZD']);
const sameCurrency = (one: string, other: string): boolean =>
  one === other || ((one === '$' || other === '$') && dollars.has(one) && dollars.has(other));

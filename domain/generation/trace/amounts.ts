import { currencyOf } from '../../text/currency-words.ts';
import { halvesIn } from '../../text/half-price.ts';
import { readings } from '../../text/read-number.ts';
import { isWritten } from '../fact.ts';

/** Numbers as people write them in English, German, French and Spanish. Offsets are UTF-16. */
export interface Amount {
  readonly start: number;
  readonly end: number;
  /** What it may mean: "1.299" is 1299 in German and may be a decimal in English. */
  readonly values: readonly number[];
}

export interface MoneyAmount extends Amount {
  readonly micros: number;
  /** ISO 4217. */
  readonly currency: string;
}

const space = '[ \\u00a0\\u202f]';
/** Bounded, so that a page of digits costs no more than its length. */
const digits = `\\d{1,3}(?:(?:[.,'’]|${space})\\d{3}){1,4}(?!\\d)(?:[.,]\\d{1,2}(?!\\d))?|\\d{1,12}(?:[.,]\\d{1,4})?`;
const scale: Readonly<Record<string, number>> = {
  k: 1e3,
  mil: 1e3,
  mille: 1e3,
  thousand: 1e3,
  tausend: 1e3,
  m: 1e6,
  mio: 1e6,
  million: 1e6,
  millions: 1e6,
  millionen: 1e6,
  millón: 1e6,
  millones: 1e6,
};
const scaleWords = Object.keys(scale)
  .toSorted((a, b) => b.length - a.length)
  .join('|');
const numberSource = `(${digits})(?:${space}?(${scaleWords})(?![\\p{L}]))?`;
const numberPattern = new RegExp(numberSource, 'giu');

const currencyWords = [
  '€',
  '\\$',
  '£',
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'MXN',
  'euros?',
  'dollars?',
  'dólares',
  'pounds',
  'Franken',
].join('|');
const moneyPattern = new RegExp(
  `(?:(?<before>€|\\$|£|EUR|USD|GBP|CHF|MXN)${space}?(?<one>${digits}))|(?:(?<other>${digits})(?:,[-–])?${space}?(?<after>${currencyWords})(?![\\p{L}]))`,
  'giu',
);

/** Dollars of no country are those of the United States where one has to be named. */
const nearestDollar = (currency: string | undefined): string | undefined => (currency === '$' ? 'USD' : currency);

export function moneyIn(text: string): MoneyAmount[] {
  return [...text.matchAll(moneyPattern)].flatMap((match) => {
    const { before, after, one, other } = match.groups ?? {};
    const currency = nearestDollar(currencyOf(before ?? after ?? ''));
    const values = readings(one ?? other ?? '');
    const [value] = values;
    return currency === undefined || value === undefined
      ? []
      : [
          {
            start: match.index,
            end: match.index + match[0].length,
            values,
            micros: Math.round(value * 1_000_000),
            currency,
          },
        ];
  });
}

/** A percentage by digits, or in words: "half price" is 50. */
export function percentagesIn(text: string, language: string): Amount[] {
  const found: Amount[] = [...text.matchAll(percentPattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    values: readings(match[1] ?? ''),
  }));
  if (isWritten(language)) {
    for (const { start, end } of halvesIn(text, [language])) found.push({ start, end, values: [50] });
  }
  return found;
}
const percentPattern = new RegExp(
  `(${digits})${space}?(?:%|percent\\b|per cent\\b|Prozent\\b|pour cent\\b|por ciento\\b)`,
  'giu',
);
export function numbersIn(text: string, language: string): Amount[] {
  const found: Amount[] = [...text.matchAll(numberPattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    values: readings(match[1] ?? '').map((value) => value * (scale[(match[2] ?? '').toLowerCase()] ?? 1)),
  }));
  const words = numberWords[language];
  if (words !== undefined) {
    for (const match of text.matchAll(/[\p{L}]+/gu)) {
      const value = words[match[0].toLowerCase()];
      if (value !== undefined) {
        found.push({ start: match.index, end: match.index + match[0].length, values: [value] });
      }
    }
  }
  return found;
}

/** Without those that are other words as well: one, French neuf (new). */
const numberWords: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  en: {
    two: 2,
    twice: 2,
    double: 2,
    three: 3,
    triple: 3,
    four: 4,
    five: 5,
    six: 6,
    seven: 7,
    eight: 8,
    nine: 9,
    ten: 10,
    twelve: 12,
    twenty: 20,
    thirty: 30,
    fifty: 50,
    hundred: 100,
    hundreds: 100,
    thousand: 1000,
    thousands: 1000,
    million: 1e6,
    millions: 1e6,
    dozens: 12,
  },
  de: {
    zwei: 2,
    doppelt: 2,
    doppelte: 2,
    zweimal: 2,
    drei: 3,
    dreifach: 3,
    vier: 4,
    fünf: 5,
    sechs: 6,
    sieben: 7,
    acht: 8,
    neun: 9,
    zehn: 10,
    zwölf: 12,
    zwanzig: 20,
    dreißig: 30,
    fünfzig: 50,
    hundert: 100,
    hunderte: 100,
    tausend: 1000,
    tausende: 1000,
    million: 1e6,
    millionen: 1e6,
  },
  fr: {
    deux: 2,
    double: 2,
    trois: 3,
    triple: 3,
    quatre: 4,
    cinq: 5,
    six: 6,
    sept: 7,
    huit: 8,
    dix: 10,
    douze: 12,
    vingt: 20,
    trente: 30,
    cinquante: 50,
    cent: 100,
    centaines: 100,
    mille: 1000,
    milliers: 1000,
    million: 1e6,
    millions: 1e6,
  },
  es: {
    dos: 2,
    doble: 2,
    tres: 3,
    triple: 3,
    cuatro: 4,
    cinco: 5,
    seis: 6,
    siete: 7,
    ocho: 8,
    nueve: 9,
    diez: 10,
    doce: 12,
    veinte: 20,
    treinta: 30,
    cincuenta: 50,
    cien: 100,
    cientos: 100,
    mil: 1000,
    miles: 1000,
    millón: 1e6,
    millones: 1e6,
  },
};

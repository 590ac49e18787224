import type { RawRow, Rejection } from '../domain/integrations/platform.ts';
import { textToMillionths, toMillionths } from './millionths.ts';
import { isCalendarDate } from './window.ts';

/** Thrown while reading a row and caught by `mapped`, which turns it into a rejection. Never leaves the platforms folder. */
export class UnusableField extends Error {
  readonly rejection: Rejection;

  constructor(field: string, wanted: string, got: unknown) {
    super(field);
    this.rejection = {
      field,
      reason: got === undefined ? `missing; ${wanted} expected` : `${wanted} expected, got ${shown(got)}`,
    };
  }
}

/** What a platform writes where it has no value. */
export interface AbsenceRules {
  /** Texts that mean "no value", such as TikTok's `-`. JSON's null always does. */
  readonly absentTexts?: readonly string[];
}

/**
 * Reads typed values out of one raw row by dotted path; a number in a path is the place in a list (`pivotValues.0`). Every
 * method throws `UnusableField` for a value it cannot read, and for an absent one unless it says otherwise.
 */
export class RawFields {
  readonly #raw: RawRow;
  readonly #absent: readonly string[];

  constructor(raw: RawRow, rules: AbsenceRules = {}) {
    this.#raw = raw;
    this.#absent = rules.absentTexts ?? [];
  }

  /** A platform id: digits, kept as text because 64 bits do not fit a number. */
  id(path: string): string {
    const value = this.#at(path);
    const id = idIn(value);
    if (id !== undefined) return id;
    throw new UnusableField(path, 'an id', value);
  }

  /** The id at the end of a longer name: `idAfter(path, 'urn:li:sponsoredCampaign:')`. */
  idAfter(path: string, prefix: string): string {
    const value = this.#at(path);
    const id = typeof value === 'string' && value.startsWith(prefix) ? idIn(value.slice(prefix.length)) : undefined;
    if (id !== undefined) return id;
    throw new UnusableField(path, `${prefix}<id>`, value);
  }

  /** A count or micros: whole and not negative. int64 arrives as decimal text. */
  whole(path: string): number {
    const value = this.#at(path);
    const number = typeof value === 'string' ? wholeIn(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
    throw new UnusableField(path, 'a whole number of 0 or more', value);
  }

  /** A decimal number, as a double or as text, in millionths: currency units become micros. Rounded once, half to even. */
  signedMillionths(path: string): number {
    const value = this.#at(path);
    const millionths =
      typeof value === 'number' ? toMillionths(value) : typeof value === 'string' ? textToMillionths(value) : undefined;
    if (millionths !== undefined) return millionths;
    throw new UnusableField(path, 'a number', value);
  }

  /** The same, not negative once it is rounded: sums of doubles may miss zero by a hair. */
  millionths(path: string): number {
    const millionths = this.signedMillionths(path);
    if (millionths >= 0) return millionths;
    throw new UnusableField(path, 'a number of 0 or more', this.#at(path));
  }

  date(path: string): string {
    const value = this.#at(path);
    if (typeof value === 'string' && isCalendarDate(value)) return value;
    throw new UnusableField(path, 'a calendar date (YYYY-MM-DD)', value);
  }

  /** A day written with its midnight: `2026-11-01 00:00:00`. */
  midnight(path: string): string {
    const value = this.#at(path);
    const [day = '', time] = typeof value === 'string' ? value.split(' ', 2) : [];
    if (isCalendarDate(day) && time === '00:00:00') return day;
    throw new UnusableField(path, 'a calendar date with its midnight (YYYY-MM-DD 00:00:00)', value);
  }

  /** A date in parts: `{ "year": 2026, "month": 11, "day": 1 }`. */
  dateParts(path: string): string {
    const value = this.#at(path);
    const part = (name: string, digits: number) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? String((value as Readonly<Record<string, unknown>>)[name]).padStart(digits, '0')
        : '';
    const day = `${part('year', 4)}-${part('month', 2)}-${part('day', 2)}`;
    if (isCalendarDate(day)) return day;
    throw new UnusableField(path, 'a calendar date in year, month and day', value);
  }

  text(path: string): string {
    const value = this.#at(path);
    if (typeof value === 'string' && value !== '') return value;
    throw new UnusableField(path, 'text', value);
  }

  /** `undefined` when absent or empty. */
  optionalText(path: string): string | undefined {
    const value = this.#at(path);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    throw new UnusableField(path, 'text', value);
  }

  /** A list of texts, or of objects that hold theirs at `inner`; empty when absent. Empty texts are left out. */
  texts(path: string, inner?: string): readonly string[] {
    const list = this.#at(path) ?? [];
    if (!Array.isArray(list)) throw new UnusableField(path, 'a list', list);
    return list.flatMap((_, index) => {
      const text = this.optionalText(inner === undefined ? `${path}.${index}` : `${path}.${index}.${inner}`);
      return text === undefined ? [] : [text];
    });
  }

  /** One of the known names of an enum, in our words. */
  oneOf<T extends string>(path: string, known: Readonly<Record<string, T>>): T {
    const value = this.#at(path);
    const word = typeof value === 'string' && Object.hasOwn(known, value) ? known[value] : undefined;
    if (word !== undefined) return word;
    throw new UnusableField(path, `one of ${Object.keys(known).join(', ')}`, value);
  }

  /** An open enum in kebab-case; what this version does not know stays readable as `unknown:<name>`. */
  openEnum(path: string, known: ReadonlySet<string>): string {
    const value = this.#at(path);
    if (typeof value === 'string' && known.has(value)) return value.toLowerCase().replaceAll('_', '-');
    if (typeof value === 'string' || typeof value === 'number') return `unknown:${value}`;
    throw new UnusableField(path, 'an enum value', value);
  }

  /** A segment in our words; one without a word stays readable as `other:<value>`, for its row holds somebody's money. */
  segment(path: string, words: Readonly<Record<string, string>>): string {
    const value = this.#at(path);
    if (typeof value !== 'number' && (typeof value !== 'string' || value === '')) {
      throw new UnusableField(path, 'a segment', value);
    }
    const name = String(value);
    return (Object.hasOwn(words, name) ? words[name] : undefined) ?? `other:${name}`;
  }

  /** Absent is false: wires leave out booleans that are not set. */
  flag(path: string): boolean {
    const value = this.#at(path) ?? false;
    if (typeof value === 'boolean') return value;
    throw new UnusableField(path, 'true or false', value);
  }

  has(path: string): boolean {
    return this.#at(path) !== undefined;
  }

  /** `undefined` for what is absent: null, a text that means so, a method that objects inherit. */
  #at(path: string): unknown {
    let value: unknown = this.#raw;
    for (const key of stepsOf(path)) {
      if (typeof value !== 'object' || value === null) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    if (typeof value === 'string') return this.#absent.includes(value) ? undefined : value;
    // Rows come from JSON, which has no functions: what they inherit is. Asking for own keys at each step takes three times as long.
    return value === null || typeof value === 'function' ? undefined : value;
  }
}

/** Paths are the few of the mappings' tables, read for every row of millions: each is taken apart once. */
const steps = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let known = steps.get(path);
  if (known === undefined) {
    known = path.split('.');
    // Places in lists are paths too; those of an endless list are not kept.
    if (steps.size < 1_000) steps.set(path, known);
  }
  return known;
}

/** Decimal digits as a number; text with anything else in it is `undefined`. */
function wholeIn(text: string): number | undefined {
  if (text.length === 0) return undefined;
  let number = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

function idIn(value: unknown): string | undefined {
  if (typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)) return value;
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
}

/** Short and on one line: rejections are read in tables. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

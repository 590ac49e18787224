import type { RawRow, Rejection } from '../../domain/integrations/platform.ts';
import { toMillionths } from '../millionths.ts';
import { isCalendarDate } from '../window.ts';

/** Thrown while reading a row and caught by the mapping, which turns it into a rejection. Never leaves the platform folder. */
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

/** Reads typed values out of one raw row by dotted path. */
export class RawFields {
  readonly #raw: RawRow;

  constructor(raw: RawRow) {
    this.#raw = raw;
  }

  /** A platform id: digits, kept as text because 64 bits do not fit a number. */
  id(path: string): string {
    const value = this.#at(path);
    if (typeof value === 'string' && /^[1-9]\d{0,18}$/.test(value)) return value;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value);
    throw new UnusableField(path, 'an id', value);
  }

  /** A count or micros: whole and not negative. int64 arrives as decimal text. */
  whole(path: string): number {
    const value = this.#at(path);
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
    throw new UnusableField(path, 'a whole number of 0 or more', value);
  }

  /** A double of the wire in millionths. */
  signedMillionths(path: string): number {
    const value = this.#at(path);
    const millionths = typeof value === 'number' ? toMillionths(value) : undefined;
    if (millionths !== undefined) return millionths;
    throw new UnusableField(path, 'a number', value);
  }

  /** A double of the wire in millionths, not negative once it is rounded: sums of doubles may miss zero by a hair. */
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

  text(path: string): string {
    const value = this.#at(path);
    if (typeof value === 'string' && value !== '') return value;
    throw new UnusableField(path, 'text', value);
  }

  /** `undefined` when absent or empty. */
  optionalText(path: string): string | undefined {
    const value = this.#at(path);
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    throw new UnusableField(path, 'text', value);
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

  /** Absent is false: the wire leaves out booleans that are not set. */
  flag(path: string): boolean {
    const value = this.#at(path) ?? false;
    if (typeof value === 'boolean') return value;
    throw new UnusableField(path, 'true or false', value);
  }

  has(path: string): boolean {
    return this.#at(path) !== undefined;
  }

  #at(path: string): unknown {
    let value: unknown = this.#raw;
    for (const key of path.split('.')) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[key];
    }
    return value;
  }
}

/** Short and on one line: rejections are read in tables. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

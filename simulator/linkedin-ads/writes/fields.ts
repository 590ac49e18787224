import type { Account } from '../../market/world.ts';
import { billableMicros } from '../../market/world.ts';
import { badField, type LinkedInError } from '../error.ts';

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a body, each read by name; whatever is left unread is something LinkedIn does not know. */
export class Fields {
  readonly #values: Json;
  readonly #path: string;
  readonly #read = new Set<string>();
  readonly #within: Fields[] = [];

  constructor(values: Json, path = '') {
    this.#values = values;
    this.#path = path;
  }

  static parse(body: string): Fields {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      throw badField('', 'The request body is not JSON.', 'INVALID_VALUE_FOR_FIELD');
    }
    if (!isRecord(value)) throw badField('', 'The request body is not an object.', 'INVALID_VALUE_FOR_FIELD');
    return new Fields(value);
  }

  path(name: string): string {
    return this.#path === '' ? name : `${this.#path}/${name}`;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  invalid(name: string, description: string): LinkedInError {
    return badField(this.path(name), description, 'INVALID_VALUE_FOR_FIELD');
  }

  value(name: string): unknown {
    this.#read.add(name);
    return this.#values[name];
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.invalid(name, 'is not a string');
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw this.#missing(name);
    return text;
  }

  /** A text of so many characters. */
  words(name: string, most: number): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (text.trim() === '') throw badField(this.path(name), 'cannot be empty', 'FIELD_LENGTH_TOO_SHORT');
    if ([...text].length > most)
      throw badField(this.path(name), `field length exceeds the maximum of ${most}`, 'FIELD_LENGTH_TOO_LONG');
    return text;
  }

  requiredWords(name: string, most: number): string {
    const text = this.words(name, most);
    if (text === undefined) throw this.#missing(name);
    return text;
  }

  oneOf<T extends string>(name: string, words: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const word = words.find((known) => known === text);
    if (word === undefined) throw this.invalid(name, `"${text}" is not one of ${words.join(', ')}`);
    return word;
  }

  requiredOneOf<T extends string>(name: string, words: readonly T[]): T {
    const word = this.oneOf(name, words);
    if (word === undefined) throw this.#missing(name);
    return word;
  }

  flag(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw this.invalid(name, 'is not a boolean');
  }

  requiredFlag(name: string): boolean {
    const flag = this.flag(name);
    if (flag === undefined) throw this.#missing(name);
    return flag;
  }

  /** Epoch milliseconds. */
  instant(name: string): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!Number.isSafeInteger(value) || Number(value) <= 0) throw this.invalid(name, 'is not a time in milliseconds');
    return Number(value);
  }

  requiredInstant(name: string): number {
    const instant = this.instant(name);
    if (instant === undefined) throw this.#missing(name);
    return instant;
  }

  within(name: string): Fields | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (!isRecord(value)) throw this.invalid(name, 'is not an object');
    const fields = new Fields(value, this.path(name));
    this.#within.push(fields);
    return fields;
  }

  requiredWithin(name: string): Fields {
    const fields = this.within(name);
    if (fields === undefined) throw this.#missing(name);
    return fields;
  }

  /** The id of a URN of one kind. */
  urn(name: string, kind: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const id = new RegExp(`^urn:li:${kind}:(\\d+)$`).exec(text)?.[1];
    if (id === undefined) throw this.invalid(name, `is not urn:li:${kind}:<digits>`);
    return id;
  }

  requiredUrn(name: string, kind: string): string {
    const id = this.urn(name, kind);
    if (id === undefined) throw this.#missing(name);
    return id;
  }

  /** Micros of an amount in the account's currency, at least so much. */
  money(name: string, account: Account, leastMicros: number): number | undefined {
    const fields = this.within(name);
    if (fields === undefined) return undefined;
    const amount = fields.required('amount');
    const currency = fields.required('currencyCode');
    if (currency !== account.currency)
      throw fields.invalid('currencyCode', `${currency} is not the currency of the account, ${account.currency}`);
    if (!/^\d{1,12}(\.\d{1,6})?$/.test(amount)) throw fields.invalid('amount', 'is not a decimal number');
    const micros = Math.round(Number(amount) * 1_000_000);
    if (micros % billableMicros(account.currency) !== 0)
      throw fields.invalid('amount', `has more decimals than ${account.currency} allows`);
    if (micros < leastMicros)
      throw badField(
        fields.path('amount'),
        `must be at least ${leastMicros / 1_000_000} ${account.currency}`,
        'FIELD_VALUE_TOO_LOW',
      );
    return micros;
  }

  /** Refuses whatever nobody asked about. */
  done(): void {
    const unread = Object.keys(this.#values).find((name) => !this.#read.has(name));
    if (unread !== undefined)
      throw badField(this.path(unread), 'The simulator does not model this field.', 'INVALID_VALUE_FOR_FIELD');
    for (const fields of this.#within) fields.done();
  }

  #missing(name: string): LinkedInError {
    return badField(
      this.path(name),
      'field is required but not found and has no default value',
      'REQUIRED_FIELD_MISSING',
    );
  }
}

import { dayOf } from '../market/calendar.ts';
import { badParameter } from './codes.ts';

/**
 * Parameters of one call. In a query, lists, objects and booleans are JSON; in a JSON body they are themselves. Every reading
 * names what it does not understand; `done` refuses what nobody read.
 */
export class Parameters {
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #isQuery: boolean;
  readonly #read = new Set<string>();

  constructor(given: Iterable<readonly [string, unknown]>, isQuery: boolean) {
    this.#given = new Map(given);
    this.#isQuery = isQuery;
  }

  text(name: string): string | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw badParameter(name, 'Not a valid string.');
    return value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') throw badParameter(name, 'Missing data for required field.');
    return value;
  }

  /** An amount of money or a price: a number, never a text. */
  number(name: string): number | undefined {
    const value = this.#take(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw badParameter(name, 'Not a valid number.');
    return value;
  }

  /** One of several, where it is given at all. */
  choice<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    return this.#given.get(name) === undefined ? undefined : this.oneOf(name, allowed);
  }

  /** A part of a form. */
  file(name: string): File {
    const value = this.#take(name);
    if (!(value instanceof File)) throw badParameter(name, 'Missing data for required field.');
    return value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback?: T): T {
    const value = this.text(name) ?? fallback;
    if (value === undefined) throw badParameter(name, 'Missing data for required field.');
    const known = allowed.find((one) => one === value);
    if (known === undefined) throw badParameter(name, `Value must be one of ${allowed.join(', ')}.`);
    return known;
  }

  whole(name: string, range: { readonly min: number; readonly max: number; readonly fallback: number }): number {
    const value = this.#take(name);
    if (value === undefined) return range.fallback;
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (!Number.isInteger(number)) throw badParameter(name, 'Not a valid integer.');
    if (Number(number) < range.min || Number(number) > range.max)
      throw badParameter(name, `Must be between ${range.min} and ${range.max}.`);
    return Number(number);
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#take(name);
    if (value === undefined) return fallback;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw badParameter(name, 'Not a valid boolean.');
  }

  /** A list of texts: `["a","b"]`, never `a,b`. */
  texts(name: string): readonly string[] | undefined {
    const value = this.#json(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
      throw badParameter(name, 'Not a valid list: a JSON array of strings is expected.');
    return value;
  }

  objects(name: string): readonly Readonly<Record<string, unknown>>[] {
    const value = this.#json(name) ?? [];
    if (!Array.isArray(value) || !value.every(isObject))
      throw badParameter(name, 'Not a valid list: a JSON array of objects is expected.');
    return value;
  }

  object(name: string): Readonly<Record<string, unknown>> {
    const value = this.#json(name) ?? {};
    if (!isObject(value)) throw badParameter(name, 'Not a valid object.');
    return value;
  }

  date(name: string): number {
    const value = this.required(name);
    try {
      return dayOf(value);
    } catch {
      throw badParameter(name, 'Not a valid date: YYYY-MM-DD is expected.');
    }
  }

  /** Refuses by name what the simulator does not model. */
  done(): void {
    for (const name of this.#given.keys())
      if (!this.#read.has(name)) throw badParameter(name, 'Unknown field, or one that the simulator does not model.');
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.#given.get(name);
  }

  #json(name: string): unknown {
    const value = this.#take(name);
    if (!this.#isQuery || typeof value !== 'string') return value;
    try {
      return JSON.parse(value);
    } catch {
      throw badParameter(name, 'Not valid JSON.');
    }
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

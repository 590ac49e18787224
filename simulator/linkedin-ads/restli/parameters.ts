import { badInput, LinkedInError, refusal, wrongType } from '../error.ts';
import { decodeRestli, percentDecoded, RestliSyntaxError, type RestliValue } from './decode.ts';

/** The parameters of one call; every reader names the parameter it does not like. */
export class Parameters {
  readonly #raw: ReadonlyMap<string, string>;

  private constructor(raw: ReadonlyMap<string, string>) {
    this.#raw = raw;
  }

  /** Splits a query string, or the form body of a tunnelled one. */
  static parse(query: string): Parameters {
    const raw = new Map<string, string>();
    for (const part of query.split('&')) {
      if (part === '') continue;
      const split = part.indexOf('=');
      const name = readable(split < 0 ? part : part.slice(0, split));
      if (raw.has(name)) throw badInput(name, 'The parameter stands twice.');
      raw.set(name, split < 0 ? '' : part.slice(split + 1));
    }
    return new Parameters(raw);
  }

  /** Refuses every parameter that is not one of these. */
  only(...names: readonly string[]): void {
    for (const name of this.#raw.keys()) {
      if (!names.includes(name))
        throw badInput(
          name,
          `Query parameter ${name} is not allowed; there are ${names.join(', ')}.`,
          'QUERY_PARAM_NOT_ALLOWED',
        );
    }
  }

  has(name: string): boolean {
    return this.#raw.has(name);
  }

  value(name: string): RestliValue | undefined {
    const raw = this.#raw.get(name);
    if (raw === undefined) return undefined;
    try {
      return decodeRestli(raw);
    } catch (error) {
      if (error instanceof RestliSyntaxError) throw wrongType(name, error.message);
      throw error;
    }
  }

  /** Not decoded as Rest.li: projections (`fields`) have a grammar of their own. */
  plain(name: string): string | undefined {
    const raw = this.#raw.get(name);
    return raw === undefined ? undefined : readable(raw);
  }

  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === 'string') return value;
    throw wrongType(name, 'a string is expected');
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw badInput(name, `Parameter '${name}' is required`, 'MISSING_FIELD');
    return text;
  }

  /** One of a set of words; LinkedIn also takes enums as `(value:WORD)`. */
  word<T extends string>(name: string, words: readonly T[], value = this.value(name)): T | undefined {
    if (value === undefined) return undefined;
    const text = value instanceof Map && value.size === 1 ? value.get('value') : value;
    const word = words.find((known) => known === text);
    if (word === undefined) throw wrongType(name, `expected one of ${words.join(', ')}`);
    return word;
  }

  integer(name: string, least: number, most: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw wrongType(name, `expected a whole number from ${least} to ${most}`);
    return number;
  }

  list(name: string): readonly RestliValue[] | undefined {
    const value = this.value(name);
    if (value === undefined || Array.isArray(value)) return value as readonly RestliValue[] | undefined;
    throw wrongType(name, 'a List(...) is expected');
  }

  /** Ids of URNs of one kind: `List(urn%3Ali%3AsponsoredCampaign%3A7)` of `sponsoredCampaign` is `['7']`. */
  urns(name: string, kind: string): readonly string[] | undefined {
    return this.list(name)?.map((item) => idOfUrn(name, item, kind));
  }

  record(name: string): ReadonlyMap<string, RestliValue> | undefined {
    const value = this.value(name);
    if (value === undefined || value instanceof Map) return value;
    throw wrongType(name, 'a record (key:value) is expected');
  }
}

/** The id in a URN of a kind. Throws when it is another. */
export function idOfUrn(name: string, value: RestliValue | undefined, kind: string): string {
  const prefix = `urn:li:${kind}:`;
  if (typeof value !== 'string' || !value.startsWith(prefix) || !/^\d+$/.test(value.slice(prefix.length)))
    throw wrongType(name, `expected ${prefix}<digits>, percent-encoded`);
  return value.slice(prefix.length);
}

function readable(text: string): string {
  try {
    return percentDecoded(text);
  } catch (error) {
    if (error instanceof RestliSyntaxError) throw refusal(400, 'ILLEGAL_ARGUMENT', `Invalid query: ${error.message}`);
    throw error instanceof LinkedInError ? error : new Error(String(error));
  }
}

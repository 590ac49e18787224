/**
 * Rest.li protocol 2.0.0 values as they stand in a query string: `List(a,b)`, `(key:value,key:value)` and strings. In a
 * string the characters `( ) , : '` are percent-encoded, everywhere else they are syntax and literal; the empty string is `''`.
 */
export type RestliValue = string | readonly RestliValue[] | ReadonlyMap<string, RestliValue>;

/** What is wrong with a value, and where. */
export class RestliSyntaxError extends Error {}

/** How deep records and lists may stand in each other: LinkedIn's own parameters need five. */
const maxDepth = 12;

/** Reads one value. Throws RestliSyntaxError. */
export function decodeRestli(text: string): RestliValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): RestliValue {
    if (depth > maxDepth) throw new RestliSyntaxError(`values stand more than ${maxDepth} deep in each other`);
    if (this.#text.startsWith('List(', this.#at)) {
      this.#at += 5;
      return this.#list(depth + 1);
    }
    if (this.#text[this.#at] === '(') {
      this.#at += 1;
      return this.#record(depth + 1);
    }
    return this.#string();
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#unexpected('the end');
  }

  #list(depth: number): readonly RestliValue[] {
    const items: RestliValue[] = [];
    if (this.#take(')')) return items;
    do items.push(this.value(depth));
    while (this.#take(','));
    this.#expect(')');
    return items;
  }

  #record(depth: number): ReadonlyMap<string, RestliValue> {
    const entries = new Map<string, RestliValue>();
    if (this.#take(')')) return entries;
    do {
      const key = this.#string();
      if (entries.has(key)) throw new RestliSyntaxError(`the key ${key} stands twice`);
      this.#expect(':');
      entries.set(key, this.value(depth));
    } while (this.#take(','));
    this.#expect(')');
    return entries;
  }

  #string(): string {
    if (this.#text.startsWith("''", this.#at)) {
      this.#at += 2;
      return '';
    }
    const start = this.#at;
    while (this.#at < this.#text.length && !"(),:'".includes(this.#text[this.#at] ?? '')) this.#at += 1;
    if (start === this.#at) throw this.#unexpected('a value');
    return percentDecoded(this.#text.slice(start, this.#at));
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#unexpected(`"${character}"`);
  }

  #unexpected(wanted: string): RestliSyntaxError {
    const found = this.#at < this.#text.length ? `"${this.#text[this.#at]}"` : 'the end';
    return new RestliSyntaxError(`expected ${wanted} at character ${this.#at + 1}, found ${found}`);
  }
}

export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new RestliSyntaxError(`"${text}" is not percent-encoded UTF-8`);
  }
}

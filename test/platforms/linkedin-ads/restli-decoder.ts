/** Rest.li 2.0.0 read back, written from the specification and not from the encoder. Numbers come back as texts: the notation has none. */
export type Decoded = string | readonly Decoded[] | { readonly [key: string]: Decoded };

export function decoded(text: string): Decoded {
  const reader = new Reader(text);
  const value = reader.value();
  reader.end();
  return value;
}

/** Parameters of a query string or of a tunnelled body; `fields` stays as it is. */
export function decodedQuery(query: string): Readonly<Record<string, Decoded>> {
  return Object.fromEntries(
    query
      .split('&')
      .filter(Boolean)
      .map((part) => {
        const [name = '', value = ''] = part.split(/=(.*)/s, 2);
        return [name, name === 'fields' ? value : decoded(value)];
      }),
  );
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): Decoded {
    if (this.#take('List(')) return this.#items(() => this.value());
    if (this.#take('(')) {
      const entries = this.#items((): [string, Decoded] => {
        const key = this.#word();
        if (!this.#take(':')) throw this.#unexpected();
        return [key, this.value()];
      });
      return Object.fromEntries(entries);
    }
    return this.#word();
  }

  end(): void {
    if (this.#at !== this.#text.length) throw this.#unexpected();
  }

  #items<T>(read: () => T): T[] {
    const items: T[] = [];
    if (this.#take(')')) return items;
    do items.push(read());
    while (this.#take(','));
    if (!this.#take(')')) throw this.#unexpected();
    return items;
  }

  #word(): string {
    if (this.#take("''")) return '';
    const [word = ''] = /^[^():,']+/.exec(this.#text.slice(this.#at)) ?? [];
    if (word === '') throw this.#unexpected();
    this.#at += word.length;
    return decodeURIComponent(word);
  }

  #take(sign: string): boolean {
    const found = this.#text.startsWith(sign, this.#at);
    if (found) this.#at += sign.length;
    return found;
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`unexpected at ${this.#at} of ${this.#text}`);
  }
}

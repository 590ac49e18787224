/**
 * Rest.li 2.0.0 in query strings (linkedin.github.io/rest.li/spec/protocol): `List(a,b)`, `(key:value)`, texts percent-encoded. The
 * punctuation of the notation itself stays literal, which is why no ordinary query encoder will do.
 */
export type Restli = string | number | boolean | readonly Restli[] | { readonly [key: string]: Restli };

export type RestliParameters = Readonly<Record<string, Restli | Plain | undefined>>;

/** A parameter that is not Rest.li: `fields` is a projection with commas of its own. */
export class Plain {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export function restli(value: Restli): string {
  if (typeof value === 'string') return text(value);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `List(${value.map(restli).join(',')})`;
  const entries = Object.entries(value).map(([key, inner]) => `${text(key)}:${restli(inner)}`);
  return `(${entries.join(',')})`;
}

/** A query string without its question mark; parameters that are `undefined` are left out. */
export function restliQuery(parameters: RestliParameters): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [`${encodeURIComponent(name)}=${value instanceof Plain ? value.text : restli(value)}`];
    })
    .join('&');
}

/** `encodeURIComponent` leaves parentheses and apostrophes alone, which are notation here. An empty text is two apostrophes. */
function text(value: string): string {
  if (value === '') return "''";
  return encodeURIComponent(value).replaceAll(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const isList = (value: readonly Restli[] | { readonly [key: string]: Restli }): value is readonly Restli[] =>
  Array.isArray(value);

import type { RestliValue } from './decode.ts';

/** Writes a value as Rest.li 2.0.0 has it in a query string; the inverse of `decodeRestli`. */
export function encodeRestli(value: RestliValue): string {
  if (typeof value === 'string') return encodeRestliString(value);
  if (value instanceof Map) {
    const entries = [...value].map(([key, inner]) => `${encodeRestliString(key)}:${encodeRestli(inner)}`);
    return `(${entries.join(',')})`;
  }
  return `List(${[...(value as readonly RestliValue[])].map(encodeRestli).join(',')})`;
}

/** `encodeURIComponent` leaves parentheses and apostrophes alone, which are syntax in Rest.li. */
function encodeRestliString(text: string): string {
  if (text === '') return "''";
  return encodeURIComponent(text).replace(/[()']/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);
}

import { queryError } from '../failure.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number };

const patterns = [
  { kind: 'space', pattern: /\s+/y },
  { kind: 'number', pattern: /-?\d+(?:\.\d+)?(?![\w.])/y },
  { kind: 'word', pattern: /[A-Za-z0-9_][\w.]*/y },
  { kind: 'symbol', pattern: /!=|<=|>=|[=<>(),]/y },
] as const;

/** Splits a GAQL query. Throws queryError BAD_SYMBOL, STRING_NOT_TERMINATED, PROHIBITED_NEWLINE_IN_STRING, BAD_ESCAPE_SEQUENCE. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  scan: while (at < query.length) {
    const quote = query[at];
    if (quote === "'" || quote === '"') {
      const { text, end } = readString(query, at, quote);
      tokens.push({ kind: 'string', text, at });
      at = end;
      continue;
    }
    for (const { kind, pattern } of patterns) {
      pattern.lastIndex = at;
      const match = pattern.exec(query);
      if (match === null) continue;
      if (kind !== 'space') tokens.push({ kind, text: match[0], at });
      at += match[0].length;
      continue scan;
    }
    throw queryError('BAD_SYMBOL', `Error in query: unexpected symbol ${JSON.stringify(quote)} at position ${at}.`);
  }
  return tokens;
}

function readString(query: string, start: number, quote: string): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < query.length; at += 1) {
    const char = query[at];
    if (char === quote) return { text, end: at + 1 };
    if (char === '\n') throw queryError('PROHIBITED_NEWLINE_IN_STRING', 'Error in query: a string contains a newline.');
    if (char === '\\') {
      at += 1;
      const escaped = query[at];
      if (escaped === undefined || !'\\\'"'.includes(escaped)) {
        throw queryError('BAD_ESCAPE_SEQUENCE', `Error in query: invalid escape sequence at position ${at - 1}.`);
      }
      text += escaped;
    } else text += char;
  }
  throw queryError(
    'STRING_NOT_TERMINATED',
    `Error in query: the string starting at position ${start} is not terminated.`,
  );
}

/** A place in the text as people count it: both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Token extends Place {
  /** `name` stands in double quotes; its `text` is what is inside them. `text` of a word is in lower case. */
  readonly kind: 'word' | 'name' | 'string' | 'number' | 'symbol';
  readonly text: string;
}

/** What a query does that is not allowed or not understood, where, in words for its author. */
export class SqlRefusal extends Error {
  readonly place: Place;

  constructor(message: string, place: Place) {
    super(message);
    this.place = place;
  }
}

/** The longest query; Athena itself takes 262,144 bytes. */
const maximumSqlLength = 20_000;

const patterns = [
  // PostgreSQL and DuckDB nest block comments and Trino does not: one that would end differently is refused below.
  ['comment', /--[^\n]*|\/\*[\s\S]*?\*\//y],
  ['space', /[ \t\r\n]+/y],
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['name', /"(?:[^"]|"")*"/y],
  ['string', /'(?:[^']|'')*'/y],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['symbol', /<>|!=|<=|>=|\|\||[-+*/%=<>(),.;]/y],
] as const;

/** Texts that reach the engine hold no control characters but line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/**
 * The tokens of a query; comments are left out for good. Throws `SqlRefusal` for characters that no query needs: what two
 * engines read differently (backslashes, dollar quotes, brackets, casts by colons) never reaches either.
 */
export function readTokens(sql: string): readonly Token[] {
  if (sql.length > maximumSqlLength)
    throw new SqlRefusal(`A query has at most ${maximumSqlLength} characters.`, { line: 1, column: 1 });
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < sql.length; ) {
    const place = { line, column: at - lineStart + 1 };
    const found = matchAt(sql, at, place);
    const { kind, text } = found;
    if (kind !== 'space' && kind !== 'comment') {
      const before = tokens.at(-1);
      if (kind === 'word' && before?.kind === 'number' && touches(sql, at))
        throw new SqlRefusal(`A space is missing before "${text}".`, place);
      tokens.push({ kind, text: plainText(kind, text), ...place });
    }
    for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) {
      line += 1;
      lineStart = at + index + 1;
    }
    at += text.length;
  }
  return tokens;
}

const touches = (sql: string, at: number): boolean => /[0-9.]/.test(sql[at - 1] ?? '');

function matchAt(sql: string, at: number, place: Place) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(sql)?.[0];
    if (text === undefined) continue;
    if (control.test(text)) throw new SqlRefusal('A control character is not allowed.', place);
    if (kind === 'comment' && text.lastIndexOf('/*') > 0 && text.startsWith('/*'))
      throw new SqlRefusal('A comment inside a comment is not allowed.', place);
    if (text === '/' && sql[at + 1] === '*') throw new SqlRefusal('This comment has no end.', place);
    return { kind, text };
  }
  const character = sql[at] ?? '';
  if (character === "'") throw new SqlRefusal('This text in quotes has no end.', place);
  if (character === '"') throw new SqlRefusal('This name in quotes has no end.', place);
  throw new SqlRefusal(`"${character}" is not allowed here.`, place);
}

function plainText(kind: Token['kind'], text: string): string {
  if (kind === 'word') return text.toLowerCase();
  if (kind === 'name') return text.slice(1, -1).replaceAll('""', '"').toLowerCase();
  return text;
}

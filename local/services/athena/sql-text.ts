/** The little that must be known of a statement before DuckDB sees it: its verb, its parameters and the tables it names. */
import { AwsError, unsupported } from '../../ports.ts';
import { unknownToAthena } from './duckdb-only.ts';
import { readMaintenance } from './maintenance.ts';

/** String literals, quoted identifiers and comments: where a keyword or a `?` is not one. */
const OPAQUE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\//g;

const VERBS = {
  SELECT: 'read',
  WITH: 'read',
  VALUES: 'read',
  INSERT: 'write',
  UPDATE: 'write',
  DELETE: 'write',
  MERGE: 'write',
  ALTER: 'write',
  OPTIMIZE: 'write',
  VACUUM: 'write',
} as const;

export type StatementKind = 'read' | 'write';

/** Functions of DuckDB that reach files; Athena has none of them. */
const FILE_FUNCTIONS = /\b(read_\w+|parquet_\w+|glob|sniff_csv|iceberg_\w+|delta_scan|sqlite_\w+|postgres_\w+)\s*\(/i;

/** Throws for statements outside the ones in use, by name. */
export function statementKind(sql: string): StatementKind {
  const bare = maskOpaque(sql);
  const verb = /^[\s(]*([a-z]+)/i.exec(bare)?.[1]?.toUpperCase() ?? '';
  if (!Object.hasOwn(VERBS, verb)) throw unsupported('Athena', `the statement ${verb || `"${sql.slice(0, 20)}"`}`);
  readMaintenance(sql);
  const reaching = FILE_FUNCTIONS.exec(bare)?.[1];
  if (reaching !== undefined) throw new AwsError('InvalidRequestException', `Function ${reaching} is not registered.`);
  const foreign = unknownToAthena(bare.replace(OPAQUE, (text) => ' '.repeat(text.length)));
  if (foreign !== undefined) throw new AwsError('InvalidRequestException', foreign);
  return VERBS[verb as keyof typeof VERBS];
}

/** Same length, blanks in place of everything opaque; quoted identifiers stay. */
function maskOpaque(sql: string): string {
  return sql.replace(OPAQUE, (text) => (text.startsWith('"') ? text : ' '.repeat(text.length)));
}

/** What a parameter may be: Athena takes SQL literals as text, strings with their quotes. */
const LITERAL =
  /^\s*(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|'(?:[^']|'')*'|(?:DATE|TIMESTAMP|DECIMAL)\s*'(?:[^']|'')*'|true|false|null)\s*$/i;

/** Puts the values for the `?` of a statement, in order. */
export function bindParameters(sql: string, values: readonly string[]): string {
  let used = 0;
  const bound = sql.replace(new RegExp(`${OPAQUE.source}|\\?`, 'g'), (text) => {
    if (text !== '?') return text;
    const value = values[used];
    used += 1;
    if (value === undefined) throw parameterCount(used, values.length);
    if (!LITERAL.test(value)) {
      throw new AwsError(
        'InvalidRequestException',
        `Execution parameter ${used} is not a SQL literal (strings need single quotes): ${value}`,
      );
    }
    return value;
  });
  if (used !== values.length) throw parameterCount(used, values.length);
  return bound;
}

function parameterCount(wanted: number, given: number): AwsError {
  return new AwsError(
    'InvalidRequestException',
    `The statement has ${wanted} or more parameters and ${given} values were given.`,
  );
}

export interface TableName {
  readonly database: string;
  readonly table: string;
}

const NAME = '(?:"(?:[^"]|"")*"|[a-z_][\\w]*)';
const TABLE_PLACE = new RegExp(
  `(?:\\b(?:FROM|JOIN|INTO|UPDATE|USING|ALTER\\s+TABLE|OPTIMIZE|VACUUM)\\b|,)\\s*(${NAME}(?:\\s*\\.\\s*${NAME}){0,2})`,
  'gi',
);

/** Names that stand where a table can stand; some are common table expressions or columns, which the catalog does not know. */
export function possibleTables(sql: string, database: string): readonly TableName[] {
  return [...maskOpaque(sql).matchAll(TABLE_PLACE)].map((match) => {
    const parts = (match[1] ?? '').match(new RegExp(NAME, 'gi')) ?? [];
    const names = parts.map((part) =>
      (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part).toLowerCase(),
    );
    return { database: names.at(-2) ?? database.toLowerCase(), table: names.at(-1) ?? '' };
  });
}

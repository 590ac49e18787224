import type { Place } from './tokens.ts';

export interface QueryFailure {
  /** For the author of the query: nothing of the engine, its files or the query as it was rewritten. */
  readonly message: string;
  /** Absent where the engine names nothing of the query. */
  readonly place?: Place;
}

/** Reasons as Athena and as DuckDB give them; the first group is the name that the author wrote. */
const reasons: readonly (readonly [RegExp, (name: string) => string])[] = [
  [
    /Column '([^']+)' cannot be resolved|Referenced (?:column|table) "([^"]+)" not found|does not have a column named "([^"]+)"/i,
    (name) => `There is no column "${name}" here.`,
  ],
  [
    /Column '([^']+)' is ambiguous|Ambiguous reference to column name "([^"]+)"/i,
    (name) => `"${name}" is in several tables: write table.${name}.`,
  ],
  [
    /'"?([\w".]+)"?' must be an aggregate expression or appear in GROUP BY|column "([^"]+)" must appear in the GROUP BY/i,
    (name) => `"${name}" must be in GROUP BY or inside a function like sum.`,
  ],
  [
    /Unexpected parameters \([^)]*\) for function (\w+)|No function matches the given name and argument types '(\w+)\(/i,
    (name) => `${name} does not take arguments of these types or of this number.`,
  ],
  [/Function '?(\w+)'? not registered/i, (name) => `The function ${name} is not available here.`],
  [/Division by zero/i, () => 'Something is divided by zero; divide by nullif(…, 0).'],
  [
    /Cannot cast|INVALID_CAST|Could not convert|Conversion Error/i,
    () => 'A value cannot be converted to the type asked for; use try_cast.',
  ],
  [
    /TYPE_MISMATCH|Cannot compare values of different types|Cannot apply operator|types? .* cannot be applied/i,
    () => 'Two values of different types are compared or combined; use CAST.',
  ],
  [/out of range|overflow/i, () => 'A number is too large for its type; use CAST(… AS double).'],
  [/Bytes scanned limit/i, () => 'The query reads too much; ask for fewer days or columns.'],
  [/more than one row|multiple rows/i, () => 'A SELECT in parentheses answers several rows where one is expected.'],
  [
    /Set operation|UNION.*number of columns|column[s]? .*UNION|different number of (result )?columns/i,
    () => 'The parts of UNION, INTERSECT or EXCEPT have different columns.',
  ],
  [
    /syntax error|mismatched input|Parser Error|SYNTAX_ERROR/i,
    () => 'The engine does not understand the query: an operator, comma or alias stands in the wrong place.',
  ],
];

/** Why the engine refused, in our words; `undefined` when it is no fault of the query. */
export function explainFailure(reason: string, sql: string): QueryFailure | undefined {
  for (const [pattern, say] of reasons) {
    const found = pattern.exec(reason);
    if (found === null) continue;
    const written = found.slice(1).find((group) => group !== undefined) ?? '';
    const name = (written.split('.').at(-1) ?? '').replaceAll('"', '').slice(0, 100);
    const place = name === '' ? undefined : placeOf(name, sql);
    // A name that is not the author's is one of ours.
    if (name !== '' && place === undefined) continue;
    return { message: say(name), ...(place && { place }) };
  }
  return undefined;
}

function placeOf(name: string, sql: string): Place | undefined {
  const escaped = name.replace(/[^\w]/g, '\\$&');
  const at = new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'i').exec(sql)?.index;
  if (at === undefined) return undefined;
  const before = sql.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}

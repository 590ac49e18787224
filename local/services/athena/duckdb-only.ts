/**
 * What DuckDB understands and Trino, Athena's engine, does not: a statement with it would pass here and fail on AWS. A list of the
 * likely ones; what is not on it is only known once the statement has run on Athena. https://trino.io/docs/current/functions.html
 */

/** Functions that Trino has not, each with what it has instead where there is something. */
const FUNCTIONS: Readonly<Record<string, string | undefined>> = {
  arg_max: 'max_by',
  arg_min: 'min_by',
  datediff: 'date_diff',
  date_part: 'extract',
  datepart: 'extract',
  datetrunc: 'date_trunc',
  epoch: 'to_unixtime',
  epoch_ms: 'to_unixtime',
  first: undefined,
  generate_series: 'sequence',
  group_concat: 'listagg',
  ifnull: 'coalesce',
  instr: 'strpos',
  isnan: 'is_nan',
  isfinite: 'is_finite',
  isinf: 'is_infinite',
  last: undefined,
  left: 'substr',
  len: 'length',
  list: 'array_agg',
  list_value: 'ARRAY[…]',
  make_date: 'date_parse',
  make_timestamp: 'date_parse',
  median: 'approx_percentile',
  mode: undefined,
  nvl: 'coalesce',
  printf: 'format',
  quantile: 'approx_percentile',
  quantile_cont: 'approx_percentile',
  quantile_disc: 'approx_percentile',
  range: 'sequence',
  regexp_full_match: 'regexp_like',
  regexp_matches: 'regexp_like',
  right: 'substr',
  str_split: 'split',
  strftime: 'date_format',
  string_agg: 'listagg',
  string_split: 'split',
  strptime: 'date_parse',
  struct_pack: undefined,
  to_json: 'json_format',
  today: 'current_date',
  try_strptime: 'date_parse',
};

const SYNTAX: readonly (readonly [RegExp, string])[] = [
  [/::/, 'the cast "::"; write CAST(… AS …)'],
  [/\bILIKE\b/i, 'ILIKE; compare lower(…)'],
  [/\bQUALIFY\b/i, 'QUALIFY; filter in an outer SELECT'],
  [/(?:\bSELECT|,)\s*(?:\w+\.)?\*\s*(?:EXCLUDE|REPLACE|RENAME)\b/i, 'EXCLUDE, REPLACE or RENAME after "*"'],
  [/\b(?:GROUP|ORDER)\s+BY\s+ALL\b/i, 'GROUP BY ALL or ORDER BY ALL'],
  [/\bUNION\s+(?:ALL\s+)?BY\s+NAME\b/i, 'BY NAME'],
  [/\b(?:ASOF|POSITIONAL|SEMI|ANTI)\s+JOIN\b/i, 'this kind of JOIN'],
  [/\bINSERT\s+OR\b|\bON\s+CONFLICT\b/i, 'ON CONFLICT; write MERGE'],
  [/\bRETURNING\b/i, 'RETURNING'],
  [/\bUSING\s+SAMPLE\b/i, 'USING SAMPLE; write TABLESAMPLE'],
  [/\bNOT\s+MATCHED\s+BY\s+SOURCE\b/i, 'WHEN NOT MATCHED BY SOURCE'],
  [/\bTHEN\s+(?:INSERT|UPDATE)\s+(?:SET\s+)?(?:\*|BY\b)/i, 'INSERT * or UPDATE SET * in MERGE; name the columns'],
  [/\bLIMIT\s+\w+\s+OFFSET\b/i, 'LIMIT before OFFSET; write OFFSET … LIMIT …'],
  [/==/, '"=="; write "="'],
  [/\bCAST\s*\([^()]*\bAS\s+(?:HUGEINT|UBIGINT|UINTEGER|TEXT|INT8|FLOAT4|FLOAT8)\b/i, 'this type'],
];

/** What Athena would refuse in a statement whose texts, comments and quoted names are blanked out; `undefined` where nothing is known against it. */
export function unknownToAthena(bare: string): string | undefined {
  for (const [pattern, what] of SYNTAX) {
    if (pattern.test(bare)) return `Athena does not know ${what}.`;
  }
  for (const [, name = ''] of bare.matchAll(/\b([a-z_]\w*)\s*\(/gi)) {
    const key = name.toLowerCase();
    if (!Object.hasOwn(FUNCTIONS, key)) continue;
    const instead = FUNCTIONS[key];
    return `Function '${key}' not registered${instead === undefined ? '' : `; Athena has ${instead}`}.`;
  }
  return undefined;
}

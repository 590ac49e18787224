/** Column types: as Glue declares them, as DuckDB stores them, as Athena reports them. */

const PLAIN: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  string: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  binary: 'BLOB',
};

/** `undefined` for a type this runtime does not map. */
export function duckDbType(glueType: string): string | undefined {
  const type = glueType.trim().toLowerCase();
  const decimal = /^decimal\((\d+)\s*,\s*(\d+)\)$/.exec(type);
  if (decimal !== null) return `DECIMAL(${decimal[1]}, ${decimal[2]})`;
  if (/^(varchar|char)\(\d+\)$/.test(type)) return 'VARCHAR';
  const list = /^(?:array|list)<(.+)>$/.exec(type);
  if (list !== null) {
    const element = duckDbType(list[1] ?? '');
    return element === undefined ? undefined : `${element}[]`;
  }
  return Object.hasOwn(PLAIN, type) ? PLAIN[type] : undefined;
}

const REPORTED: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  // DuckDB sums integers into 128 bits where Athena keeps 64.
  HUGEINT: 'bigint',
  UBIGINT: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'varchar',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp with time zone',
  BLOB: 'varbinary',
};

export interface AthenaColumn {
  readonly name: string;
  readonly type: string;
  readonly precision: number;
  readonly scale: number;
}

const PRECISIONS: Readonly<Record<string, number>> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  float: 17,
  double: 17,
  varchar: 2_147_483_647,
};

export function athenaColumn(name: string, duckDb: string): AthenaColumn {
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(duckDb);
  if (decimal !== null) return { name, type: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) };
  const type = REPORTED[duckDb] ?? (duckDb.endsWith('[]') ? 'array' : 'varchar');
  return { name, type, precision: PRECISIONS[type] ?? 0, scale: 0 };
}

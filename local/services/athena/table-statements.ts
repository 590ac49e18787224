/** The DuckDB statements that make a Glue table: a real table for Iceberg, a view for Parquet files. */
import type { Column, GlueTable } from './glue-table.ts';

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function createTable(table: GlueTable): string {
  const columns = table.columns
    .map((column) => `${quoteName(column.name)} ${column.type}${column.required ? ' NOT NULL' : ''}`)
    .join(', ');
  return `CREATE TABLE IF NOT EXISTS ${pathOf(table)} (${columns})`;
}

export function addColumn(table: GlueTable, column: Column): string {
  return `ALTER TABLE ${pathOf(table)} ADD COLUMN ${quoteName(column.name)} ${column.type}`;
}

export function pathOf(table: GlueTable): string {
  return `${quoteName(table.database)}.${quoteName(table.name)}`;
}

/**
 * A view with exactly the declared columns: missing ones are NULL, others are dropped, types are cast, as Athena reads Parquet by name.
 * DuckDB refuses a pattern that matches no file, so a table without files (`pattern` absent) is a view of no rows.
 */
export function createView(table: GlueTable, pattern: string | undefined): string {
  return `CREATE OR REPLACE VIEW ${pathOf(table)} AS ${rowsOf(table, pattern)}`;
}

/** A view that the connection alone sees, in place of the table's when a statement names the table without its database. */
export function createOwnView(table: GlueTable, pattern: string | undefined): string {
  return `CREATE TEMP VIEW ${quoteName(table.name)} AS ${rowsOf(table, pattern)}`;
}

function rowsOf(table: GlueTable, pattern: string | undefined): string {
  const columns = [...table.columns, ...table.partitions];
  const declared = columns.map((column) => `NULL::${column.type} AS ${quoteName(column.name)}`).join(', ');
  const cast = columns
    .map((column) => `CAST(${quoteName(column.name)} AS ${column.type}) AS ${quoteName(column.name)}`)
    .join(', ');
  const nothing = `SELECT ${declared} WHERE false`;
  if (pattern === undefined) return nothing;
  const hive = table.partitions.length > 0;
  const files = `SELECT * FROM read_parquet(${quoteText(pattern)}, union_by_name = true, hive_partitioning = ${hive}${hive ? ', hive_types_autocast = false' : ''})`;
  const limits = table.partitions.map(partitionLimit).filter((limit) => limit !== undefined);
  const where = limits.length > 0 ? ` WHERE ${limits.join(' AND ')}` : '';
  return `SELECT ${cast} FROM (${nothing} UNION ALL BY NAME ${files})${where}`;
}

function partitionLimit({ name, projection }: GlueTable['partitions'][number]): string | undefined {
  if (projection.kind === 'enum')
    return `CAST(${quoteName(name)} AS VARCHAR) IN (${projection.values.map(quoteText).join(', ')})`;
  if (projection.kind === 'integer')
    return `TRY_CAST(${quoteName(name)} AS BIGINT) BETWEEN ${projection.from} AND ${projection.to}`;
  return undefined;
}

/** Query results as Athena writes them: one CSV object, every value quoted, NULL as nothing at all. */
import type { Json } from '@duckdb/node-api';
import type { AthenaColumn } from './column-types.ts';

/** A value as Athena shows it, or `null`. */
export type Cell = string | null;

export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`;
}

/** From DuckDB's JSON form of a value. */
export function showValue(value: Json, type: string): Cell {
  if (value === null) return null;
  if (type === 'double' || type === 'float') return showDouble(Number(value));
  if (type === 'timestamp') return showTimestamp(String(value));
  if (type === 'timestamp with time zone') return `${showTimestamp(String(value).replace(/\+00$/, ''))} UTC`;
  if (Array.isArray(value))
    return `[${value.map((element) => (element === null ? 'null' : String(element))).join(', ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Java's Double.toString: always a fraction, an exponent from 10^7 and below 10^-3. */
function showDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** Microseconds, as columns of Iceberg tables have. */
function showTimestamp(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(6, '0')}`;
}

interface CsvPage {
  readonly rows: readonly (readonly Cell[])[];
  /** Byte offset of the next row; absent at the end. */
  readonly next?: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const NEWLINE = 0x0a;

/** Reads back what `csvLine` wrote, from a byte offset at the start of a row. */
export function readCsvPage(csv: Buffer, from: number, limit: number): CsvPage {
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let at = from;
  while (at < csv.length && rows.length < limit) {
    let cell: Cell = null;
    if (csv[at] === QUOTE) {
      const start = at + 1;
      let end = start;
      while (end < csv.length && !(csv[end] === QUOTE && csv[end + 1] !== QUOTE)) end += csv[end] === QUOTE ? 2 : 1;
      cell = csv.toString('utf8', start, end).replaceAll('""', '"');
      at = end + 1;
    }
    row.push(cell);
    if (csv[at] === NEWLINE) {
      rows.push(row);
      row = [];
    } else if (csv[at] !== COMMA) {
      throw new Error(`The result file is damaged at byte ${at}.`);
    }
    at += 1;
  }
  return at < csv.length ? { rows, next: at } : { rows };
}

export function headerOf(columns: readonly AthenaColumn[]): readonly string[] {
  return columns.map((column) => column.name);
}

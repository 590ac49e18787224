import type { MetricRow } from '../../contracts/schemas/metrics.ts';
import type { ExportColumn } from './export-columns.ts';

/** What a spreadsheet takes for the beginning of a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const formulaStart = /^[\s]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** One cell after RFC 4180; a text that a spreadsheet would run as a formula begins with an apostrophe. */
export function csvText(value: string): string {
  const safe = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Millionths as a decimal number with as many places as it needs, without a detour over fractions. */
export function decimalOf(millionths: number): string {
  const digits = String(Math.abs(millionths)).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${millionths < 0 ? '-' : ''}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

export const csvHeader = (columns: readonly ExportColumn[]): string =>
  `${columns.map(({ name }) => name).join(',')}\r\n`;

/** A row as a line; what is null is an empty cell, which zero is not. */
export const csvRow = (columns: readonly ExportColumn[], row: MetricRow): string =>
  `${columns.map((column) => csvCell(column, row)).join(',')}\r\n`;

function csvCell({ kind, of }: ExportColumn, row: MetricRow): string {
  const value = of(row);
  if (value === null) return '';
  if (typeof value === 'string') return csvText(value);
  return kind === 'money' || kind === 'parts' ? decimalOf(value) : String(value);
}

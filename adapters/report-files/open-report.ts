import type { ReadRows } from '../../domain/integrations/imports/downloaded-report.ts';
import { type Delimiter, delimitedRows, detectDelimiter } from './delimited-rows.ts';
import { decoded, detectEncoding, type TextEncoding } from './text-encoding.ts';
import { unreadable } from './unreadable-file.ts';
import { openWorkbook } from './workbook.ts';

/** A file whose rows can be read, as often as wanted. */
export interface OpenReport {
  readonly format:
    | { readonly kind: 'csv'; readonly encoding: TextEncoding; readonly delimiter: Delimiter }
    | { readonly kind: 'xlsx'; readonly sheet: string };
  readonly readRows: ReadRows;
}

/** Characters that the delimiter is chosen by. */
const looked = 64 * 1024;

const begins = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, index) => bytes[index] === byte);

/** Opens a downloaded report by what is in it, whatever its name says. Throws `invalid-request` for what is neither CSV nor XLSX. */
export async function openReport(bytes: Uint8Array): Promise<OpenReport> {
  if (bytes.length === 0) throw unreadable('The file is empty.');
  if (begins(bytes, 0x50, 0x4b, 0x03, 0x04)) {
    const { sheet, readRows } = await openWorkbook(bytes);
    return { format: { kind: 'xlsx', sheet }, readRows };
  }
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw unreadable('The file is an old or a protected Excel workbook. Save it as XLSX or CSV without a password.');
  }
  if (begins(bytes, 0x1f, 0x8b)) throw unreadable('The file is packed with gzip. Unpack it first.');
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46)) throw unreadable('The file is a PDF. Download the report as CSV or XLSX.');
  const encoding = detectEncoding(bytes);
  let start = '';
  for (const piece of decoded(bytes.subarray(0, looked), encoding)) start += piece;
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(start))
    throw unreadable('The file is a web page or XML. Download the report as CSV or XLSX.');
  if (start.includes('\u0000')) throw unreadable('The file is no text. Download the report as CSV or XLSX.');
  const delimiter = detectDelimiter(start.length < looked / 2 ? start : start.slice(0, start.lastIndexOf('\n') + 1));
  return {
    format: { kind: 'csv', encoding, delimiter },
    readRows: async function* () {
      yield* delimitedRows(decoded(bytes, encoding), delimiter);
    },
  };
}

import type { ReportRow } from '../../domain/integrations/imports/downloaded-report.ts';
import { maximumColumns } from '../../domain/integrations/imports/downloaded-report.ts';
import { unreadable } from './unreadable-file.ts';

export const delimiters = ['\t', ';', ','] as const;
export type Delimiter = (typeof delimiters)[number];

/** A record may be no longer: a quote that is never closed would take the rest of the file. */
const longestRecord = 1024 * 1024;
/** Rows that are given on at once. */
const pageRows = 1_000;
/** Records that the delimiter is chosen by. */
const looked = 60;

/** Records of delimited text (RFC 4180; quotes as spreadsheets write them), a page at a time. Lines count as an editor counts them. */
export function* delimitedRows(pieces: Iterable<string>, delimiter: Delimiter): Generator<ReportRow[]> {
  let page: ReportRow[] = [];
  let cells: string[] = [];
  let field = '';
  let line = 1;
  let begun = 1;
  let length = 0;
  let state: 'plain' | 'quoted' | 'quote' = 'plain';
  let carriage = false;

  const endField = (): void => {
    cells.push(field);
    field = '';
    state = 'plain';
    if (cells.length > maximumColumns) throw unreadable(`Line ${begun} has more than ${maximumColumns} columns.`);
  };
  const endRecord = (): void => {
    endField();
    page.push({ line: begun, cells });
    cells = [];
    length = 0;
  };

  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += 1) {
      const sign = piece[at] as string;
      length += 1;
      if (length > longestRecord) throw unreadable(`The row that begins in line ${begun} does not end.`);
      const afterCarriage = carriage;
      carriage = sign === '\r';
      if (sign === '\n' && !afterCarriage) line += 1;
      if (sign === '\r') line += 1;
      if (state === 'quoted') {
        if (sign === '"') state = 'quote';
        else field += sign;
        continue;
      }
      if (sign === '"' && state === 'quote') {
        field += '"';
        state = 'quoted';
      } else if (sign === '"' && field === '') state = 'quoted';
      else if (sign === delimiter) endField();
      else if (sign === '\n' || sign === '\r') {
        // The second half of one line's end.
        if (sign === '\n' && afterCarriage) {
          length = 0;
          continue;
        }
        endRecord();
        begun = line;
        if (page.length === pageRows) {
          yield page;
          page = [];
        }
      } else field += sign;
    }
  }
  if (state === 'quoted')
    throw unreadable(`The quotation mark in the row that begins in line ${begun} is never closed.`);
  if (field !== '' || cells.length > 0) endRecord();
  if (page.length > 0) yield page;
}

/** The sign that divides most rows into the same, largest number of cells: a title row or a decimal comma is not misled by. */
export function detectDelimiter(text: string): Delimiter {
  const scored = delimiters.map((delimiter) => {
    const widths = new Map<number, number>();
    for (const width of widthsOf(text, delimiter).slice(0, looked)) widths.set(width, (widths.get(width) ?? 0) + 1);
    return { delimiter, score: Math.max(0, ...[...widths].map(([width, times]) => (width - 1) * times)) };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

function widthsOf(text: string, delimiter: Delimiter): number[] {
  try {
    return [...delimitedRows([text], delimiter)].flat().map(({ cells }) => cells.length);
  } catch {
    // Its quotes or its width are wrong, which is told when it is read.
    return text.split(/\r\n?|\n/).map((line) => line.split(delimiter).length);
  }
}

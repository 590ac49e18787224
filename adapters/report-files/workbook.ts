import { dayNumber, dayOf } from '../../domain/integrations/calendar-day.ts';
import type { Cell, ReportRow } from '../../domain/integrations/imports/downloaded-report.ts';
import { maximumColumns, maximumRows } from '../../domain/integrations/imports/downloaded-report.ts';
import { unreadable } from './unreadable-file.ts';
import { xmlEvents } from './xml-events.ts';
import { openZip, type ZipArchive } from './zip-archive.ts';

/** What each kind of part may unpack to: a report's own size, and nothing a bomb would need. */
const maximumBytes = { sheet: 1024 ** 3, strings: 128 * 1024 ** 2, rest: 8 * 1024 ** 2 } as const;
const pageRows = 1_000;

/** The first sheet of a workbook (ECMA-376 SpreadsheetML) that is open. Formulas are not computed: their kept value is read, as text where it is text. */
export interface Workbook {
  readonly sheet: string;
  readRows(): AsyncGenerator<ReportRow[]>;
}

export async function openWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const zip = openZip(bytes);
  if (!zip.has('xl/workbook.xml')) throw unreadable('The file is a ZIP archive and no XLSX workbook.');
  const { sheet, part, since } = await firstSheet(zip);
  const strings = zip.has('xl/sharedStrings.xml') ? await sharedStrings(zip) : [];
  const dates = zip.has('xl/styles.xml') ? await dateStyles(zip) : new Set<number>();
  return { sheet, readRows: () => sheetRows(zip, part, { strings, dates, since }) };
}

async function firstSheet(zip: ZipArchive): Promise<{ sheet: string; part: string; since: number }> {
  let found: { name: string; id: string } | undefined;
  let since = dayNumber('1899-12-30');
  for await (const events of xmlEvents(zip.read('xl/workbook.xml', maximumBytes.rest))) {
    for (const event of events) {
      if (event.kind !== 'open') continue;
      const { name, state = 'visible', id = '', date1904 } = event.attributes;
      if (event.name === 'workbookPr' && (date1904 === '1' || date1904 === 'true')) since = dayNumber('1904-01-01');
      if (event.name === 'sheet' && state === 'visible') found ??= { name: name ?? '', id };
    }
  }
  if (!found) throw unreadable('The workbook has no visible sheet.');
  for await (const events of xmlEvents(zip.read('xl/_rels/workbook.xml.rels', maximumBytes.rest))) {
    for (const event of events) {
      if (event.kind !== 'open' || event.attributes.Id !== found.id) continue;
      const target = event.attributes.Target ?? '';
      return { sheet: found.name, part: target.startsWith('/') ? target.slice(1) : `xl/${target}`, since };
    }
  }
  throw unreadable(`The workbook does not say where its sheet ${found.name} is.`);
}

async function sharedStrings(zip: ZipArchive): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  /** Inside `<t>`, and not inside `<rPh>`, which says how a word is pronounced. */
  let taking = false;
  let phonetic = false;
  for await (const events of xmlEvents(zip.read('xl/sharedStrings.xml', maximumBytes.strings))) {
    for (const event of events) {
      if (event.kind === 'text') {
        if (taking && !phonetic) text += event.text;
      } else if (event.name === 't') taking = event.kind === 'open';
      else if (event.name === 'rPh') phonetic = event.kind === 'open';
      else if (event.name === 'si') {
        if (event.kind === 'close') strings.push(text);
        text = '';
      }
    }
  }
  return strings;
}

/** Built-in formats that show a day, as ECMA-376 18.8.30 numbers them. */
const builtInDates: ReadonlySet<number> = new Set([14, 15, 16, 17, 22]);

/** Styles that show a number as a day. */
async function dateStyles(zip: ZipArchive): Promise<Set<number>> {
  const formats = new Set(builtInDates);
  const styles = new Set<number>();
  let inCells = false;
  let index = 0;
  for await (const events of xmlEvents(zip.read('xl/styles.xml', maximumBytes.rest))) {
    for (const event of events) {
      if (event.kind === 'text') continue;
      if (event.name === 'cellXfs') inCells = event.kind === 'open';
      if (event.kind !== 'open') continue;
      const { numFmtId, formatCode = '' } = event.attributes;
      // Letters of a day or a year outside of quotes and brackets.
      if (event.name === 'numFmt' && /[dy]/i.test(formatCode.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, ''))) {
        formats.add(Number(numFmtId));
      }
      if (event.name === 'xf' && inCells) {
        if (formats.has(Number(numFmtId))) styles.add(index);
        index += 1;
      }
    }
  }
  return styles;
}

interface SheetContext {
  readonly strings: readonly string[];
  readonly dates: ReadonlySet<number>;
  /** Day number that the workbook counts days from. */
  readonly since: number;
}

async function* sheetRows(zip: ZipArchive, part: string, context: SheetContext): AsyncGenerator<ReportRow[]> {
  let page: ReportRow[] = [];
  let cells: Cell[] = [];
  let line = 0;
  let count = 0;
  let cell: { readonly column: number; readonly type: string; readonly style: number } | undefined;
  let text = '';
  let taking = false;
  for await (const events of xmlEvents(zip.read(part, maximumBytes.sheet))) {
    for (const event of events) {
      if (event.kind === 'text') {
        if (taking) text += event.text;
        continue;
      }
      if (event.name === 'row') {
        if (event.kind === 'open') {
          line = Number(event.attributes.r ?? line + 1);
          cells = [];
        } else {
          page.push({ line, cells });
          count += 1;
          if (count > maximumRows + 1_000)
            throw unreadable(`The sheet has more than ${maximumRows} rows. Download shorter periods.`);
          if (page.length === pageRows) {
            yield page;
            page = [];
          }
        }
      } else if (event.name === 'c') {
        if (event.kind === 'open') {
          const { r, t = 'n', s = '0' } = event.attributes;
          const column = r === undefined ? cells.length : columnNumber(r);
          if (column >= maximumColumns) throw unreadable(`Line ${line} has more than ${maximumColumns} columns.`);
          cell = { column, type: t, style: Number(s) };
          text = '';
        } else if (cell) {
          while (cells.length < cell.column) cells.push('');
          cells[cell.column] = cellValue(text, cell, context);
          cell = undefined;
        }
      } else if (event.name === 'v' || event.name === 't') taking = event.kind === 'open';
    }
  }
  if (page.length > 0) yield page;
}

/** `AB12` stands in column 27, counted from 0. */
function columnNumber(reference: string): number {
  let number = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') number = number * 26 + letter.charCodeAt(0) - 64;
  return number - 1;
}

function cellValue(
  text: string,
  { type, style }: { readonly type: string; readonly style: number },
  { strings, dates, since }: SheetContext,
): Cell {
  if (text === '') return '';
  if (type === 's') return strings[Number(text)] ?? '';
  if (type !== 'n') return type === 'e' ? '' : text;
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  if (!dates.has(style)) return Number.isSafeInteger(value) || !/^\d+$/.test(text) ? value : text;
  return Number.isInteger(value) ? dayOf(since + value) : text;
}

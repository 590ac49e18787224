import type { FactRow } from '../platform.ts';
import { type DateFormat, isoDay } from './date-format.ts';
import { decimalMillionths } from './decimal-millionths.ts';
import type { Cell, ReportField, ReportRow } from './downloaded-report.ts';
import { type DecimalSign, isAbsent, plainNumber } from './number-format.ts';
import type { MappedColumn, Recognised } from './recognise.ts';

/** Everything that has to be decided before a row can be read. */
export interface RowFormat {
  readonly dateFormat: DateFormat;
  readonly decimalSign: DecimalSign;
}

/** A row that cannot be used: in which column, and why. */
export class UnusableCell extends Error {
  readonly column: string;
  readonly field: ReportField;
  constructor(column: MappedColumn, reason: string) {
    super(reason);
    this.name = 'UnusableCell';
    this.column = column.title;
    this.field = column.field;
  }
}

/** Days whose reading is remembered: more than any platform keeps. */
const rememberedDays = 5_000;

/** Cells are shown in messages; nobody needs more of them. */
const shown = (cell: Cell): string => String(cell).slice(0, 60);

/** Reads the rows below the column titles. Every value is text or a number and nothing else: a formula stays what it is written as. */
export function createRowReader({ columns, report }: Pick<Recognised, 'columns' | 'report'>, format: RowFormat) {
  const by = new Map(columns.map((column) => [column.field, column]));

  const cellOf = (row: ReportRow, column: MappedColumn): Cell | undefined => {
    const cell = row.cells[column.index];
    return cell === undefined || (typeof cell === 'string' && isAbsent(cell)) ? undefined : cell;
  };

  /** A report has few days and many rows. */
  const days = new Map<Cell, string>();

  function day(row: ReportRow): string | undefined {
    const column = by.get('date');
    const cell = column && cellOf(row, column);
    if (cell === undefined) return undefined;
    const known = days.get(cell);
    if (known !== undefined) return known;
    const found = isoDay(String(cell), format.dateFormat);
    if (found !== undefined && days.size < rememberedDays) days.set(cell, found);
    return found;
  }

  function id(row: ReportRow, field: ReportField): string | null {
    const column = by.get(field);
    if (!column) return null;
    const cell = cellOf(row, column);
    if (cell === undefined) throw new UnusableCell(column, 'is empty');
    const text = String(cell).trim();
    // A spreadsheet that opened the file keeps 15 digits of a number: the last ones of a long id are gone.
    if (/^\d(?:[.,]\d+)?e\+?\d+$/i.test(text) || (typeof cell === 'number' && !Number.isSafeInteger(cell))) {
      throw new UnusableCell(
        column,
        `was rounded by a spreadsheet: ${shown(cell)}. Import the file as the platform wrote it`,
      );
    }
    const plain = text.replace(/^(?:\w+:)(?=\d)/, '').replaceAll(/(?<=\d)-(?=\d)/g, '');
    if (!/^\d{1,20}$/.test(plain)) throw new UnusableCell(column, `is no id: ${shown(cell)}`);
    return plain;
  }

  function millionths(row: ReportRow, column: MappedColumn): number | undefined {
    const cell = cellOf(row, column);
    if (cell === undefined) return undefined;
    const plain =
      typeof cell === 'number'
        ? /e/i.test(String(cell))
          ? cell.toFixed(6)
          : String(cell)
        : plainNumber(cell, format.decimalSign);
    const value = plain === undefined ? undefined : decimalMillionths(plain);
    if (value === undefined) throw new UnusableCell(column, `is no number that can be kept exactly: ${shown(cell)}`);
    return value;
  }

  function needed(row: ReportRow, field: ReportField): number {
    const column = by.get(field);
    if (!column) throw new TypeError(`A report without ${field} was not refused before its rows.`);
    const value = millionths(row, column);
    if (value === undefined) throw new UnusableCell(column, 'has no value, which is not zero');
    return value;
  }

  function whole(row: ReportRow, field: ReportField): number {
    const value = needed(row, field);
    const column = by.get(field);
    if (column && value % 1_000_000 !== 0) throw new UnusableCell(column, 'is no whole number');
    return value / 1_000_000;
  }

  /** The sum of the columns that make up a measure; not reported unless all of them are. */
  function reported(row: ReportRow, fields: readonly ReportField[]): number | null {
    let sum = 0;
    for (const field of fields) {
      const column = by.get(field);
      const value = column && millionths(row, column);
      if (value === undefined) return null;
      sum += value;
    }
    return sum;
  }

  function views(row: ReportRow): number | null {
    return reported(row, ['videoViews']) === null ? null : whole(row, 'videoViews');
  }

  return {
    day,
    /** Text of a column, `undefined` where the row or the report has none. */
    text(row: ReportRow, field: ReportField): string | undefined {
      const column = by.get(field);
      const cell = column && cellOf(row, column);
      return cell === undefined ? undefined : String(cell).trim();
    },
    id,
    /** Throws `UnusableCell`. */
    fact(row: ReportRow): FactRow {
      const date = day(row);
      if (date === undefined) {
        const column = by.get('date');
        if (!column) throw new TypeError('A report without days was not refused before its rows.');
        throw new UnusableCell(column, `is no day: ${shown(row.cells[column.index] ?? '')}`);
      }
      const term = by.get('searchTerm');
      return {
        date,
        campaignPlatformId: id(row, 'campaignPlatformId'),
        adGroupPlatformId: id(row, 'adGroupPlatformId'),
        adPlatformId: id(row, 'adPlatformId'),
        keywordPlatformId: id(row, 'keywordPlatformId'),
        segment: term ? String(row.cells[term.index] ?? '') : null,
        impressions: whole(row, 'impressions'),
        clicks: whole(row, 'clicks'),
        spendMicros: needed(row, 'spend'),
        conversionsMicros: reported(row, report.sums?.conversions ?? ['conversions']),
        conversionValueMicros: reported(row, report.sums?.conversionValue ?? ['conversionValue']),
        videoViews: views(row),
      };
    },
  };
}
export type RowReader = ReturnType<typeof createRowReader>;

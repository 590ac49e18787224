import type { FactRow, Grain, PlatformId } from '../platform.ts';
import { factKey, implausibleReport, validateFact } from '../validate-fact.ts';
import type { DateFormat } from './date-format.ts';
import {
  type DownloadedReport,
  normalised,
  type ReadRows,
  type ReportField,
  type ReportRow,
} from './downloaded-report.ts';
import { decidedDate, decidedSign, gatherEvidence, isEmpty, sampleRows } from './gather-evidence.ts';
import type { DecimalSign } from './number-format.ts';
import { ProblemList } from './problem-list.ts';
import { grainOf, maximumTitleRows, type Recognised, recognise } from './recognise.ts';
import { createRowReader, type RowReader, UnusableCell } from './row-reader.ts';

/** What somebody has decided where the file alone does not say. */
export interface ReportChoices {
  readonly platform?: PlatformId | undefined;
  readonly dateFormat?: DateFormat | undefined;
  readonly decimalSign?: DecimalSign | undefined;
  readonly currency?: string | undefined;
}

export interface ReadReportOptions {
  readonly reports: readonly DownloadedReport[];
  readonly grainsOf: (platform: PlatformId) => readonly Grain[];
  readonly choices?: ReportChoices;
  /** Looks at so many rows and no further; at all by default. */
  readonly rows?: number;
  /** Every fact that can be loaded, with its line. */
  readonly onFact?: (grain: Grain, fact: FactRow, row: ReportRow) => void;
  /** Every row that cannot. */
  readonly onRefused?: (row: ReportRow, field: string, reason: string) => void;
}

/** Everything the file says, and everything that is wrong with it. */
export interface ReadReport {
  readonly recognised: Recognised | undefined;
  readonly grain: Grain | undefined;
  readonly dateFormat: DateFormat | undefined;
  readonly decimalSign: DecimalSign | undefined;
  readonly currency: string | undefined;
  readonly accountPlatformId: string | undefined;
  readonly accountName: string | undefined;
  readonly timeZone: string | undefined;
  /** First and last day of its rows. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly rows: { readonly data: number; readonly usable: number; readonly totals: number };
  /** Whether all rows were looked at. */
  readonly complete: boolean;
  /** The first rows below the column titles, as they stand in the file. */
  readonly sample: readonly ReportRow[];
  readonly problems: ProblemList;
}

const needed: readonly ReportField[] = ['date', 'impressions', 'clicks', 'spend'];

/**
 * Reads a downloaded report: what it is, how it writes days and numbers, and its facts. Goes over the rows twice, because how a
 * day is written is known only after the last of them. Nothing is guessed: what stays open is a problem that says what to choose.
 */
export async function readReport(readRows: ReadRows, options: ReadReportOptions): Promise<ReadReport> {
  const problems = new ProblemList();
  const { choices = {} } = options;
  const first = await firstRows(readRows);
  const reports = options.reports.filter((one) => choices.platform === undefined || one.platform === choices.platform);
  const recognition = recognise(first, reports);
  if (recognition.kind !== 'recognised') {
    if (recognition.kind === 'ambiguous') {
      problems.error(
        'platform-ambiguous',
        `The column titles fit ${recognition.platforms.join(' and ')} alike: choose the platform.`,
      );
    } else {
      problems.error(
        'not-recognised',
        `No row among the first ${maximumTitleRows} has the column titles of a known report. ${reports.map((one) => one.howTo).join(' ')}`,
      );
    }
    return { ...nothing, problems, sample: first.slice(0, sampleRows) };
  }
  const { recognised } = recognition;
  const grain = checkColumns(recognised, options.grainsOf(recognised.report.platform), problems);
  const looked = options.rows ?? Number.POSITIVE_INFINITY;
  const found = await gatherEvidence(readRows, recognised, problems, looked);
  const dateFormat = choices.dateFormat ?? decidedDate(found.dates, problems);
  const decimalSign = choices.decimalSign ?? decidedSign(found.decimals, problems);
  const summary = {
    recognised,
    grain,
    dateFormat,
    decimalSign,
    timeZone: recognised.report.timeZone,
    complete: found.complete,
  };
  if (problems.errors > 0 || !grain || !dateFormat || !decimalSign) {
    return { ...nothing, ...summary, sample: found.sample, problems };
  }
  const reader = createRowReader(recognised, { dateFormat, decimalSign });
  const rest = await readFacts(readRows, recognised, reader, grain, options, problems);
  return { ...nothing, ...summary, ...rest, sample: found.sample, problems };
}

const nothing = {
  recognised: undefined,
  grain: undefined,
  dateFormat: undefined,
  decimalSign: undefined,
  currency: undefined,
  accountPlatformId: undefined,
  accountName: undefined,
  timeZone: undefined,
  from: undefined,
  to: undefined,
  rows: { data: 0, usable: 0, totals: 0 },
  complete: true,
} as const;

async function firstRows(readRows: ReadRows): Promise<ReportRow[]> {
  const first: ReportRow[] = [];
  for await (const rows of readRows()) {
    first.push(...rows.slice(0, maximumTitleRows - first.length));
    if (first.length >= maximumTitleRows) break;
  }
  return first;
}

function checkColumns(recognised: Recognised, supported: readonly Grain[], problems: ProblemList): Grain | undefined {
  const { report, headerLine: line, columns, language } = recognised;
  const titleOf = (field: ReportField): string => {
    const titles = report.titles[field];
    return titles?.[language]?.[0] ?? titles?.en?.[0] ?? field;
  };
  const has = new Set(columns.map(({ field }) => field));
  for (const field of needed.filter((one) => !has.has(one))) {
    const why = field === 'date' ? 'Facts are of single days' : 'A fact needs it';
    problems.error('column-missing', `The report has no column ${titleOf(field)}. ${why}: ${report.howTo}`, { line });
  }
  const { grain, missing } = grainOf(recognised, supported);
  for (const field of missing) {
    problems.error(
      'column-missing',
      `The report has no column ${titleOf(field)}, and names alone do not say which object a row is of. Add the column, or leave out the finer ones.`,
      { line },
    );
  }
  if (grain === undefined)
    problems.error('grain-unsupported', 'The platform has no facts of this level here.', { line });
  const dividing = new Set(report.dividing.map(normalised));
  for (const column of recognised.unmapped.filter((title) => dividing.has(normalised(title)))) {
    problems.error(
      'rows-divided',
      `The column ${column} divides the rows of one object and day. Leave it out of the report and download it again.`,
      { line, column },
    );
  }
  for (const parts of [report.sums?.conversions, report.sums?.conversionValue]) {
    const present = parts?.filter((field) => has.has(field)) ?? [];
    if (parts && present.length > 0 && present.length < parts.length) {
      problems.warning(
        'sum-incomplete',
        `${present.map(titleOf).join(', ')} alone is not what the platform’s API reports: without ${parts
          .filter((field) => !has.has(field))
          .map(titleOf)
          .join(', ')} it is left as not reported.`,
        { line },
      );
    }
  }
  return grain;
}

/** A row of totals names itself and no day. */
function isTotal(row: ReportRow, words: readonly string[]): boolean {
  return row.cells.some((cell) => {
    if (typeof cell !== 'string') return false;
    const text = normalised(cell);
    return words.some((word) => text.startsWith(word) && !/^\p{L}/u.test(text.slice(word.length)));
  });
}

async function readFacts(
  readRows: ReadRows,
  recognised: Recognised,
  reader: RowReader,
  grain: Grain,
  { choices = {}, onFact, onRefused, rows: looked = Number.POSITIVE_INFINITY }: ReadReportOptions,
  problems: ProblemList,
) {
  const words = recognised.report.totals.map(normalised);
  const rows = { data: 0, usable: 0, totals: 0 };
  const seen = new Map<string, number>();
  let from: string | undefined;
  let to: string | undefined;
  let accountPlatformId: string | undefined;
  let accountName: string | undefined;
  let currency = choices.currency;
  const refuse = (row: ReportRow, column: string, field: string, reason: string): void => {
    problems.warning('row-refused', `${column} ${reason}`, { line: row.line, column });
    onRefused?.(row, field, reason);
  };

  pages: for await (const page of readRows()) {
    for (const row of page) {
      if (row.line <= recognised.headerLine || isEmpty(row)) continue;
      if (rows.data + rows.totals === looked) break pages;
      if (reader.day(row) === undefined && isTotal(row, words)) {
        rows.totals += 1;
        continue;
      }
      rows.data += 1;
      try {
        const account = reader.id(row, 'accountPlatformId') ?? undefined;
        accountPlatformId ??= account;
        accountName ??= reader.text(row, 'accountName');
        if (account !== accountPlatformId) {
          problems.error('several-accounts', 'The report holds several accounts. Download one report an account.', {
            line: row.line,
          });
          return { rows, from, to, accountPlatformId, accountName, currency };
        }
        const named = reader.text(row, 'currency');
        currency ??= named;
        const mapped = reader.fact(row);
        const fact = named === undefined ? mapped : { ...mapped, reportedCurrency: named };
        const window = { from: fact.date, to: fact.date };
        const checked = validateFact(fact, { grain, window, currency: currency ?? '' });
        if (!checked.ok) {
          refuse(row, checked.rejection.field, checked.rejection.field, checked.rejection.reason);
          continue;
        }
        const key = factKey(grain, fact);
        const earlier = seen.get(key);
        if (earlier !== undefined) {
          refuse(row, 'date', 'date', `repeats the object and day of line ${earlier}`);
          continue;
        }
        seen.set(key, row.line);
        rows.usable += 1;
        if (from === undefined || fact.date < from) from = fact.date;
        if (to === undefined || fact.date > to) to = fact.date;
        onFact?.(grain, checked.row, row);
      } catch (error) {
        if (!(error instanceof UnusableCell)) throw error;
        refuse(row, error.column, error.field, error.message);
      }
    }
  }
  const why = implausibleReport({ read: rows.data, refused: rows.data - rows.usable });
  if (why !== undefined) problems.error('implausible', `${why}: the file is not what it was taken for.`);
  if (rows.data === 0) problems.error('empty', 'The report has no rows below its column titles.');
  return { rows, from, to, accountPlatformId, accountName, currency };
}

import { DateEvidence, type DateFormat } from './date-format.ts';
import type { ReadRows, ReportField, ReportRow } from './downloaded-report.ts';
import { maximumRows } from './downloaded-report.ts';
import { DecimalEvidence, type DecimalSign } from './number-format.ts';
import type { ProblemList } from './problem-list.ts';
import type { Recognised } from './recognise.ts';

/** Rows that a preview shows. */
export const sampleRows = 20;
const amounts: ReadonlySet<ReportField> = new Set(['spend', 'conversions', 'leads', 'conversionValue', 'leadValue']);
const counts: ReadonlySet<ReportField> = new Set(['impressions', 'clicks', 'videoViews']);

/** Goes over all rows once: how they write days and numbers, and the first of them. */
export async function gatherEvidence(
  readRows: ReadRows,
  recognised: Recognised,
  problems: ProblemList,
  looked: number,
) {
  const dates = new DateEvidence();
  const decimals = new DecimalEvidence();
  const sample: ReportRow[] = [];
  const numeric = recognised.columns.filter(({ field }) => amounts.has(field) || counts.has(field));
  const date = recognised.columns.find(({ field }) => field === 'date');
  let count = 0;
  for await (const rows of readRows()) {
    for (const row of rows) {
      if (row.line <= recognised.headerLine || isEmpty(row)) continue;
      if (count === looked) return { dates, decimals, sample, complete: false };
      count += 1;
      if (sample.length < sampleRows) sample.push(row);
      for (const { index, field } of numeric) {
        const cell = row.cells[index];
        if (typeof cell === 'string') decimals.add(cell, row.line, counts.has(field));
      }
      const day = date && row.cells[date.index];
      if (typeof day === 'string') dates.add(day, row.line);
    }
    if (count > maximumRows) {
      problems.error('too-many-rows', `The report has more than ${maximumRows} rows. Download shorter periods.`);
      break;
    }
  }
  return { dates, decimals, sample, complete: true };
}

export function decidedDate(dates: DateEvidence, problems: ProblemList): DateFormat | undefined {
  const decision = dates.decide();
  if (decision.kind === 'decided') return decision.format;
  if (decision.kind === 'ambiguous') {
    problems.error(
      'date-format-ambiguous',
      `No day of the report tells whether ${decision.text} begins with the day or the month: choose the date format.`,
      { line: decision.line },
    );
  } else {
    problems.error(
      'date-format-conflict',
      `Line ${decision.dayFirst} begins its date with the day, line ${decision.monthFirst} with the month: the file was put together or changed.`,
      { line: Math.max(decision.dayFirst, decision.monthFirst) },
    );
  }
  return undefined;
}

export function decidedSign(decimals: DecimalEvidence, problems: ProblemList): DecimalSign | undefined {
  const decision = decimals.decide();
  if (decision.kind === 'decided') return decision.sign;
  if (decision.kind === 'ambiguous') {
    problems.error(
      'number-format-ambiguous',
      'No number of the report tells whether its sign separates thousands or decimals: choose the decimal sign.',
      { line: decision.line },
    );
  } else {
    problems.error(
      'number-format-conflict',
      `Line ${decision.point} writes decimals with a point, line ${decision.comma} with a comma: the file was put together or changed.`,
      { line: Math.max(decision.point, decision.comma) },
    );
  }
  return undefined;
}

export const isEmpty = (row: ReportRow): boolean =>
  row.cells.every((cell) => cell === '' || String(cell).trim() === '');

import type { OpenReport } from '../../../adapters/report-files/open-report.ts';
import type { ImportPreview } from '../../../contracts/schemas/imports.ts';
import type { ReadReport } from '../../../domain/integrations/imports/read-report.ts';

/** What of a sample row is shown. */
const shownCells = 60;
const shownCharacters = 200;

export function presentPreview(format: OpenReport['format'], report: ReadReport): ImportPreview {
  const { recognised, rows, problems } = report;
  const currency = report.currency ?? null;
  return {
    importable: problems.errors === 0,
    platform: recognised?.report.platform ?? null,
    language: recognised?.language ?? null,
    grain: report.grain ?? null,
    accountPlatformId: report.accountPlatformId ?? null,
    accountName: report.accountName ?? null,
    currency: currency !== null && /^[A-Z]{3}$/.test(currency) ? currency : null,
    timeZone: report.timeZone ?? null,
    dateFormat: report.dateFormat ?? null,
    decimalSign: report.decimalSign ?? null,
    format: {
      kind: format.kind,
      encoding: format.kind === 'csv' ? format.encoding : null,
      delimiter: format.kind === 'csv' ? format.delimiter : null,
      sheet: format.kind === 'xlsx' ? format.sheet : null,
    },
    from: report.from ?? null,
    to: report.to ?? null,
    headerLine: recognised?.headerLine ?? null,
    titleRows: recognised?.titleRows.length ?? 0,
    totalRows: rows.totals,
    dataRows: rows.data,
    usableRows: rows.usable,
    complete: report.complete,
    columns: (recognised?.columns ?? []).map(({ title, field }) => ({ title, field })),
    unmapped: [...(recognised?.unmapped ?? [])],
    sample: report.sample.map(({ line, cells }) => ({
      line,
      cells: cells.slice(0, shownCells).map((cell) => String(cell).slice(0, shownCharacters)),
    })),
    problems: problems.items.map((problem) => ({ ...problem })),
    problemCount: problems.total,
  };
}

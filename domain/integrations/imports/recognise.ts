import type { Grain, PlatformId } from '../platform.ts';
import {
  type Cell,
  type DownloadedReport,
  normalised,
  type ReportField,
  type ReportLanguage,
  type ReportRow,
  reportFields,
  reportLanguages,
} from './downloaded-report.ts';

/** Rows above the column titles that a report may have: its name, its days, notes. */
export const maximumTitleRows = 30;

export interface MappedColumn {
  readonly field: ReportField;
  readonly index: number;
  readonly title: string;
}

/** Which report it is, and what its columns say. */
export interface Recognised {
  readonly report: DownloadedReport;
  readonly language: ReportLanguage;
  /** Line of the column titles. */
  readonly headerLine: number;
  readonly columns: readonly MappedColumn[];
  readonly unmapped: readonly string[];
  readonly titleRows: readonly ReportRow[];
}

export type Recognition =
  | { readonly kind: 'recognised'; readonly recognised: Recognised }
  | { readonly kind: 'unknown' }
  /** The titles fit several platforms equally well. */
  | { readonly kind: 'ambiguous'; readonly platforms: readonly PlatformId[] };

interface Candidate extends Recognised {
  readonly score: number;
}

/** Columns without which nothing is a report: a day, and a number. */
const measures: ReadonlySet<ReportField> = new Set(['impressions', 'clicks', 'spend']);
/** Fewer known titles than this are chance. */
const fewestColumns = 3;

/** Finds the row of column titles among the first rows and the platform whose titles they are. */
export function recognise(first: readonly ReportRow[], reports: readonly DownloadedReport[]): Recognition {
  const candidates = first
    .slice(0, maximumTitleRows)
    .flatMap((row, index) => reports.flatMap((report) => match(row, first.slice(0, index), report)))
    .toSorted((a, b) => b.score - a.score || a.headerLine - b.headerLine);
  const [best] = candidates;
  if (!best) return { kind: 'unknown' };
  const rivals = candidates.filter(
    (one) => one.score === best.score && one.headerLine === best.headerLine && one.report !== best.report,
  );
  if (rivals.length > 0) {
    return { kind: 'ambiguous', platforms: [...new Set([best, ...rivals].map((one) => one.report.platform))] };
  }
  const { score: _, ...recognised } = best;
  return { kind: 'recognised', recognised };
}

/** One row read as the column titles of one platform's report. Titles of different languages never stand in one file. */
function match(row: ReportRow, titleRows: readonly ReportRow[], report: DownloadedReport): Candidate[] {
  const best = reportLanguages
    .map((language) => ({ language, columns: columnsOf(row.cells, report, language) }))
    .reduce((a, b) => (b.columns.length > a.columns.length ? b : a));
  const fields = new Set(best.columns.map(({ field }) => field));
  if (best.columns.length < fewestColumns || ![...measures].some((field) => fields.has(field))) return [];
  const known = new Set(best.columns.map(({ index }) => index));
  return [
    {
      report,
      ...best,
      headerLine: row.line,
      titleRows,
      unmapped: row.cells
        .filter((cell, index) => !known.has(index) && String(cell).trim() !== '')
        .map((cell) => String(cell)),
      score: best.columns.length,
    },
  ];
}

function columnsOf(
  cells: readonly Cell[],
  { titles }: DownloadedReport,
  language: ReportLanguage,
): readonly MappedColumn[] {
  const texts = cells.map((cell) => normalised(String(cell)));
  return reportFields.flatMap((field) => {
    // The order of the titles is their rank: `Cost` stands before `Total cost` when a report has both.
    for (const title of titles[field]?.[language] ?? []) {
      const index = texts.indexOf(normalised(title));
      if (index !== -1) return [{ field, index, title: String(cells[index]) }];
    }
    return [];
  });
}

/** The grain that the ids of a report make, and columns that it lacks for it. */
export function grainOf(
  { columns }: Pick<Recognised, 'columns'>,
  supported: readonly Grain[],
): { readonly grain: Grain | undefined; readonly missing: readonly ReportField[] } {
  const has = new Set(columns.map(({ field }) => field));
  const level = levels.find(({ marks }) => marks.some((field) => has.has(field)));
  if (!level) return { grain: 'account', missing: [] };
  const missing = level.needs.filter((field) => !has.has(field));
  return { grain: supported.includes(level.grain) ? level.grain : undefined, missing };
}

/** Fine to coarse. A name without its id tells rows apart, but not which object they are of. */
const levels: readonly {
  readonly grain: Grain;
  readonly marks: readonly ReportField[];
  readonly needs: readonly ReportField[];
}[] = [
  { grain: 'search-term', marks: ['searchTerm'], needs: ['campaignPlatformId', 'adGroupPlatformId'] },
  {
    grain: 'keyword',
    marks: ['keywordPlatformId', 'keyword'],
    needs: ['campaignPlatformId', 'adGroupPlatformId', 'keywordPlatformId'],
  },
  {
    grain: 'ad',
    marks: ['adPlatformId', 'adName'],
    needs: ['campaignPlatformId', 'adGroupPlatformId', 'adPlatformId'],
  },
  {
    grain: 'ad-group',
    marks: ['adGroupPlatformId', 'adGroupName'],
    needs: ['campaignPlatformId', 'adGroupPlatformId'],
  },
  { grain: 'campaign', marks: ['campaignPlatformId', 'campaignName'], needs: ['campaignPlatformId'] },
];

import type { PlatformId } from '../platform.ts';

/** Stands where an account's connection stands, for accounts that no connection has listed yet. */
export const importedConnection = 'imported';

/** A value as the file has it: text, or a number where the file says that it is one (XLSX). */
export type Cell = string | number;

/** One row of a file; lines are counted from 1, as editors show them. */
export interface ReportRow {
  readonly line: number;
  readonly cells: readonly Cell[];
}

/** Rows of a file, in pieces, as often as it is asked for. */
export type ReadRows = () => AsyncIterable<readonly ReportRow[]>;

/** What a file may hold. */
export const maximumRows = 1_000_000;
export const maximumColumns = 500;

export const reportLanguages = ['en', 'de', 'fr', 'es'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

/** What a column of a downloaded report can say of a row. */
export const reportFields = [
  'date',
  'campaignPlatformId',
  'campaignName',
  'adGroupPlatformId',
  'adGroupName',
  'adPlatformId',
  'adName',
  'keywordPlatformId',
  'keyword',
  'searchTerm',
  'impressions',
  'clicks',
  'spend',
  'conversions',
  'leads',
  'conversionValue',
  'leadValue',
  'videoViews',
  'currency',
  'accountPlatformId',
  'accountName',
] as const;
export type ReportField = (typeof reportFields)[number];

/** Titles of one column by language. The first is what the platform writes today; the others are what it wrote before. */
export type Titles = Readonly<Partial<Record<ReportLanguage, readonly string[]>>>;

/** How the reports look that people download from one platform's own pages: a table to edit, no logic. */
export interface DownloadedReport {
  readonly platform: PlatformId;
  readonly titles: Readonly<Partial<Record<ReportField, Titles>>>;
  /** Columns that divide the rows of one object and day further (device, network, hour): such a report is refused by their name. */
  readonly dividing: readonly string[];
  /** Words that the first cell of a totals row begins with, in any language. */
  readonly totals: readonly string[];
  /** The zone of its days, where the platform has one for all accounts. */
  readonly timeZone?: string;
  /** Fields whose values add up to the fact's, as the platform's API is read; a report with only one of them is read as `null`. */
  readonly sums?: { readonly conversions?: readonly ReportField[]; readonly conversionValue?: readonly ReportField[] };
  /** How people get a report that can be imported. */
  readonly howTo: string;
}

/** Titles are compared without case, spaces at the ends, and the different spaces and hyphens that translations use. */
export const normalised = (title: string): string =>
  title
    .normalize('NFKC')
    .replaceAll(/[\s\u00a0\u202f]+/g, ' ')
    .replaceAll(/[\u2010-\u2015]/g, '-')
    .replaceAll('’', "'")
    .trim()
    .toLowerCase();

export type ProblemSeverity = 'error' | 'warning';

/** Something about the file that its owner has to know, or to decide. */
export interface ReportProblem {
  readonly severity: ProblemSeverity;
  /** Names the kind of problem for programs. */
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  /** Title of the column. */
  readonly column: string | null;
}

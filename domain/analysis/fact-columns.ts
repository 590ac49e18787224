import type { Grain } from '../../contracts/schemas/primitives.ts';
import type { EpochDay } from './calendar.ts';

/** What one fact row speaks of, below its account. Ids above the grain are present, those below it are not. */
export interface FactObject {
  readonly campaignId?: string;
  readonly campaignName?: string;
  readonly adGroupId?: string;
  readonly adGroupName?: string;
  readonly adId?: string;
  readonly adName?: string;
  readonly keywordId?: string;
  readonly keywordText?: string;
}

/**
 * One account's facts of one grain over some days, column by column: 900,000 rows take 45 MB here and ten times that as
 * objects. All columns have one length; numbers are whole and below 2^53.
 */
export interface FactColumns {
  readonly platform: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly currency: string;
  readonly grain: Grain;
  readonly objects: readonly FactObject[];
  /** Index into `objects`. */
  readonly object: Uint32Array;
  /** Account-local day. */
  readonly day: Int32Array;
  readonly impressions: Float64Array;
  readonly clicks: Float64Array;
  readonly spendMicros: Float64Array;
  readonly conversionsMicros: Float64Array;
  readonly conversionValueMicros: Float64Array;
}

/** One row on its way into columns. */
export interface FactEntry {
  readonly object: number;
  readonly day: EpochDay;
  readonly impressions: number;
  readonly clicks: number;
  readonly spendMicros: number;
  readonly conversionsMicros: number;
  readonly conversionValueMicros: number;
}

export type FactSource = Pick<FactColumns, 'platform' | 'accountId' | 'accountName' | 'currency' | 'grain' | 'objects'>;

/** Rows into columns. */
export function factColumnsOf(source: FactSource, rows: readonly FactEntry[]): FactColumns {
  const columns = {
    ...source,
    object: new Uint32Array(rows.length),
    day: new Int32Array(rows.length),
    impressions: new Float64Array(rows.length),
    clicks: new Float64Array(rows.length),
    spendMicros: new Float64Array(rows.length),
    conversionsMicros: new Float64Array(rows.length),
    conversionValueMicros: new Float64Array(rows.length),
  };
  for (const [index, row] of rows.entries()) {
    columns.object[index] = row.object;
    columns.day[index] = row.day;
    columns.impressions[index] = row.impressions;
    columns.clicks[index] = row.clicks;
    columns.spendMicros[index] = row.spendMicros;
    columns.conversionsMicros[index] = row.conversionsMicros;
    columns.conversionValueMicros[index] = row.conversionValueMicros;
  }
  return columns;
}

/** Roughly what the columns take in memory; for bounding a cache. 48 bytes a row, about 200 an object with its texts. */
export const bytesOf = (columns: FactColumns): number =>
  columns.object.byteLength +
  columns.day.byteLength +
  5 * columns.impressions.byteLength +
  200 * columns.objects.length;

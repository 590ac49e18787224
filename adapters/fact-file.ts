import { factColumns, segmentColumns } from '../contracts/warehouse.ts';
import { dayNumber } from '../domain/integrations/calendar-day.ts';
import type { FactRow, Grain } from '../domain/integrations/platform.ts';
import { type ColumnValues, createParquetFile, type ParquetValue } from './parquet-file.ts';

/** Rows held before they are packed: what bounds the memory of a file under way, beside its packed bytes. */
const rowGroup = 20_000;

/** What every row of one load shares. */
export interface FactProvenance {
  readonly workspaceId: string;
  readonly platform: string;
  readonly accountPlatformId: string;
  readonly currency: string;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly loadedAt: number;
  readonly runId: string;
  /** `import` for a downloaded report; absent for what the platform's API answered. */
  readonly origin?: 'import' | undefined;
}

export interface FactFile {
  readonly rows: number;
  add(row: FactRow): void;
  /** The Parquet bytes; a file without rows is valid too. */
  finish(): Uint8Array;
}

/** The same few days come again in every object's rows. */
const dayNumbers = new Map<string, number>();

function numberOf(date: string): number {
  let number = dayNumbers.get(date);
  if (number === undefined) {
    number = dayNumber(date);
    if (dayNumbers.size < 10_000) dayNumbers.set(date, number);
  }
  return number;
}

/** Where each column of the fact tables comes from: a fact of its own, or what all of a load share. */
const ownSources: Readonly<Record<string, (row: FactRow) => ParquetValue | null>> = {
  campaign_platform_id: (row) => row.campaignPlatformId,
  ad_group_platform_id: (row) => row.adGroupPlatformId,
  ad_platform_id: (row) => row.adPlatformId,
  keyword_platform_id: (row) => row.keywordPlatformId,
  ...Object.fromEntries(Object.values(segmentColumns).map(({ name }) => [name, (row: FactRow) => row.segment])),
  date: (row) => numberOf(row.date),
  impressions: (row) => row.impressions,
  clicks: (row) => row.clicks,
  spend_micros: (row) => row.spendMicros,
  conversions_micros: (row) => row.conversionsMicros,
  conversion_value_micros: (row) => row.conversionValueMicros,
  video_views: (row) => row.videoViews,
};
const sharedSources: Readonly<Record<string, (from: FactProvenance) => ParquetValue | null>> = {
  workspace_id: (from) => from.workspaceId,
  platform: (from) => from.platform,
  account_platform_id: (from) => from.accountPlatformId,
  currency: (from) => from.currency,
  time_zone: (from) => from.timeZone,
  loaded_at: (from) => from.loadedAt,
  run_id: (from) => from.runId,
  source: (from) => from.origin ?? null,
};

/** A Parquet file of one grain's facts, packed as it grows. A column of the contract without a source is refused. */
export function createFactFile(grain: Grain, from: FactProvenance): FactFile {
  const columns = factColumns(grain);
  const file = createParquetFile(columns);
  // Column by column from the start: whole rows that wait for their group are what the garbage collector works on.
  const own: { readonly read: (row: FactRow) => ParquetValue | null; held: (ParquetValue | null)[] }[] = [];
  const groups = columns.map(({ name, nullable }) => {
    const read = ownSources[name];
    if (read) {
      const column: (typeof own)[number] = { read, held: [] };
      own.push(column);
      return (): ColumnValues => {
        const { held } = column;
        column.held = [];
        if (!nullable && held.includes(null)) throw new TypeError(`A fact of grain ${grain} has no ${name}.`);
        return held;
      };
    }
    const shared = sharedSources[name];
    if (!shared) throw new TypeError(`The fact column ${name} has no source.`);
    const repeated = shared(from);
    return (length: number): ColumnValues => ({ repeated, length });
  });
  let [rows, waiting] = [0, 0];
  const pack = () => {
    file.add(groups.map((values) => values(waiting)));
    waiting = 0;
  };
  return {
    get rows() {
      return rows;
    },
    add(row) {
      for (const column of own) column.held.push(column.read(row));
      rows += 1;
      waiting += 1;
      if (waiting === rowGroup) pack();
    },
    finish() {
      if (waiting > 0) pack();
      return file.finish();
    },
  };
}

import { factColumns, segmentColumns } from '../contracts/warehouse.ts';
import { dayNumber } from '../domain/integrations/calendar-day.ts';
import type { FactRow, Grain } from '../domain/integrations/platform.ts';
import { createParquetFile, type ParquetValue } from './parquet-file.ts';

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

type Read = (row: FactRow, from: FactProvenance) => ParquetValue | null;

/** Where each column of the fact tables comes from. A column of the contract without a line here is refused at start. */
const sources: Readonly<Record<string, Read>> = {
  workspace_id: (_, from) => from.workspaceId,
  platform: (_, from) => from.platform,
  account_platform_id: (_, from) => from.accountPlatformId,
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
  currency: (_, from) => from.currency,
  time_zone: (_, from) => from.timeZone,
  loaded_at: (_, from) => from.loadedAt,
  run_id: (_, from) => from.runId,
  source: (_, from) => from.origin ?? null,
};

/** A Parquet file of one grain's facts, packed as it grows. */
export function createFactFile(grain: Grain, from: FactProvenance): FactFile {
  const columns = factColumns(grain).map((column) => {
    const read = sources[column.name];
    if (!read) throw new TypeError(`The fact column ${column.name} has no source.`);
    const value = (row: FactRow): ParquetValue | null => {
      const found = read(row, from);
      if (found === null && !column.nullable) throw new TypeError(`A fact of grain ${grain} has no ${column.name}.`);
      return found;
    };
    return { ...column, value };
  });
  const file = createParquetFile(columns);
  let held: FactRow[] = [];
  let rows = 0;
  const pack = () => {
    file.add(columns.map(({ value }) => held.map(value)));
    held = [];
  };
  return {
    get rows() {
      return rows;
    },
    add(row) {
      held.push(row);
      rows += 1;
      if (held.length === rowGroup) pack();
    },
    finish() {
      if (held.length > 0) pack();
      return file.finish();
    },
  };
}

import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { type ColumnType, factColumns } from '../contracts/warehouse.ts';
import { dayNumber } from '../domain/integrations/calendar-day.ts';
import type { FactRow, Grain } from '../domain/integrations/platform.ts';

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
}

export interface FactFile {
  readonly rows: number;
  add(row: FactRow): void;
  /** The Parquet bytes; a file without rows is valid too. */
  finish(): Uint8Array;
}

type Value = string | number | bigint;
type Read = (row: FactRow, from: FactProvenance) => Value | null;

/** Where each column of the fact tables comes from. A column of the contract without a line here is refused at start. */
const sources: Readonly<Record<string, Read>> = {
  workspace_id: (_, from) => from.workspaceId,
  platform: (_, from) => from.platform,
  account_platform_id: (_, from) => from.accountPlatformId,
  campaign_platform_id: (row) => row.campaignPlatformId,
  ad_group_platform_id: (row) => row.adGroupPlatformId,
  ad_platform_id: (row) => row.adPlatformId,
  keyword_platform_id: (row) => row.keywordPlatformId,
  date: (row) => dayNumber(row.date),
  impressions: (row) => BigInt(row.impressions),
  clicks: (row) => BigInt(row.clicks),
  spend_micros: (row) => BigInt(row.spendMicros),
  conversions_micros: (row) => BigInt(row.conversionsMicros),
  conversion_value_micros: (row) => BigInt(row.conversionValueMicros),
  currency: (_, from) => from.currency,
  time_zone: (_, from) => from.timeZone,
  loaded_at: (_, from) => BigInt(from.loadedAt),
  run_id: (_, from) => from.runId,
};

const elements: Readonly<Record<ColumnType, Omit<SchemaElement, 'name'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  bigint: { type: 'INT64', repetition_type: 'REQUIRED' },
  date: { type: 'INT32', converted_type: 'DATE', repetition_type: 'REQUIRED' },
  timestamp: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'REQUIRED' },
};

/** A Parquet file of one grain's facts, packed as it grows. */
export function createFactFile(grain: Grain, from: FactProvenance): FactFile {
  const columns = factColumns(grain).map((column) => {
    const read = sources[column.name];
    if (!read) throw new TypeError(`The fact column ${column.name} has no source.`);
    return { name: column.name, read, element: { name: column.name, ...elements[column.type] } };
  });
  const writer = new ByteWriter();
  const file = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map((column) => column.element)],
  });
  let held: FactRow[] = [];
  let rows = 0;
  const pack = () => {
    file.write({
      columnData: columns.map(({ name, read }) => ({ name, data: held.map((row) => read(row, from)) })),
      rowGroupSize: rowGroup,
    });
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
      file.finish();
      return writer.getBytes();
    },
  };
}

import * as z from 'zod/mini';
import {
  accountId,
  adGroupId,
  adId,
  campaignId,
  currency,
  grain,
  instant,
  isoDate,
  keywordId,
  platformId,
  timeZone,
} from '../../contracts/schemas/primitives.ts';
import { AppError } from '../errors.ts';
import type { FactRow } from '../integrations/platform.ts';

/** Measures of a rollup, in the order their columns are stored; new ones come last. */
const rollupMeasures = [
  'impressions',
  'clicks',
  'spendMicros',
  'conversionsMicros',
  'conversionValueMicros',
  'videoViews',
] as const;
export type RollupMeasure = (typeof rollupMeasures)[number];
/** Measures that may be null. */
const nullableMeasures: ReadonlySet<string> = new Set(['conversionsMicros', 'conversionValueMicros', 'videoViews']);

/** The object a row speaks of, with the ids of its parents; only the levels of the grain are set. */
const rollupObject = z.object({
  campaignId: z.optional(campaignId),
  adGroupId: z.optional(adGroupId),
  adId: z.optional(adId),
  keywordId: z.optional(keywordId),
  /** Segment grains: the value. */
  segment: z.optional(z.string()),
  /** The platform's own id of the finest level. */
  platformId: z.string(),
});
export type RollupObject = z.infer<typeof rollupObject>;

/** What all rows of one rollup share. */
const rollupHeader = z.object({
  grain,
  accountId,
  platform: platformId,
  currency,
  timeZone,
  /** `2026-11`. */
  month: z.string(),
  /** The newest load among the rows; null without rows. */
  loadedAt: z.nullable(instant),
});
export type RollupHeader = z.infer<typeof rollupHeader>;

const storedHeader = z.extend(rollupHeader, {
  rows: z.int().check(z.minimum(0)),
  objects: z.array(rollupObject),
  dates: z.array(isoDate),
  /** By date, when a load last changed a row of it. Rollups of the first release do not say. */
  loads: z._default(z.array(z.nullable(instant)), []),
  /** Names of the measure columns. Rollups of the first release have the first five and do not name them. */
  measures: z._default(z.array(z.string()), rollupMeasures.slice(0, 5)),
});

/**
 * One account, grain and month, column by column. Row `i` speaks of `objects[object[i]]` on `dates[date[i]]`. Measures are
 * whole numbers below 2^53, which float64 holds exactly; NaN is null, "not reported". Rows are sorted by object, then date.
 */
export interface Rollup extends RollupHeader {
  readonly rows: number;
  readonly objects: readonly RollupObject[];
  readonly dates: readonly string[];
  /** As long as `dates`, or empty where it is not known. */
  readonly loads: readonly (string | null)[];
  readonly object: Uint32Array;
  readonly date: Uint32Array;
  readonly measures: Readonly<Record<RollupMeasure, Float64Array>>;
}

export interface RollupRow extends Pick<FactRow, 'date' | RollupMeasure> {
  readonly object: RollupObject;
  /** UTC instant. */
  readonly loadedAt?: string;
}

/** `CXR1`, little-endian. */
const magic = 0x31525843;
const alignment = 8;
const aligned = (bytes: number): number => Math.ceil(bytes / alignment) * alignment;

const objectKey = (object: RollupObject): string =>
  [object.campaignId, object.adGroupId, object.adId, object.keywordId, object.segment].join('/');

/**
 * Bytes: magic, header length (both uint32), header JSON padded with spaces to 8 bytes, then the columns `object` and `date`
 * (uint32, each padded to 8 bytes) and the measures (float64). Little-endian. The same rows in any order give the same bytes.
 */
export function encodeRollup(header: RollupHeader, rows: readonly RollupRow[]): Uint8Array<ArrayBuffer> {
  const byKey = new Map(rows.map((row) => [objectKey(row.object), row.object]));
  const keys = [...byKey.keys()].sort();
  const dates = [...new Set(rows.map((row) => row.date))].sort();
  const objectAt = new Map(keys.map((key, index) => [key, index]));
  const dateAt = new Map(dates.map((date, index) => [date, index]));
  const loads = newestLoads(rows);
  const placed = rows
    .map((row) => ({ row, object: objectAt.get(objectKey(row.object)) ?? 0, date: dateAt.get(row.date) ?? 0 }))
    .sort((a, b) => a.object - b.object || a.date - b.date);

  const text = new TextEncoder().encode(
    JSON.stringify({
      ...rollupHeader.parse(header),
      rows: rows.length,
      objects: keys.map((key) => byKey.get(key)),
      dates,
      ...(loads.size > 0 && { loads: dates.map((date) => loads.get(date) ?? null) }),
      measures: rollupMeasures,
    }),
  );
  const columnsAt = aligned(8 + text.length);
  const keyBytes = aligned(rows.length * 4);
  const bytes = new Uint8Array(columnsAt + 2 * keyBytes + rollupMeasures.length * rows.length * 8);
  const view = new DataView(bytes.buffer);
  bytes.fill(0x20, 8, columnsAt);
  view.setUint32(0, magic, true);
  view.setUint32(4, columnsAt - 8, true);
  bytes.set(text, 8);
  for (const [index, { row, object, date }] of placed.entries()) {
    view.setUint32(columnsAt + index * 4, object, true);
    view.setUint32(columnsAt + keyBytes + index * 4, date, true);
    for (const [place, measure] of rollupMeasures.entries()) {
      const value = row[measure];
      const absent = value === null && nullableMeasures.has(measure);
      if (!Number.isSafeInteger(value) && !absent) {
        throw new AppError(
          'internal',
          `${measure} of ${row.date} is ${value}: not a whole number that can be kept exactly.`,
        );
      }
      view.setFloat64(columnsAt + 2 * keyBytes + (place * rows.length + index) * 8, value ?? Number.NaN, true);
    }
  }
  return bytes;
}

/** The newest load of each date that says one. */
function newestLoads(rows: readonly RollupRow[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { date, loadedAt } of rows) {
    const known = newest.get(date);
    if (loadedAt !== undefined && (known === undefined || known < loadedAt)) newest.set(date, loadedAt);
  }
  return newest;
}

/** Reads what `encodeRollup` wrote without copying the columns. Throws `AppError` `internal` for anything else. */
export function decodeRollup(source: Uint8Array): Rollup {
  // Typed arrays need aligned memory; a Buffer from a pool may start anywhere.
  const bytes = source.byteOffset % alignment === 0 ? source : new Uint8Array(source);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8 || view.getUint32(0, true) !== magic) throw damaged('it does not begin as one');
  const columnsAt = 8 + view.getUint32(4, true);
  if (columnsAt > bytes.length) throw damaged('its header is cut off');
  const header = storedHeader.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(8, columnsAt))));
  const keyBytes = aligned(header.rows * 4);
  if (bytes.length !== columnsAt + 2 * keyBytes + header.measures.length * header.rows * 8) {
    throw damaged('its columns do not have the length its header tells');
  }
  const at = bytes.byteOffset + columnsAt;
  const column = (measure: RollupMeasure): Float64Array => {
    const place = header.measures.indexOf(measure);
    return place < 0
      ? new Float64Array(header.rows).fill(Number.NaN)
      : new Float64Array(bytes.buffer, at + 2 * keyBytes + place * header.rows * 8, header.rows);
  };
  return {
    ...header,
    object: new Uint32Array(bytes.buffer, at, header.rows),
    date: new Uint32Array(bytes.buffer, at + keyBytes, header.rows),
    measures: {
      impressions: column('impressions'),
      clicks: column('clicks'),
      spendMicros: column('spendMicros'),
      conversionsMicros: column('conversionsMicros'),
      conversionValueMicros: column('conversionValueMicros'),
      videoViews: column('videoViews'),
    },
  };
}

const damaged = (how: string): AppError => new AppError('internal', `A rollup cannot be read: ${how}.`);

/**
 * A mapping's table of where each column of a fact is read. The same table is what `sources` tells, so the data dictionary
 * cannot say anything else than what is read.
 */
import type { FactField, FactRow, FieldSource, Mapped } from '../domain/integrations/platform.ts';
import { type RawFields, UnusableField } from './raw-fields.ts';

/** One column: where it stands, in what unit, and how one path is read. Several paths are added. */
export interface FactColumn<T extends string | number, Absent = T> extends FieldSource {
  readonly read: (fields: RawFields, path: string) => T;
  /** The value where the platform leaves the field out; without it such a row is refused. */
  readonly whenAbsent?: Absent;
}

type Ids = 'campaignPlatformId' | 'adGroupPlatformId' | 'adPlatformId' | 'keywordPlatformId';
type Reportable = 'conversionsMicros' | 'conversionValueMicros' | 'videoViews';
type Counted = Exclude<FactField, 'date' | 'segment' | Reportable | Ids>;

/** The columns that a grain has on a platform. Ids, the segment and measures that are left out are `null`. */
export type FactColumns = { readonly date: FactColumn<string> } & {
  readonly [Field in Counted]: FactColumn<number>;
} & { readonly [Field in Ids | 'segment' | 'reportedCurrency']?: FactColumn<string> } & {
  /** `null` where it is absent is "not reported", which is not zero. */
  readonly [Field in Reportable]?: FactColumn<number, number | null>;
};

/** Reads a fact by its table. Throws `UnusableField`. */
export function readFact(columns: FactColumns, fields: RawFields): FactRow {
  const fact = {
    date: textIn(columns.date, fields),
    campaignPlatformId: optional(columns.campaignPlatformId, fields),
    adGroupPlatformId: optional(columns.adGroupPlatformId, fields),
    adPlatformId: optional(columns.adPlatformId, fields),
    keywordPlatformId: optional(columns.keywordPlatformId, fields),
    segment: optional(columns.segment, fields),
    impressions: sumOf(columns.impressions, fields),
    clicks: sumOf(columns.clicks, fields),
    spendMicros: sumOf(columns.spendMicros, fields),
    conversionsMicros: reported(columns.conversionsMicros, fields),
    conversionValueMicros: reported(columns.conversionValueMicros, fields),
    videoViews: reported(columns.videoViews, fields),
  };
  return columns.reportedCurrency ? { ...fact, reportedCurrency: textIn(columns.reportedCurrency, fields) } : fact;
}

/** Turns the field that could not be read into a rejection. Other errors are bugs and stay errors. */
export function mapped<T>(read: () => T): Mapped<T> {
  try {
    return { ok: true, row: read() };
  } catch (error) {
    if (error instanceof UnusableField) return { ok: false, rejection: error.rejection };
    throw error;
  }
}

const optional = (column: FactColumn<string> | undefined, fields: RawFields): string | null =>
  column ? textIn(column, fields) : null;

function textIn(column: FactColumn<string>, fields: RawFields): string {
  const path = column.paths[0];
  if (path === undefined || column.paths.length > 1)
    throw new RangeError(`Text is read from one path, not [${column.paths}].`);
  return valueAt(column, fields, path);
}

/** A sum of which a part is not reported is not known. */
function reported(given: FactColumn<number, number | null> | undefined, fields: RawFields): number | null {
  if (!given) return null;
  let sum = 0;
  for (const path of given.paths) {
    const value = valueAt(given, fields, path);
    if (value === null) return null;
    sum += value;
  }
  return sum;
}

function sumOf(column: FactColumn<number>, fields: RawFields): number {
  let sum = 0;
  for (const path of column.paths) sum += valueAt(column, fields, path);
  return sum;
}

function valueAt<T extends string | number, Absent>(
  column: FactColumn<T, Absent>,
  fields: RawFields,
  path: string,
): T | Absent {
  if (column.whenAbsent !== undefined && !fields.has(path)) return column.whenAbsent;
  return column.read(fields, path);
}

/** The kinds of columns that every platform has, by unit. */
export const columnOf = {
  id: (path: string, caveat?: string) => text('id', path, (fields, at) => fields.id(at), caveat),
  date: (path: string, caveat?: string) => text('date', path, (fields, at) => fields.date(at), caveat),
  text: (path: string, caveat?: string) => text('text', path, (fields, at) => fields.text(at), caveat),
  /** A segment in the words of domain/integrations/segments.ts. */
  segment: (path: string, words: Readonly<Record<string, string>>, caveat?: string) =>
    text('enum', path, (fields, at) => fields.segment(at, words), caveat),
  count: (paths: string | readonly string[], caveat?: string) =>
    number('count', paths, (fields, at) => fields.whole(at), caveat),
  micros: (paths: string | readonly string[], caveat?: string) =>
    number('micros', paths, (fields, at) => fields.whole(at), caveat),
  /** Money in units of the currency, not negative. */
  currencyUnits: (paths: string | readonly string[], caveat?: string) =>
    number('currency units', paths, (fields, at) => fields.millionths(at), caveat),
  /** Money that returns and restatements may take below zero. */
  signedCurrencyUnits: (paths: string | readonly string[], caveat?: string) =>
    number('currency units', paths, (fields, at) => fields.signedMillionths(at), caveat),
  conversions: (paths: string | readonly string[], caveat?: string) =>
    number('fraction of a conversion', paths, (fields, at) => fields.millionths(at), caveat),
};

function text(
  unit: string,
  path: string,
  read: FactColumn<string>['read'],
  caveat: string | undefined,
): FactColumn<string> {
  return { paths: [path], unit, read, ...(caveat === undefined ? {} : { caveat }) };
}

function number(
  unit: string,
  paths: string | readonly string[],
  read: FactColumn<number>['read'],
  caveat: string | undefined,
): FactColumn<number> {
  return {
    paths: typeof paths === 'string' ? [paths] : paths,
    unit,
    read,
    ...(caveat === undefined ? {} : { caveat }),
  };
}

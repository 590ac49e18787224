import { gzipSync } from 'node:zlib';
import type { ColumnType } from '../contracts/warehouse.ts';
import { encodeThrift, i32, i64, list, struct, text } from './thrift.ts';

/**
 * Strings are text; `bigint` and `timestamp` (epoch milliseconds) are bigints or safe integers; `date` is days since 1970-01-01.
 */
export type ParquetValue = string | bigint | number;
export interface ParquetColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Values may be null. */
  readonly nullable?: true;
}

/** One value in every row of a group. */
export interface Repeated {
  readonly repeated: ParquetValue | null;
  readonly length: number;
}
export type ColumnValues = readonly (ParquetValue | null)[] | Repeated;

/** Numbers of parquet.thrift. */
const required = 0;
const optional = 1;
const gzipCodec = 2;
const dataPage = 0;
const dictionaryPage = 2;
const plain = 0;
const rle = 3;
const dictionaryIndexes = 8;

interface TypeFormat {
  readonly physical: number;
  readonly converted?: number;
  readonly plain: (values: readonly ParquetValue[]) => Uint8Array;
}

const formats: Readonly<Record<ColumnType, TypeFormat>> = {
  string: { physical: 6, converted: 0, plain: plainTexts },
  bigint: { physical: 2, plain: plainLongs },
  date: { physical: 1, converted: 6, plain: plainInts },
  timestamp: { physical: 2, converted: 9, plain: plainLongs },
};

/** A Parquet file under way: rows go in as groups, each packed at once. */
export interface ParquetFile {
  /** Values of each column, in the order of the columns, all of one length. */
  add(values: readonly ColumnValues[]): void;
  finish(): Uint8Array;
}

const magic = Buffer.from('PAR1');

/**
 * The part of Parquet that our files use: flat columns, one page of values a column and row group, packed with gzip; a value
 * that is repeated stands once, in a dictionary.
 * Format: https://parquet.apache.org/docs/file-format/
 */
export function createParquetFile(columns: readonly ParquetColumn[]): ParquetFile {
  const parts: Uint8Array[] = [magic];
  let offset = magic.length;
  const groups: ReturnType<typeof struct>[] = [];
  let rows = 0;
  const write = (bytes: Uint8Array): void => {
    parts.push(bytes);
    offset += bytes.length;
  };

  /** Writes one column of a row group. Answers its ColumnChunk. */
  function writeColumn(column: ParquetColumn, values: ColumnValues) {
    const at = offset;
    let bytes = 0;
    let dataAt = at;
    const pages = pagesOf(column, values);
    for (const { header, body } of pages) {
      // The least effort: columns of a load repeat themselves, and the file lives for one load.
      // Copied, because what zlib answers holds on to 16 KB however short it is.
      const packed = Uint8Array.from(gzipSync(body, { level: 1 }));
      const head = encodeThrift(struct({ ...header, 2: i32(body.length), 3: i32(packed.length) }));
      dataAt = offset;
      bytes += head.length + body.length;
      write(head);
      write(packed);
    }
    return {
      bytes,
      chunk: struct({
        2: i64(at),
        3: struct({
          1: i32(formats[column.type].physical),
          2: list([plain, rle, dictionaryIndexes].map(i32)),
          3: list([text(column.name)]),
          4: i32(gzipCodec),
          5: i64(values.length),
          6: i64(bytes),
          7: i64(offset - at),
          9: i64(dataAt),
          ...(pages.length > 1 && { 11: i64(at) }),
        }),
      }),
    };
  }

  return {
    add(values) {
      const count = values[0]?.length ?? 0;
      const written = columns.map((column, index) => {
        const own = values[index] ?? [];
        if (own.length !== count)
          throw new TypeError(`The column ${column.name} has ${own.length} of ${count} values.`);
        return writeColumn(column, own);
      });
      const bytes = written.reduce((sum, column) => sum + column.bytes, 0);
      groups.push(struct({ 1: list(written.map(({ chunk }) => chunk)), 2: i64(bytes), 3: i64(count) }));
      rows += count;
    },
    finish() {
      const elements = columns.map(({ name, type, nullable }) => {
        const { physical, converted } = formats[type];
        return struct({
          1: i32(physical),
          3: i32(nullable ? optional : required),
          4: text(name),
          ...(converted !== undefined && { 6: i32(converted) }),
        });
      });
      const footer = encodeThrift(
        struct({
          1: i32(1),
          2: list([struct({ 4: text('root'), 5: i32(columns.length) }), ...elements]),
          3: i64(rows),
          4: list(groups, 'struct'),
          6: text('conext'),
        }),
      );
      const length = Buffer.alloc(4);
      length.writeUInt32LE(footer.length);
      return Buffer.concat([...parts, footer, length, magic]);
    },
  };
}

/** A page's header without its sizes, and what it holds before it is packed. */
interface Page {
  readonly header: Parameters<typeof struct>[0];
  readonly body: Uint8Array;
}

/** The data last, after its dictionary where there is one. */
function pagesOf({ name, type, nullable }: ParquetColumn, values: ColumnValues): Page[] {
  const data = (encoding: number, encoded: Uint8Array): Page => ({
    header: { 1: i32(dataPage), 5: struct({ 1: i32(values.length), 2: i32(encoding), 3: i32(rle), 4: i32(rle) }) },
    body: nullable ? Buffer.concat([definitionLevels(values), encoded]) : encoded,
  });
  const encode = formats[type].plain;
  if ('repeated' in values && values.repeated !== null) {
    // One bit an index, and a single run of the first.
    const indexes = Uint8Array.from([1, ...runOf(values.length, 0)]);
    const header = { 1: i32(dictionaryPage), 7: struct({ 1: i32(1), 2: i32(plain) }) };
    return [{ header, body: encode([values.repeated]) }, data(dictionaryIndexes, indexes)];
  }
  const given = 'repeated' in values ? [] : values;
  const present = given.includes(null) ? given.filter((value) => value !== null) : (given as readonly ParquetValue[]);
  if (!nullable && present.length < values.length) throw new TypeError(`The column ${name} holds a null.`);
  return [data(plain, encode(present))];
}

/**
 * Which values are there, as runs of the RLE hybrid with a bit width of one: the length of it all, then for each run its length
 * shifted left as a varint and 1 or 0. https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
function definitionLevels(values: ColumnValues): Uint8Array {
  const runs: number[] = [];
  if ('repeated' in values) runs.push(...runOf(values.length, values.repeated === null ? 0 : 1));
  else {
    for (let start = 0; start < values.length; ) {
      const there = values[start] !== null;
      let end = start + 1;
      while (end < values.length && (values[end] !== null) === there) end += 1;
      runs.push(...runOf(end - start, there ? 1 : 0));
      start = end;
    }
  }
  const levels = Buffer.alloc(4 + runs.length);
  levels.writeUInt32LE(runs.length);
  levels.set(runs, 4);
  return levels;
}

/** A run of the RLE hybrid with a bit width of one. The lowest bit of its header is 0: a run, not packed bits. */
function runOf(length: number, bit: 0 | 1): number[] {
  const run: number[] = [];
  let header = length * 2;
  for (; header > 0x7f; header = Math.floor(header / 0x80)) run.push((header % 0x80) + 0x80);
  run.push(header, bit);
  return run;
}

function plainTexts(values: readonly ParquetValue[]): Uint8Array {
  let most = 0;
  for (const value of values) most += 4 + 3 * String(value).length;
  const page = Buffer.allocUnsafe(most);
  const lengths = new DataView(page.buffer, page.byteOffset);
  let at = 0;
  for (const value of values) {
    const length = writeText(page, typeof value === 'string' ? value : String(value), at + 4);
    lengths.setUint32(at, length, true);
    at += 4 + length;
  }
  return page.subarray(0, at);
}

/** Writes UTF-8, which ids are sign by sign: for short texts that is quicker than the call that knows every alphabet. */
function writeText(page: Buffer, text: string, at: number): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) return page.write(text, at);
    page[at + index] = code;
  }
  return text.length;
}

function plainLongs(values: readonly ParquetValue[]): Uint8Array {
  const page = new DataView(new ArrayBuffer(values.length * 8));
  let at = 0;
  for (const value of values) {
    if (typeof value === 'number') {
      if (!Number.isSafeInteger(value)) throw new TypeError(`${value} is not a whole number that can be kept exactly.`);
      // Two halves, the upper one rounded down: the two's complement of a negative number too. Much faster than by way of BigInt.
      const upper = Math.floor(value / 0x1_0000_0000);
      page.setUint32(at, value - upper * 0x1_0000_0000, true);
      page.setInt32(at + 4, upper, true);
    } else page.setBigInt64(at, BigInt(value), true);
    at += 8;
  }
  return new Uint8Array(page.buffer);
}

function plainInts(values: readonly ParquetValue[]): Uint8Array {
  const page = new DataView(new ArrayBuffer(values.length * 4));
  let at = 0;
  for (const value of values) {
    page.setInt32(at, Number(value), true);
    at += 4;
  }
  return new Uint8Array(page.buffer);
}

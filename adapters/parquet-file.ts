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

/** Numbers of parquet.thrift. */
const required = 0;
const optional = 1;
const gzipCodec = 2;
const dataPage = 0;
const plain = 0;
const rle = 3;

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
  /** One array a column, in the order of the columns, all of one length. */
  add(values: readonly (readonly (ParquetValue | null)[])[]): void;
  finish(): Uint8Array;
}

const magic = Buffer.from('PAR1');

/**
 * The part of Parquet that our files use: flat columns, one plain page a column and row group, packed with gzip.
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
  function writeColumn({ name, type, nullable }: ParquetColumn, values: readonly (ParquetValue | null)[]) {
    const format = formats[type];
    const present = values.filter((value) => value !== null);
    if (!nullable && present.length < values.length) throw new TypeError(`The column ${name} holds a null.`);
    const plainValues = format.plain(present);
    const page = nullable ? Buffer.concat([definitionLevels(values), plainValues]) : plainValues;
    // The least effort: columns of a load repeat themselves, and the file lives for one load.
    const packed = gzipSync(page, { level: 1 });
    const header = encodeThrift(
      struct({
        1: i32(dataPage),
        2: i32(page.length),
        3: i32(packed.length),
        5: struct({ 1: i32(values.length), 2: i32(plain), 3: i32(rle), 4: i32(rle) }),
      }),
    );
    const at = offset;
    write(header);
    write(packed);
    return {
      bytes: header.length + page.length,
      chunk: struct({
        2: i64(at),
        3: struct({
          1: i32(format.physical),
          2: list([i32(plain)]),
          3: list([text(name)]),
          4: i32(gzipCodec),
          5: i64(values.length),
          6: i64(header.length + page.length),
          7: i64(header.length + packed.length),
          9: i64(at),
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

/**
 * Which values are there, as runs of the RLE hybrid with a bit width of one: the length of it all, then for each run its length
 * shifted left as a varint and 1 or 0. https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
 */
function definitionLevels(values: readonly (ParquetValue | null)[]): Uint8Array {
  const runs: number[] = [];
  for (let start = 0; start < values.length; ) {
    const there = values[start] !== null;
    let end = start + 1;
    while (end < values.length && (values[end] !== null) === there) end += 1;
    // The lowest bit of the header is 0: a run, not packed bits.
    let header = (end - start) * 2;
    for (; header > 0x7f; header = Math.floor(header / 0x80)) runs.push((header % 0x80) + 0x80);
    runs.push(header, there ? 1 : 0);
    start = end;
  }
  const levels = Buffer.alloc(4 + runs.length);
  levels.writeUInt32LE(runs.length);
  levels.set(runs, 4);
  return levels;
}

function plainTexts(values: readonly ParquetValue[]): Uint8Array {
  const [first] = values;
  // Most text columns of a load say the same in every row.
  if (first !== undefined && values.every((value) => value === first)) {
    const one = plainText(String(first));
    return Buffer.alloc(one.length * values.length, one);
  }
  let size = 0;
  for (const value of values) size += 4 + Buffer.byteLength(String(value));
  const page = Buffer.allocUnsafe(size);
  let at = 0;
  for (const value of values) {
    const length = page.write(String(value), at + 4);
    page.writeUInt32LE(length, at);
    at += 4 + length;
  }
  return page;
}

function plainText(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
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

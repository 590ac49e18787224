/**
 * Thrift's compact protocol, as far as Parquet's metadata needs it to be written.
 * https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md
 */
const typeNumbers = { i32: 5, i64: 6, text: 8, list: 9, struct: 12 } as const;
type TypeName = keyof typeof typeNumbers;

export interface ThriftValue {
  readonly type: TypeName;
  readonly write: (bytes: number[]) => void;
}

/** Seven bits a byte, the lowest first. */
function writeCount(bytes: number[], count: number): void {
  let left = count;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  bytes.push(left);
}

/** Numbers of files and pages: whole and not negative, so that zigzag is doubling. */
const whole = (type: 'i32' | 'i64', value: number): ThriftValue => ({
  type,
  write: (bytes) => writeCount(bytes, value * 2),
});
export const i32 = (value: number): ThriftValue => whole('i32', value);
export const i64 = (value: number): ThriftValue => whole('i64', value);

export const text = (value: string): ThriftValue => ({
  type: 'text',
  write: (bytes) => {
    const encoded = Buffer.from(value);
    writeCount(bytes, encoded.length);
    bytes.push(...encoded);
  },
});

/** `of` names the type of an empty list's elements. */
export const list = (values: readonly ThriftValue[], of: TypeName = 'i32'): ThriftValue => ({
  type: 'list',
  write: (bytes) => {
    const element = typeNumbers[values[0]?.type ?? of];
    if (values.length < 15) bytes.push(values.length * 16 + element);
    else {
      bytes.push(0xf0 + element);
      writeCount(bytes, values.length);
    }
    for (const value of values) value.write(bytes);
  },
});

/** Fields by their number, at most 15 apart. */
export const struct = (fields: Readonly<Record<number, ThriftValue>>): ThriftValue => ({
  type: 'struct',
  write: (bytes) => {
    let last = 0;
    // Whole-number keys come in ascending order.
    for (const [key, field] of Object.entries(fields)) {
      bytes.push((Number(key) - last) * 16 + typeNumbers[field.type]);
      field.write(bytes);
      last = Number(key);
    }
    bytes.push(0);
  },
});

export function encodeThrift(value: ThriftValue): Uint8Array {
  const bytes: number[] = [];
  value.write(bytes);
  return Uint8Array.from(bytes);
}

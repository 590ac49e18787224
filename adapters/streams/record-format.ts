import { inflateSync } from 'node:zlib';

/**
 * The Glue Schema Registry's wire format: a version byte (3), a byte for the compression (0 none, 5 zlib), the UUID of the schema version,
 * then Avro's own binary. Source: aws-glue-schema-registry, AWSSchemaRegistryConstants.
 */
const headerVersion = 3;
const compressions = { none: 0, zlib: 5 } as const;
const headerBytes = 18;
/** What a compressed record may become; Kinesis takes 1 MiB as it is sent. */
const mostBytes = 1_048_576;

export type FramedRecord =
  | { readonly kind: 'framed'; readonly schemaVersionId: string; readonly payload: Buffer }
  | { readonly kind: 'unreadable'; readonly detail: string };

export function unframe(record: Buffer): FramedRecord {
  if (record.length < headerBytes) {
    return unreadable(`${record.length} bytes are fewer than the header of ${headerBytes}`);
  }
  if (record[0] !== headerVersion) return unreadable(`the first byte is ${record[0]} and not ${headerVersion}`);
  const hex = record.toString('hex', 2, headerBytes);
  const schemaVersionId = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
    '-',
  );
  const payload = record.subarray(headerBytes);
  if (record[1] === compressions.none) return { kind: 'framed', schemaVersionId, payload };
  if (record[1] !== compressions.zlib) return unreadable(`compression ${record[1]} is neither 0 nor 5`);
  try {
    return { kind: 'framed', schemaVersionId, payload: inflateSync(payload, { maxOutputLength: mostBytes }) };
  } catch (error) {
    return unreadable(`it does not inflate: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unreadable = (detail: string): FramedRecord => ({ kind: 'unreadable', detail });

/** The header of every record of one schema version. Throws `RangeError` for what is no UUID. */
export function frameHeader(schemaVersionId: string): Buffer {
  const hex = schemaVersionId.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new RangeError(`${schemaVersionId} is no UUID.`);
  return Buffer.concat([Buffer.from([headerVersion, compressions.none]), Buffer.from(hex, 'hex')]);
}

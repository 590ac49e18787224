/** Reads a table's stream for event source mappings; the emulator keeps one shard per stream. */
import { AwsError } from '../../ports.ts';
import { type JsonObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import type { Place } from '../place.ts';
import { toTemplateRecords } from './arns.ts';
import { type DatabaseClient, STREAMS_TARGET } from './database-client.ts';

export interface StreamPosition {
  /** The stream's label: another one means that the table was made anew, and the sequence number is of another stream. */
  readonly label: string;
  readonly after: string | undefined;
}

export interface StreamRecord {
  readonly sequence: string;
  /** As Lambda is given it, without `eventSourceARN`. */
  readonly record: JsonObject;
}

export interface StreamPage {
  readonly records: readonly StreamRecord[];
  readonly shardId: string;
  readonly next: StreamPosition;
}

/** What a mapping needs of the local DynamoDB. */
export interface StreamReader {
  /** `undefined` starts where `from` says; a position of an older stream starts at the beginning of the new one. */
  read(
    table: string,
    position: StreamPosition | undefined,
    from: 'TRIM_HORIZON' | 'LATEST',
    limit: number,
  ): Promise<StreamPage>;
  /** How many writes there have been, to any table. */
  writes(): number;
  /** Resolves when there have been more writes than `seen`, or after `ms`. */
  changed(seen: number, ms: number, signal: AbortSignal): Promise<void>;
}

type Expired = (table: string, record: JsonObject) => boolean;

export async function readStream(
  client: DatabaseClient,
  place: Place,
  expired: Expired,
  query: {
    readonly table: string;
    readonly position: StreamPosition | undefined;
    readonly from: 'TRIM_HORIZON' | 'LATEST';
    readonly limit: number;
  },
): Promise<StreamPage> {
  const { table, position } = query;
  const call = (operation: string, input: JsonObject): Promise<JsonObject> =>
    client.call(`${STREAMS_TARGET}.${operation}`, input);
  const stream = objectsOf(await call('ListStreams', { TableName: table }), 'Streams').at(-1);
  const StreamArn = stream === undefined ? undefined : optionalText(stream, 'StreamArn');
  if (StreamArn === undefined) throw new AwsError('ResourceNotFoundException', `Table ${table} has no stream.`);
  const label = StreamArn.split('/stream/')[1] ?? '';
  const shard =
    objectsOf(objectOf(await call('DescribeStream', { StreamArn }), 'StreamDescription'), 'Shards').at(-1) ?? {};
  const ShardId = optionalText(shard, 'ShardId');
  const same = position?.label === label;
  // A stream without a record has no shard yet: everything that comes is new.
  if (ShardId === undefined)
    return { records: [], shardId: '', next: { label, after: same ? position.after : undefined } };

  if (position === undefined && query.from === 'LATEST') {
    return {
      records: [],
      shardId: ShardId,
      next: { label, after: optionalText(objectOf(shard, 'SequenceNumberRange'), 'EndingSequenceNumber') },
    };
  }
  const after = same ? position.after : undefined;
  const start =
    after === undefined
      ? { ShardIteratorType: 'TRIM_HORIZON' }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
  const { ShardIterator } = await call('GetShardIterator', { StreamArn, ShardId, ...start });
  const output = toTemplateRecords(
    await call('GetRecords', { ShardIterator, Limit: query.limit }),
    table,
    place,
    (record) => expired(table, record),
  );
  const records = objectsOf(output, 'Records').map((record) => ({
    record,
    sequence: String(objectOf(record, 'dynamodb').SequenceNumber),
  }));
  return { records, shardId: ShardId, next: { label, after: records.at(-1)?.sequence ?? after } };
}

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

export interface StreamQuery {
  readonly table: string;
  readonly position: StreamPosition | undefined;
  readonly from: 'TRIM_HORIZON' | 'LATEST';
  readonly limit: number;
}

interface OpenIterator {
  readonly iterator: string;
  readonly shardId: string;
}

/** Positions whose next iterator is known; one a mapping is in use. */
const MAX_OPEN = 32;

export class StreamReading {
  readonly #client: DatabaseClient;
  readonly #place: Place;
  readonly #expired: Expired;
  /** Where a read ended, with the iterator that goes on from there: the next one asks nothing else. */
  readonly #open = new Map<string, OpenIterator>();

  constructor(client: DatabaseClient, place: Place, expired: Expired) {
    this.#client = client;
    this.#place = place;
    this.#expired = expired;
  }

  /** After a table was made anew: its stream may be another one. */
  forget(): void {
    this.#open.clear();
  }

  async read(query: StreamQuery): Promise<StreamPage> {
    const { table, position } = query;
    const known = position === undefined ? undefined : this.#open.get(placeOf(table, position));
    if (position !== undefined && known !== undefined) {
      this.#open.delete(placeOf(table, position));
      return this.#records(query, position.label, position.after, known);
    }
    const stream = objectsOf(await this.#call('ListStreams', { TableName: table }), 'Streams').at(-1);
    const StreamArn = stream === undefined ? undefined : optionalText(stream, 'StreamArn');
    if (StreamArn === undefined) throw new AwsError('ResourceNotFoundException', `Table ${table} has no stream.`);
    const label = StreamArn.split('/stream/')[1] ?? '';
    const shard =
      objectsOf(objectOf(await this.#call('DescribeStream', { StreamArn }), 'StreamDescription'), 'Shards').at(-1) ??
      {};
    const shardId = optionalText(shard, 'ShardId');
    const same = position?.label === label;
    const after = same ? position.after : undefined;
    // A stream without a record has no shard yet: everything that comes is new.
    if (shardId === undefined) return { records: [], shardId: '', next: { label, after } };
    if (position === undefined && query.from === 'LATEST') {
      const ending = optionalText(objectOf(shard, 'SequenceNumberRange'), 'EndingSequenceNumber');
      return { records: [], shardId, next: { label, after: ending } };
    }
    const start =
      after === undefined
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
    const { ShardIterator } = await this.#call('GetShardIterator', { StreamArn, ShardId: shardId, ...start });
    return this.#records(query, label, after, { iterator: String(ShardIterator), shardId });
  }

  async #records(
    { table, limit }: StreamQuery,
    label: string,
    after: string | undefined,
    { iterator, shardId }: OpenIterator,
  ): Promise<StreamPage> {
    const output = await this.#call('GetRecords', { ShardIterator: iterator, Limit: limit });
    const records = objectsOf(
      toTemplateRecords(output, table, this.#place, (record) => this.#expired(table, record)),
      'Records',
    ).map((record) => ({ record, sequence: String(objectOf(record, 'dynamodb').SequenceNumber) }));
    const next: StreamPosition = { label, after: records.at(-1)?.sequence ?? after };
    if (typeof output.NextShardIterator === 'string') {
      this.#open.set(placeOf(table, next), { iterator: output.NextShardIterator, shardId });
      const [oldest] = this.#open.keys();
      if (this.#open.size > MAX_OPEN && oldest !== undefined) this.#open.delete(oldest);
    }
    return { records, shardId, next };
  }

  #call(operation: string, input: JsonObject): Promise<JsonObject> {
    return this.#client.call(`${STREAMS_TARGET}.${operation}`, input);
  }
}

const placeOf = (table: string, { label, after }: StreamPosition): string => `${table} ${label} ${after ?? ''}`;

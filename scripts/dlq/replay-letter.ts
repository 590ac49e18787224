import {
  GetRecordsCommand,
  type GetRecordsCommandOutput,
  GetShardIteratorCommand,
  type KinesisClient,
  PutRecordsCommand,
} from '@aws-sdk/client-kinesis';
import type { EventCodec } from '../../adapters/streams/event-codec.ts';
import { partitionKeyOf } from '../../domain/integrations/streaming/lane.ts';
import type { Letter, StreamRange } from './dead-letter.ts';

export interface ReplayPorts {
  readonly kinesis: KinesisClient;
  /** Onto which records are put. */
  readonly stream: string;
  readonly codec: EventCodec;
}

export type Replay =
  | { readonly kind: 'replayed'; readonly records: number }
  | { readonly kind: 'refused'; readonly why: string };

interface RawRecord {
  readonly key: string;
  readonly data: Uint8Array;
}

const mostReads = 2_000;
const putAttempts = 6;
/** As PutRecords limits a call: 500 records and 5 MB. */
const recordsAtOnce = 500;
const bytesAtOnce = 4_500_000;

/** Puts what a letter is about on the stream again. Repeating it counts nothing twice: events are known by their ids. */
export async function replayLetter(ports: ReplayPorts, letter: Letter, dryRun: boolean): Promise<Replay> {
  const found = await recordsOf(ports, letter);
  if ('why' in found) return { kind: 'refused', why: found.why };
  if (!dryRun) await put(ports, found.records);
  return { kind: 'replayed', records: found.records.length };
}

type Found = { readonly records: readonly RawRecord[] } | { readonly why: string };

async function recordsOf(ports: ReplayPorts, letter: Letter): Promise<Found> {
  switch (letter.kind) {
    case 'range':
      return readRange(ports.kinesis, letter.range);
    case 'kafka-range':
      return {
        why: `it is a range of Kafka (${letter.partitions.join(', ')}): reset the consumer group's offsets there with kafka-consumer-groups.sh`,
      };
    case 'unknown':
      return { why: 'it is no message of the stream’s' };
    case 'record': {
      const { record } = letter;
      if (record.cutFrom === undefined) {
        const data = Buffer.from(record.data, 'base64');
        const decoded = await ports.codec.decode(data);
        // The events of a lane belong together on a shard; of what cannot be read nobody knows the lane.
        return { records: [{ key: decoded.kind === 'event' ? partitionKeyOf(decoded.event) : 'unread', data }] };
      }
      const { type, stream, shard, sequence } = record.source;
      if (type !== 'kinesis') return { why: 'only its beginning is kept here, and the rest is in Kafka' };
      const at = String(sequence);
      return readRange(ports.kinesis, {
        stream: String(stream),
        shardId: String(shard),
        from: at,
        to: at,
        records: 1,
      });
    }
  }
}

/** Everything between the two sequence numbers, or that the stream no longer has it. */
async function readRange(kinesis: KinesisClient, range: StreamRange): Promise<Found> {
  const gone = { why: `the stream no longer keeps ${range.shardId} from ${range.from} on` };
  let iterator: string | undefined;
  try {
    const answer = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: range.stream,
        ShardId: range.shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        StartingSequenceNumber: range.from,
      }),
    );
    iterator = answer.ShardIterator;
  } catch (error) {
    if (error instanceof Error && /InvalidArgument|ResourceNotFound/.test(error.name)) return gone;
    throw error;
  }
  const records: RawRecord[] = [];
  const end = BigInt(range.to);
  for (let read = 0; read < mostReads && iterator !== undefined; read += 1) {
    const answer: GetRecordsCommandOutput = await kinesis.send(
      new GetRecordsCommand({ ShardIterator: iterator, Limit: 1_000 }),
    );
    for (const { SequenceNumber = '0', PartitionKey = '', Data = new Uint8Array() } of answer.Records ?? []) {
      const at = BigInt(SequenceNumber);
      // A trimmed beginning is answered with what comes after it.
      if (records.length === 0 && SequenceNumber !== range.from) return gone;
      if (at <= end) records.push({ key: PartitionKey, data: Data });
      if (at >= end) return { records };
    }
    if ((answer.Records ?? []).length === 0 && answer.MillisBehindLatest === 0) break;
    iterator = answer.NextShardIterator;
  }
  return gone;
}

async function put({ kinesis, stream }: ReplayPorts, records: readonly RawRecord[]): Promise<void> {
  for (const batch of batches(records)) {
    let left = batch;
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt === putAttempts) throw new Error(`The stream refused ${left.length} records; try again later.`);
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      const { Records = [] } = await kinesis.send(
        new PutRecordsCommand({
          StreamName: stream,
          Records: left.map(({ key, data }) => ({ PartitionKey: key, Data: data })),
        }),
      );
      left = left.filter((_, index) => Records[index]?.ErrorCode !== undefined);
    }
  }
}

function* batches(records: readonly RawRecord[]): Generator<RawRecord[]> {
  let batch: RawRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    if (batch.length === recordsAtOnce || (batch.length > 0 && bytes + record.data.length > bytesAtOnce)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += record.data.length;
  }
  if (batch.length > 0) yield batch;
}

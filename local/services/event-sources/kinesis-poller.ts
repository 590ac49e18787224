/** Feeds a function from one shard of a Kinesis stream, in order. */
import type { Clock, FunctionInvoker, TargetInvoker } from '../../ports.ts';
import type { StreamPosition } from '../dynamodb/stream-reader.ts';
import { matchesPattern } from '../events/event-pattern.ts';
import type { JsonObject } from '../json-protocol.ts';
import type { KinesisReader } from '../kinesis/kinesis-service.ts';
import type { StoredRecord } from '../kinesis/record-log.ts';
import { idOfSequence, sequenceNumber, shardId } from '../kinesis/shards.ts';
import type { Mapping } from './mapping.ts';
import { type StreamItem, workOff } from './stream-batches.ts';

/** Records wake the poller; this is for what nobody thought of. */
const IDLE_MS = 10_000;
/** Lambda takes 6 MB: data in base64, and half a kilobyte of each record about it. */
const MOST_PAYLOAD_BYTES = 5_500_000;
const RECORD_OVERHEAD_BYTES = 600;

interface ShardPorts {
  readonly kinesis: KinesisReader;
  readonly invoker: FunctionInvoker;
  readonly targets: TargetInvoker;
  readonly roleArn: string;
  readonly clock: Clock;
  readonly position: () => StreamPosition | undefined;
  readonly checkpoint: (position: StreamPosition) => void;
}

/** Reads one batch of a shard and works it off; waits for a record when there is none. */
export async function pollShard(
  ports: ShardPorts,
  mapping: Mapping,
  shard: number,
  signal: AbortSignal,
): Promise<void> {
  const stream = mapping.sourceArn.split('/').at(-1) ?? '';
  const seen = ports.kinesis.writes();
  const label = shardId(shard);
  const checkpoint = (after: string): void => ports.checkpoint({ label, after });
  const after = startOf(ports, mapping, stream, shard, checkpoint);
  const records = await gather(ports, mapping, { stream, shard, after }, signal);
  const last = records.at(-1);
  if (last === undefined) return ports.kinesis.changed(seen, IDLE_MS, signal);
  const wanted = records
    .filter(
      ({ data }) =>
        mapping.patterns.length === 0 || mapping.patterns.some((pattern) => matchesPattern(pattern, dataOf(data))),
    )
    .map((record) => itemOf(record, label, mapping, ports.roleArn));
  const batches = { ...ports, checkpoint, batchInfo: 'KinesisBatchInfo', shardId: label };
  if (wanted.length === 0 || (await workOff(batches, mapping, wanted, signal))) checkpoint(sequenceNumber(last.id));
}

/** What a filter sees of a record: its data where they are JSON; nothing matches what is none. */
function dataOf(data: Buffer): JsonObject {
  try {
    return { data: JSON.parse(data.toString('utf8')) as unknown };
  } catch {
    return {};
  }
}

function startOf(
  { kinesis, position }: ShardPorts,
  mapping: Mapping,
  stream: string,
  shard: number,
  checkpoint: (after: string) => void,
): number {
  const held = position()?.after;
  if (held !== undefined) return idOfSequence(held);
  const start = mapping.from === 'LATEST' ? kinesis.lastId(stream, shard) : 0;
  checkpoint(sequenceNumber(start));
  return start;
}

/** What there is by the end of the batching window, or a whole batch before it. */
async function gather(
  { kinesis }: ShardPorts,
  mapping: Mapping,
  from: { readonly stream: string; readonly shard: number; readonly after: number },
  signal: AbortSignal,
): Promise<readonly StoredRecord[]> {
  const read = () => kinesis.read(from.stream, from.shard, from.after, mapping.batchSize, MOST_PAYLOAD_BYTES);
  let seen = kinesis.writes();
  let records = fitting(read());
  const until = Date.now() + mapping.windowMs;
  while (records.length > 0 && records.length < mapping.batchSize && Date.now() < until && !signal.aborted) {
    await kinesis.changed(seen, until - Date.now(), signal);
    seen = kinesis.writes();
    const more = read();
    records = fitting(more);
    if (records.length < more.length) break;
  }
  return records;
}

function fitting(records: readonly StoredRecord[]): readonly StoredRecord[] {
  let bytes = 0;
  const over = records.findIndex(({ data }, index) => {
    bytes += Math.ceil(data.length / 3) * 4 + RECORD_OVERHEAD_BYTES;
    return index > 0 && bytes > MOST_PAYLOAD_BYTES;
  });
  return over < 0 ? records : records.slice(0, over);
}

const itemOf = (record: StoredRecord, shard: string, mapping: Mapping, roleArn: string): StreamItem => {
  const sequence = sequenceNumber(record.id);
  return {
    sequence,
    arrivedAt: record.arrivedAt,
    event: {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: record.partitionKey,
        sequenceNumber: sequence,
        data: record.data.toString('base64'),
        approximateArrivalTimestamp: record.arrivedAt / 1_000,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `${shard}:${sequence}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: roleArn,
      awsRegion: mapping.sourceArn.split(':')[3] ?? '',
      eventSourceARN: mapping.sourceArn,
    },
  };
};

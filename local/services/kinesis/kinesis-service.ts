/** Kinesis data streams: put, read by shard, kept over restarts. Readers inside the runtime are woken when records come. */
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { type AccessNeed, AwsError, type LocalService, type Provisioner } from '../../ports.ts';
import { type JsonOperations, jsonDispatch } from '../json-operations.ts';
import { type JsonObject, objectOf, objectsOf, optionalNumber, optionalText, textOf } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { asNumber, type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { repeat } from '../repeat.ts';
import { openRecordLog, type StoredRecord } from './record-log.ts';
import { readIterator, writeIterator } from './shard-iterator.ts';
import { ShardThroughput } from './shard-throughput.ts';
import { hashKeyRange, idOfSequence, sequenceNumber, shardId, shardNumber, shardOf } from './shards.ts';

export interface KinesisReader {
  /** Shards of a stream by their number; 0 for a stream that is not there. */
  shards(stream: string): number;
  read(stream: string, shard: number, after: number, limit: number, mostBytes: number): readonly StoredRecord[];
  lastId(stream: string, shard: number): number;
  /** How many calls have put records, on any stream. */
  writes(): number;
  /** Resolves when there have been more than `seen`, or after `ms`. */
  changed(seen: number, ms: number, signal: AbortSignal): Promise<void>;
}

interface StreamShape {
  readonly shards: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly retentionHours: number;
}

const STREAM: PropertySupport = {
  Name: 'honoured',
  ShardCount: 'honoured',
  RetentionPeriodHours: 'honoured',
  StreamModeDetails: 'honoured',
  StreamEncryption: 'harmless',
  DesiredShardLevelMetrics: 'harmless',
  Tags: 'harmless',
};

/** An on-demand stream begins with four. */
const ON_DEMAND_SHARDS = 4;
const MOST_RECORDS = 500;
const MOST_RECORD_BYTES = 1_048_576;
const MOST_CALL_BYTES = 5 * 1_048_576;
const MOST_READ = 10_000;
const MOST_READ_BYTES = 10 * 1_048_576;
const SWEEP_MS = 60_000;

export function createKinesis(
  settings: ServiceSettings,
): LocalService & Provisioner & { readonly reader: KinesisReader } {
  const { clock } = settings;
  const log = openRecordLog(join(settings.dataDir, 'kinesis', 'records.sqlite'));
  const shapes = new Map<string, StreamShape>();
  const throughput = new ShardThroughput(clock);
  const puts = new EventEmitter();
  puts.setMaxListeners(0);
  let putCount = 0;

  const arn = (stream: string): string => arnOf(settings, 'kinesis', `stream/${stream}`);
  const streamOf = (input: JsonObject): string =>
    optionalText(input, 'StreamName') ?? textOf(input, 'StreamARN').split('/').at(-1) ?? '';
  const shapeOf = (stream: string): StreamShape => {
    const shape = shapes.get(stream);
    if (shape === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Stream ${stream} under account ${settings.accountId} not found.`,
      );
    }
    return shape;
  };
  const need = (action: string, stream: string): readonly AccessNeed[] => [
    { action: `kinesis:${action}`, resource: arn(stream) },
  ];
  const named = (action: string) => (input: JsonObject) => need(action, streamOf(input));

  function put(stream: string, entries: readonly JsonObject[]): readonly JsonObject[] {
    const { shards } = shapeOf(stream);
    const records = entries.map((entry) => {
      const partitionKey = textOf(entry, 'PartitionKey');
      if (partitionKey.length > 256) {
        throw new AwsError('ValidationException', 'PartitionKey must have length less than or equal to 256.');
      }
      const data = Buffer.from(optionalText(entry, 'Data') ?? '', 'base64');
      const bytes = data.length + Buffer.byteLength(partitionKey);
      if (bytes > MOST_RECORD_BYTES) {
        throw new AwsError('ValidationException', `A record of ${bytes} bytes is above ${MOST_RECORD_BYTES}.`);
      }
      return {
        partitionKey,
        data,
        bytes,
        shard: shardOf(partitionKey, optionalText(entry, 'ExplicitHashKey'), shards),
      };
    });
    if (records.reduce((sum, { bytes }) => sum + bytes, 0) > MOST_CALL_BYTES) {
      throw new AwsError('InvalidArgumentException', `Records of one call must not exceed ${MOST_CALL_BYTES} bytes.`);
    }
    const taken = records.map((record) => throughput.take(stream, record.shard, record.bytes));
    const ids = log.append(
      stream,
      records.filter((_record, index) => taken[index]),
      clock(),
    );
    let next = 0;
    const answers = records.map(({ shard }, index) => {
      if (taken[index]) return { ShardId: shardId(shard), SequenceNumber: sequenceNumber(ids[next++] as number) };
      return {
        ErrorCode: 'ProvisionedThroughputExceededException',
        ErrorMessage: `Rate exceeded for shard ${shardId(shard)} in stream ${stream} under account ${settings.accountId}.`,
      };
    });
    if (ids.length > 0) {
      putCount += 1;
      puts.emit('put');
    }
    return answers;
  }

  const show = (record: StoredRecord): JsonObject => ({
    SequenceNumber: sequenceNumber(record.id),
    ApproximateArrivalTimestamp: record.arrivedAt / 1_000,
    Data: record.data.toString('base64'),
    PartitionKey: record.partitionKey,
  });

  const operations: JsonOperations = {
    PutRecord: {
      access: named('PutRecord'),
      run: (input) => {
        const [answer] = put(streamOf(input), [input]);
        if (answer?.ErrorCode !== undefined) throw new AwsError(String(answer.ErrorCode), String(answer.ErrorMessage));
        return answer;
      },
    },
    PutRecords: {
      access: named('PutRecords'),
      run: (input) => {
        const entries = objectsOf(input, 'Records');
        if (entries.length === 0 || entries.length > MOST_RECORDS) {
          throw new AwsError(
            'ValidationException',
            `Records must hold 1 to ${MOST_RECORDS}; it holds ${entries.length}.`,
          );
        }
        const Records = put(streamOf(input), entries);
        return { Records, FailedRecordCount: Records.filter(({ ErrorCode }) => ErrorCode !== undefined).length };
      },
    },
    ListShards: {
      access: named('ListShards'),
      run: (input) => {
        if (optionalText(input, 'NextToken') !== undefined) {
          throw new AwsError('InvalidArgumentException', 'All shards were on the first page.');
        }
        return { Shards: shardList(shapeOf(streamOf(input)).shards) };
      },
    },
    DescribeStreamSummary: {
      access: named('DescribeStreamSummary'),
      run: (input) => {
        const stream = streamOf(input);
        const { shards, mode, retentionHours } = shapeOf(stream);
        return {
          StreamDescriptionSummary: {
            StreamName: stream,
            StreamARN: arn(stream),
            StreamStatus: 'ACTIVE',
            StreamModeDetails: { StreamMode: mode },
            RetentionPeriodHours: retentionHours,
            StreamCreationTimestamp: 0,
            EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
            OpenShardCount: shards,
            ConsumerCount: 0,
          },
        };
      },
    },
    GetShardIterator: {
      access: named('GetShardIterator'),
      run: (input) => {
        const stream = streamOf(input);
        const shard = shardNumber(textOf(input, 'ShardId'), shapeOf(stream).shards);
        return { ShardIterator: writeIterator({ stream, shard, after: startOf(stream, shard, input) }, clock()) };
      },
    },
    GetRecords: {
      access: (input) => need('GetRecords', readIterator(textOf(input, 'ShardIterator'), clock()).stream),
      run: (input) => {
        const { stream, shard, after } = readIterator(textOf(input, 'ShardIterator'), clock());
        const limit = optionalNumber(input, 'Limit') ?? MOST_READ;
        if (!(limit >= 1 && limit <= MOST_READ)) {
          throw new AwsError('InvalidArgumentException', `Limit is ${limit}: it must be from 1 to ${MOST_READ}.`);
        }
        shapeOf(stream);
        const records = log.read(stream, shard, after, limit, MOST_READ_BYTES);
        const last = records.at(-1);
        const [behind] = last === undefined ? [] : log.read(stream, shard, last.id, 1, 1);
        return {
          Records: records.map(show),
          NextShardIterator: writeIterator({ stream, shard, after: last?.id ?? after }, clock()),
          MillisBehindLatest: behind === undefined ? 0 : Math.max(0, clock() - behind.arrivedAt),
        };
      },
    },
  };

  function startOf(stream: string, shard: number, input: JsonObject): number {
    const type = textOf(input, 'ShardIteratorType');
    switch (type) {
      case 'TRIM_HORIZON':
        return 0;
      case 'LATEST':
        return log.lastId(stream, shard);
      case 'AT_SEQUENCE_NUMBER':
        return idOfSequence(textOf(input, 'StartingSequenceNumber')) - 1;
      case 'AFTER_SEQUENCE_NUMBER':
        return idOfSequence(textOf(input, 'StartingSequenceNumber'));
      case 'AT_TIMESTAMP':
        return log.idBefore(stream, shard, (optionalNumber(input, 'Timestamp') ?? Number.NaN) * 1_000);
      default:
        throw new AwsError('ValidationException', `ShardIteratorType ${type} is none.`);
    }
  }

  const sweep = (): void => {
    for (const [stream, { retentionHours }] of shapes) log.sweep(stream, clock() - retentionHours * 3_600_000);
  };
  const sweeping = repeat(SWEEP_MS, sweep, (error) => process.emitWarning(`Kinesis could not sweep: ${String(error)}`));

  return {
    name: 'kinesis',
    types: ['AWS::Kinesis::Stream'],
    ...jsonDispatch('Kinesis', operations),
    refuse: (resource) => refuseUnlisted(resource, STREAM),
    provision: async ({ physicalId, properties }) => {
      const mode = optionalText(objectOf(properties, 'StreamModeDetails'), 'StreamMode');
      shapes.set(physicalId, {
        mode: mode === 'ON_DEMAND' ? 'ON_DEMAND' : 'PROVISIONED',
        shards: mode === 'ON_DEMAND' ? ON_DEMAND_SHARDS : (asNumber(properties.ShardCount) ?? 1),
        retentionHours: asNumber(properties.RetentionPeriodHours) ?? 24,
      });
      sweep();
    },
    reader: {
      shards: (stream) => shapes.get(stream)?.shards ?? 0,
      read: log.read,
      lastId: log.lastId,
      writes: () => putCount,
      changed: async (seen, ms, signal) => {
        if (putCount > seen) return;
        await once(puts, 'put', { signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]) }).catch(() => undefined);
      },
    },
    close: async () => {
      await sweeping.stop();
      log.close();
    },
  };
}

const shardList = (count: number): readonly JsonObject[] =>
  Array.from({ length: count }, (_, shard) => ({
    ShardId: shardId(shard),
    HashKeyRange: hashKeyRange(shard, count),
    SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(0) },
  }));

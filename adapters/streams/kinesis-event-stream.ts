import { setTimeout as wait } from 'node:timers/promises';
import { partitionKeyOf } from '../../domain/integrations/streaming/lane.ts';
import { type AwsCall, createAwsCall } from '../aws-json.ts';
import type { Config } from '../config.ts';
import { createEventCodec } from './event-codec.ts';
import type { EventStream } from './event-stream.ts';
import { createGlueRegistry } from './glue-registry.ts';
import type { SchemaRegistry } from './schema-registry.ts';

/** As PutRecords limits a call. */
const mostRecords = 500;
const mostBytes = 4_500_000;
const attempts = 6;

type StreamConfig = Config<'aws' | 'credentials' | 'schemas' | 'stream'>;

/** Events as Avro records on the Kinesis stream. One per process: it keeps the schema's id. */
export function createEventStream(
  config: StreamConfig,
  registry: SchemaRegistry = createGlueRegistry(config),
  call: AwsCall = createAwsCall(config, { name: 'kinesis', target: 'Kinesis_20131202' }),
): EventStream {
  const codec = createEventCodec(registry);
  const { name } = config.stream;

  /** Answers the indexes, of those sent, that the stream had no room for. */
  async function send(records: readonly KinesisRecord[]): Promise<number[]> {
    const { Records } = await call('PutRecords', { StreamName: name, Records: records });
    const results = Records as readonly { readonly ErrorCode?: string }[];
    return results.flatMap(({ ErrorCode }, index) => (ErrorCode === undefined ? [] : [index]));
  }

  return {
    async put(events) {
      const encode = await codec.encoder();
      const records = events.map((event) => ({
        PartitionKey: partitionKeyOf(event),
        Data: encode(event).toString('base64'),
      }));
      const refused: number[] = [];
      for (const batch of batches(records)) {
        let left = batch;
        for (let attempt = 0; left.length > 0 && attempt < attempts; attempt += 1) {
          if (attempt > 0) await wait(Math.min(1_000, 50 * 2 ** attempt) * (0.5 + Math.random() / 2));
          const again = await send(left.map((index) => records[index] as KinesisRecord));
          left = again.map((place) => left[place] as number);
        }
        refused.push(...left);
      }
      return { refused };
    },
  };
}

interface KinesisRecord {
  readonly PartitionKey: string;
  /** Base64, as the JSON protocol has it. */
  readonly Data: string;
}

/** Indexes of records by call. */
function* batches(records: readonly KinesisRecord[]): Generator<number[]> {
  let batch: number[] = [];
  let bytes = 0;
  for (const [index, { Data, PartitionKey }] of records.entries()) {
    const size = Data.length + PartitionKey.length;
    if (batch.length === mostRecords || (batch.length > 0 && bytes + size > mostBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(index);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

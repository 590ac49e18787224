/**
 * Delivery streams of the templates: what comes on a Kinesis stream, transformed by their function, into Parquet in a bucket. At least once, as
 * on AWS: what was read and not yet written when the process stopped is read again.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccessNeed, FunctionInvoker, Provisioner } from '../../ports.ts';
import type { GlueTable } from '../athena/glue-table.ts';
import { JsonFile } from '../json-file.ts';
import { isObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import type { KinesisReader } from '../kinesis/kinesis-service.ts';
import type { StoredRecord } from '../kinesis/record-log.ts';
import { sequenceNumber, shardId } from '../kinesis/shards.ts';
import type { ServiceSettings } from '../place.ts';
import { type Delivery, readDelivery, refuseDelivery } from './delivery.ts';
import { createParquetWriter } from './parquet-writer.ts';

interface FirehoseSettings extends ServiceSettings {
  readonly kinesis: KinesisReader;
  readonly invoker: FunctionInvoker;
  readonly tableOf: (database: string, name: string) => GlueTable | undefined;
  readonly store: (bucket: string, key: string, data: Buffer, contentType: string) => Promise<void>;
  /** Throws `AwsError` when the role may not do it. */
  readonly authorize: (roleArn: string, need: AccessNeed) => void;
  /** In place of the template's buffering, in milliseconds: people want to see files within seconds. */
  readonly longestBufferMs?: number;
}

export interface Firehose extends Provisioner {
  /** Waits for the delivery under way; what is not yet read stays in the stream. */
  close(): Promise<void>;
}

const LONGEST_BUFFER_MS = 10_000;
const IDLE_MS = 10_000;
const AFTER_ERROR_MS = 1_000;
const RECORDS_AT_ONCE = 5_000;
const RECORDS_PER_CALL = 500;
const MOST_BYTES = 8 * 1_048_576;
const INVOCATIONS = 3;

type Positions = Record<string, Record<string, number>>;

export function createFirehose(settings: FirehoseSettings): Firehose {
  const positions = new JsonFile<Positions>(join(settings.dataDir, 'firehose', 'positions.json'), {});
  const writer = createParquetWriter();
  const running = new Map<string, { readonly stop: AbortController; readonly done: Promise<void> }>();

  async function stop(name: string): Promise<void> {
    const one = running.get(name);
    one?.stop.abort();
    await one?.done;
    running.delete(name);
  }

  async function work(delivery: Delivery, signal: AbortSignal): Promise<void> {
    let said = '';
    while (!signal.aborted) {
      try {
        await deliver(delivery, signal);
        said = '';
      } catch (error) {
        if (signal.aborted) return;
        const message = `Delivery stream ${delivery.name}: ${error instanceof Error ? error.message : String(error)}`;
        if (message !== said) process.emitWarning(message);
        said = message;
        await wait(AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function deliver(delivery: Delivery, signal: AbortSignal): Promise<void> {
    const { kinesis } = settings;
    const seen = kinesis.writes();
    const held = positions.state[delivery.name] ?? {};
    const read = () =>
      Array.from({ length: kinesis.shards(delivery.stream) }, (_, shard) => ({
        shard,
        records: kinesis.read(delivery.stream, shard, held[shard] ?? 0, RECORDS_AT_ONCE, MOST_BYTES),
      }));
    if (read().every(({ records }) => records.length === 0)) return kinesis.changed(seen, IDLE_MS, signal);
    const buffer = Math.min(delivery.bufferMs, settings.longestBufferMs ?? LONGEST_BUFFER_MS);
    await wait(buffer, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const batch = read();
    await put(
      delivery,
      batch.flatMap(({ shard, records }) => records.map((record) => ({ shard, record }))),
    );
    for (const { shard, records } of batch) {
      const last = records.at(-1);
      if (last !== undefined) held[shard] = last.id;
    }
    positions.state[delivery.name] = held;
    positions.save();
  }

  async function put(delivery: Delivery, taken: readonly Taken[]): Promise<void> {
    const table = settings.tableOf(delivery.table.database, delivery.table.name);
    if (table === undefined) throw new Error(`there is no table ${delivery.table.database}.${delivery.table.name}`);
    const { roleArn, bucket } = delivery;
    settings.authorize(roleArn, { action: 'lambda:InvokeFunction', resource: delivery.functionArn });
    const groups = new Map<string, Buffer[]>();
    const failed: string[] = [];
    for (let start = 0; start < taken.length; start += RECORDS_PER_CALL) {
      const slice = taken.slice(start, start + RECORDS_PER_CALL);
      for (const { line, keys, failure } of await transform(delivery, slice)) {
        if (failure !== undefined) {
          failed.push(failure);
          continue;
        }
        const prefix = filled(delivery.prefix, keys, settings.clock());
        groups.set(prefix, [...(groups.get(prefix) ?? []), line]);
      }
    }
    const store = async (prefix: string, ending: string, data: Buffer, type: string): Promise<void> => {
      const key = `${prefix}${delivery.name}-${new Date(settings.clock()).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-')}-${randomUUID()}${ending}`;
      settings.authorize(roleArn, { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${key}` });
      await settings.store(bucket, key, data, type);
    };
    for (const [prefix, lines] of groups) {
      await store(
        prefix,
        '.parquet',
        await writer.write(table, Buffer.concat(lines)),
        'application/vnd.apache.parquet',
      );
    }
    if (failed.length > 0) {
      const prefix = filled(delivery.errorPrefix, { 'error-output-type': 'processing-failed' }, settings.clock());
      await store(prefix, '', Buffer.from(`${failed.join('\n')}\n`), 'application/octet-stream');
    }
  }

  async function transform(delivery: Delivery, slice: readonly Taken[]): Promise<readonly Transformed[]> {
    const byId = new Map(slice.map((one) => [`${shardId(one.shard)}${sequenceNumber(one.record.id)}`, one]));
    const event = {
      invocationId: randomUUID(),
      deliveryStreamArn: delivery.arn,
      sourceKinesisStreamArn: delivery.streamArn,
      region: settings.region,
      records: [...byId].map(([recordId, { shard, record }]) => ({
        recordId,
        approximateArrivalTimestamp: record.arrivedAt,
        data: record.data.toString('base64'),
        kinesisRecordMetadata: {
          sequenceNumber: sequenceNumber(record.id),
          subsequenceNumber: 0,
          partitionKey: record.partitionKey,
          shardId: shardId(shard),
          approximateArrivalTimestamp: record.arrivedAt,
        },
      })),
    };
    const failureOf = ({ record }: Taken, code: string, message: string): Transformed => ({
      line: Buffer.alloc(0),
      keys: {},
      failure: JSON.stringify({
        attemptsMade: INVOCATIONS,
        arrivalTimestamp: record.arrivedAt,
        errorCode: code,
        errorMessage: message,
        attemptEndingTimestamp: settings.clock(),
        rawData: record.data.toString('base64'),
        lambdaArn: delivery.functionArn,
      }),
    });
    let reason = '';
    for (let attempt = 0; attempt < INVOCATIONS; attempt += 1) {
      const result = await settings.invoker.invoke(delivery.functionArn, event);
      if (!result.ok) {
        reason = `${result.error.errorType}: ${result.error.errorMessage}`;
        continue;
      }
      const answers = new Map(
        objectsOf(isObject(result.payload) ? result.payload : {}, 'records').map((one) => [
          optionalText(one, 'recordId'),
          one,
        ]),
      );
      return [...byId].flatMap(([recordId, one]) => {
        const answer = answers.get(recordId);
        if (answer === undefined)
          return [failureOf(one, 'Lambda.MissingRecordId', 'The function answered without it.')];
        if (answer.result === 'Dropped') return [];
        if (answer.result !== 'Ok') {
          return [failureOf(one, 'Lambda.ProcessingFailedStatus', 'ProcessingFailed status set for record')];
        }
        const keys = objectOf(objectOf(answer, 'metadata'), 'partitionKeys');
        return [
          {
            line: Buffer.from(optionalText(answer, 'data') ?? '', 'base64'),
            keys: Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, String(value)])),
            failure: undefined,
          },
        ];
      });
    }
    return slice.map((one) => failureOf(one, 'Lambda.FunctionError', reason));
  }

  return {
    types: ['AWS::KinesisFirehose::DeliveryStream'],
    refuse: refuseDelivery,
    provision: async (resource) => {
      await stop(resource.physicalId);
      const controller = new AbortController();
      running.set(resource.physicalId, {
        stop: controller,
        done: work(readDelivery(resource), controller.signal),
      });
    },
    close: async () => {
      await Promise.all([...running.keys()].map(stop));
      await writer.close();
    },
  };
}

interface Taken {
  readonly shard: number;
  readonly record: StoredRecord;
}

interface Transformed {
  readonly line: Buffer;
  readonly keys: Readonly<Record<string, string>>;
  /** As Firehose writes it below the folder of errors. */
  readonly failure: string | undefined;
}

const filled = (prefix: string, values: Readonly<Record<string, string>>, now: number): string =>
  prefix
    .replaceAll('!{timestamp:yyyy-MM-dd}', new Date(now).toISOString().slice(0, 10))
    .replaceAll(/!\{(?:partitionKeyFromLambda|firehose):([\w-]+)\}/g, (_, name: string) => values[name] ?? 'unknown');

/**
 * Delivery streams of the templates: what comes on a Kinesis stream, transformed by their function, into Parquet in a bucket. At least once, as
 * on AWS: what was read and not yet written when the process died is read again.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccessNeed, FunctionInvoker, Provisioner } from '../../ports.ts';
import type { GlueTable } from '../athena/glue-table.ts';
import { JsonFile } from '../json-file.ts';
import type { KinesisReader } from '../kinesis/kinesis-service.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { convertLines } from './convert-lines.ts';
import { type Delivery, readDelivery, refuseDelivery } from './delivery.ts';
import { type ErrorType, errorObject } from './error-objects.ts';
import { createParquetWriter } from './parquet-writer.ts';
import { type Failure, type Line, type Taken, transform } from './transform.ts';

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
  /** Writes what waits in the buffers; what it cannot write in ten seconds stays in the stream. */
  close(): Promise<void>;
}

const LONGEST_BUFFER_MS = 10_000;
const IDLE_MS = 10_000;
const AFTER_ERROR_MS = 1_000;
/** How often a buffer that fills is looked at. */
const LOOK_MS = 250;
const LAST_WRITE_MS = 10_000;
/** Of a shard, which holds back what memory a laptop gives to it. */
const RECORDS_AT_ONCE = 5_000;
const MOST_BYTES = 8 * 1_048_576;
const RECORDS_PER_CALL = 500;

type Positions = Record<string, Record<string, number>>;

export function createFirehose(settings: FirehoseSettings): Firehose {
  const { kinesis, clock } = settings;
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
    const calls = lasting(signal);
    while (!signal.aborted) {
      try {
        await deliver(delivery, signal, calls);
        said = '';
      } catch (error) {
        const message = `Delivery stream ${delivery.name}: ${error instanceof Error ? error.message : String(error)}`;
        if (message !== said) process.emitWarning(message);
        said = message;
        await wait(AFTER_ERROR_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function deliver(delivery: Delivery, signal: AbortSignal, calls: AbortSignal): Promise<void> {
    const seen = kinesis.writes();
    const held = { ...positions.state[delivery.name] };
    const shards = Array.from({ length: kinesis.shards(delivery.stream) }, (_, shard) => shard);
    const waiting = shards.map((shard) => () => kinesis.lastId(delivery.stream, shard) - (held[shard] ?? 0));
    if (waiting.every((count) => count() <= 0)) return kinesis.changed(seen, IDLE_MS, signal);

    for (const need of needsOf(delivery)) settings.authorize(delivery.roleArn, need);
    const until = Date.now() + Math.min(delivery.bufferMs, settings.longestBufferMs ?? LONGEST_BUFFER_MS);
    // Ids are counted over all streams: there may be fewer, and the buffer is then written somewhat early.
    while (waiting.every((count) => count() < RECORDS_AT_ONCE) && Date.now() < until && !signal.aborted) {
      await wait(Math.min(LOOK_MS, until - Date.now()), undefined, { signal }).catch(() => undefined);
    }
    const mostBytes = Math.min(delivery.bufferBytes, MOST_BYTES);
    const batch = shards.map((shard) => ({
      shard,
      // What is swept when its time in the stream is over leaves nothing to read below the last id.
      end: kinesis.lastId(delivery.stream, shard),
      records: kinesis.read(delivery.stream, shard, held[shard] ?? 0, RECORDS_AT_ONCE, mostBytes),
    }));
    const taken = batch.flatMap(({ shard, records }) => records.map((record) => ({ shard, record })));
    await put(delivery, taken, calls);
    for (const { shard, end, records } of batch) held[shard] = records.at(-1)?.id ?? end;
    positions.state[delivery.name] = held;
    positions.save();
  }

  async function put(delivery: Delivery, taken: readonly Taken[], signal: AbortSignal): Promise<void> {
    const table = settings.tableOf(delivery.table.database, delivery.table.name);
    if (table === undefined) throw new Error(`there is no table ${delivery.table.database}.${delivery.table.name}`);
    const groups = new Map<string, Line[]>();
    const failed: Record<ErrorType, Failure[]> = { 'processing-failed': [], 'format-conversion-failed': [] };
    for (let start = 0; start < taken.length; start += RECORDS_PER_CALL) {
      const slice = taken.slice(start, start + RECORDS_PER_CALL);
      const { lines, failures } = await transform(settings.invoker, settings.region, delivery, slice, signal);
      for (const line of lines) {
        const prefix = filled(delivery.prefix, line.keys, clock());
        const group = groups.get(prefix);
        if (group === undefined) groups.set(prefix, [line]);
        else group.push(line);
      }
      for (const failure of failures) failed['processing-failed'].push(failure);
    }
    for (const [prefix, lines] of groups) {
      const { parquet, failures } = await convertLines(writer, table, lines);
      if (parquet !== undefined) await store(delivery, prefix, '.parquet', parquet);
      for (const failure of failures) failed['format-conversion-failed'].push(failure);
    }
    for (const [type, failures] of Object.entries(failed) as [ErrorType, Failure[]][]) {
      if (failures.length === 0) continue;
      const prefix = filled(delivery.errorPrefix, { 'error-output-type': type }, clock());
      const data = errorObject(type, failures, settings, delivery, clock());
      await store(delivery, prefix, '', data);
    }
  }

  async function store(delivery: Delivery, prefix: string, ending: string, data: Buffer): Promise<void> {
    const { bucket, roleArn, name } = delivery;
    const time = new Date(clock()).toISOString().slice(0, 19).replaceAll(/[T:]/g, '-');
    const key = `${prefix}${name}-${time}-${randomUUID()}${ending}`;
    settings.authorize(roleArn, { action: 's3:PutObject', resource: `arn:aws:s3:::${bucket}/${key}` });
    await settings.store(bucket, key, data, 'application/octet-stream');
  }

  const needsOf = (delivery: Delivery): readonly AccessNeed[] => [
    { action: 'kinesis:GetShardIterator', resource: delivery.streamArn },
    { action: 'kinesis:GetRecords', resource: delivery.streamArn },
    { action: 'lambda:InvokeFunction', resource: delivery.functionArn },
    {
      action: 'glue:GetTableVersions',
      resource: arnOf(settings, 'glue', `table/${delivery.table.database}/${delivery.table.name}`),
    },
  ];

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

/** Ends some seconds after the other: on the way out what waits is written, and a function that hangs is not waited for. */
function lasting(signal: AbortSignal): AbortSignal {
  const controller = new AbortController();
  signal.addEventListener('abort', () => setTimeout(() => controller.abort(), LAST_WRITE_MS).unref(), { once: true });
  return controller.signal;
}

const filled = (prefix: string, values: Readonly<Record<string, string>>, now: number): string =>
  prefix
    .replaceAll('!{timestamp:yyyy-MM-dd}', new Date(now).toISOString().slice(0, 10))
    .replaceAll(/!\{(?:partitionKeyFromLambda|firehose):([\w-]+)\}/g, (_, name: string) => values[name] ?? '');

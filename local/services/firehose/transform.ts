/** Records through the function of a delivery stream, as Firehose hands them over and reads them back. */
import { randomUUID } from 'node:crypto';
import type { FunctionInvoker } from '../../ports.ts';
import { isObject, objectOf, objectsOf, optionalText } from '../json-protocol.ts';
import type { StoredRecord } from '../kinesis/record-log.ts';
import { sequenceNumber, shardId } from '../kinesis/shards.ts';
import type { Delivery } from './delivery.ts';

export interface Taken {
  readonly shard: number;
  readonly record: StoredRecord;
}

export interface Line {
  readonly taken: Taken;
  /** Ends in a line break. */
  readonly data: Buffer;
  readonly keys: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly taken: Taken;
  readonly code: string;
  readonly message: string;
}

export interface Transformed {
  readonly lines: readonly Line[];
  readonly failures: readonly Failure[];
}

/** The first and two more, as on AWS. */
export const INVOCATIONS = 3;
const LINE_BREAK = Buffer.from('\n');

export async function transform(
  invoker: FunctionInvoker,
  region: string,
  delivery: Delivery,
  slice: readonly Taken[],
  signal: AbortSignal,
): Promise<Transformed> {
  const byId = new Map(slice.map((one) => [`${shardId(one.shard)}${sequenceNumber(one.record.id)}`, one]));
  const event = {
    invocationId: randomUUID(),
    deliveryStreamArn: delivery.arn,
    sourceKinesisStreamArn: delivery.streamArn,
    region,
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
  let reason = '';
  for (let attempt = 0; attempt < INVOCATIONS; attempt += 1) {
    const result = await invoker.invoke(delivery.functionArn, event, { signal });
    signal.throwIfAborted();
    if (result.ok) return readAnswer(result.payload, byId, delivery);
    reason = `${result.error.errorType}: ${result.error.errorMessage}`;
  }
  return { lines: [], failures: slice.map((taken) => ({ taken, code: 'Lambda.FunctionError', message: reason })) };
}

function readAnswer(payload: unknown, byId: ReadonlyMap<string, Taken>, delivery: Delivery): Transformed {
  const answers = new Map(
    objectsOf(isObject(payload) ? payload : {}, 'records').map((one) => [optionalText(one, 'recordId'), one]),
  );
  const lines: Line[] = [];
  const failures: Failure[] = [];
  for (const [recordId, taken] of byId) {
    const fail = (code: string, message: string): number => failures.push({ taken, code, message });
    const answer = answers.get(recordId);
    if (answer === undefined) {
      fail('Lambda.MissingRecordId', 'The function answered without it.');
    } else if (answer.result === 'Ok') {
      const given = objectOf(objectOf(answer, 'metadata'), 'partitionKeys');
      const keys = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
      const missing = delivery.partitionKeys.find((name) => (keys[name] ?? '') === '');
      if (missing === undefined) lines.push({ taken, data: line(optionalText(answer, 'data') ?? ''), keys });
      else fail('DynamicPartitioning.MetadataExtractionFailed', `partitionKeys does not hold ${missing}.`);
    } else if (answer.result !== 'Dropped') {
      fail('Lambda.ProcessingFailedStatus', 'ProcessingFailed status set for record');
    }
  }
  return { lines, failures };
}

function line(base64: string): Buffer {
  const data = Buffer.from(base64, 'base64');
  return data.at(-1) === LINE_BREAK[0] ? data : Buffer.concat([data, LINE_BREAK]);
}

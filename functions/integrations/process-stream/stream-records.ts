/** Records of the two event sources in one form. */

export type RecordSource =
  | { readonly type: 'kinesis'; readonly stream: string; readonly shard: string; readonly sequence: string }
  | { readonly type: 'kafka'; readonly topic: string; readonly partition: number; readonly offset: string };

export interface StreamRecord {
  readonly source: RecordSource;
  /** What the event source takes back to deliver from this record on: `batchItemFailures[].itemIdentifier`. */
  readonly identifier: string | { readonly partition: string; readonly offset: number };
  /** Records of one lane of delivery: a shard or a partition. In it the order is the order of the batch. */
  readonly delivery: string;
  readonly data: Buffer;
  /** Epoch milliseconds at which the source took it. */
  readonly arrivedAt: number;
}

interface KinesisRecord {
  readonly eventID: string;
  readonly eventSourceARN: string;
  readonly kinesis: {
    readonly sequenceNumber: string;
    readonly data: string;
    /** Seconds. */
    readonly approximateArrivalTimestamp: number;
  };
}

interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds. */
  readonly timestamp: number;
  /** Null for a tombstone. */
  readonly value?: string | null;
}

export type StreamDelivery =
  | { readonly Records: readonly KinesisRecord[] }
  | { readonly eventSource: string; readonly records: Readonly<Record<string, readonly KafkaRecord[]>> };

/** Throws `TypeError` for what is neither: a mistake of whoever invokes, which no retry mends. */
export function streamRecords(delivery: StreamDelivery): StreamRecord[] {
  if ('Records' in delivery) return delivery.Records.map(ofKinesis);
  if ('records' in delivery) {
    return Object.entries(delivery.records).flatMap(([partition, records]) =>
      records.map((record) => ofKafka(partition, record)),
    );
  }
  throw new TypeError('The event is neither of Kinesis nor of Kafka.');
}

function ofKinesis({ eventID, eventSourceARN, kinesis }: KinesisRecord): StreamRecord {
  const shard = eventID.split(':')[0] ?? '';
  return {
    source: {
      type: 'kinesis',
      stream: eventSourceARN.split('/').at(-1) ?? '',
      shard,
      sequence: kinesis.sequenceNumber,
    },
    identifier: kinesis.sequenceNumber,
    delivery: shard,
    data: Buffer.from(kinesis.data, 'base64'),
    arrivedAt: Math.round(kinesis.approximateArrivalTimestamp * 1_000),
  };
}

/** The last that a `Date` holds. A producer sets what time it likes, in nanoseconds by mistake: no batch may fail on it. */
const latestInstant = 8_640_000_000_000_000;

function ofKafka(delivery: string, { topic, partition, offset, timestamp, value }: KafkaRecord): StreamRecord {
  return {
    source: { type: 'kafka', topic, partition, offset: String(offset) },
    identifier: { partition: delivery, offset },
    delivery,
    data: Buffer.from(value ?? '', 'base64'),
    arrivedAt: Math.min(Math.max(timestamp, 0), latestInstant),
  };
}

import * as z from 'zod/mini';

/** What a message of the dead-letter queue says: one record with a reason, or where a given-up batch lies. */
const recordLetter = z.object({
  kind: z.literal('record'),
  reason: z.string(),
  detail: z.string(),
  source: z.record(z.string(), z.unknown()),
  arrivedAt: z.string(),
  schemaVersionId: z.nullable(z.string()),
  workspaceId: z.nullable(z.string()),
  data: z.string(),
  cutFrom: z.optional(z.number()),
});

const conditions = { requestContext: z.object({ condition: z.string() }) };
const kinesisRange = z.object({
  ...conditions,
  KinesisBatchInfo: z.object({
    shardId: z.string(),
    startSequenceNumber: z.string(),
    endSequenceNumber: z.string(),
    batchSize: z.number(),
    streamArn: z.string(),
  }),
});
const kafkaRange = z.object({
  ...conditions,
  KafkaBatchInfo: z.object({ batchSize: z.number(), recordsInfo: z.record(z.string(), z.unknown()) }),
});

export interface StreamRange {
  readonly stream: string;
  readonly shardId: string;
  readonly from: string;
  readonly to: string;
  readonly records: number;
}

export type Letter =
  | { readonly kind: 'record'; readonly record: z.infer<typeof recordLetter> }
  | { readonly kind: 'range'; readonly condition: string; readonly range: StreamRange }
  | { readonly kind: 'kafka-range'; readonly condition: string; readonly partitions: readonly string[] }
  | { readonly kind: 'unknown' };

export function readLetter(body: string): Letter {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return { kind: 'unknown' };
  }
  const record = recordLetter.safeParse(given);
  if (record.success) return { kind: 'record', record: record.data };
  const kinesis = kinesisRange.safeParse(given);
  if (kinesis.success) {
    const { shardId, startSequenceNumber, endSequenceNumber, batchSize, streamArn } = kinesis.data.KinesisBatchInfo;
    return {
      kind: 'range',
      condition: kinesis.data.requestContext.condition,
      range: {
        stream: streamArn.split('/').at(-1) ?? '',
        shardId,
        from: startSequenceNumber,
        to: endSequenceNumber,
        records: batchSize,
      },
    };
  }
  const kafka = kafkaRange.safeParse(given);
  if (kafka.success) {
    return {
      kind: 'kafka-range',
      condition: kafka.data.requestContext.condition,
      partitions: Object.keys(kafka.data.KafkaBatchInfo.recordsInfo),
    };
  }
  return { kind: 'unknown' };
}

/** As people ask for it with `--reason`; batches that were given up are `given-up`. */
export const reasonOf = (letter: Letter): string =>
  letter.kind === 'record' ? letter.record.reason : letter.kind === 'unknown' ? 'unknown' : 'given-up';

export const workspaceOf = (letter: Letter): string =>
  letter.kind === 'record' ? (letter.record.workspaceId ?? '-') : '-';

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as K from '@aws-sdk/client-kinesis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKinesis } from '../../../local/services/kinesis/kinesis-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

const start = Date.UTC(2026, 10, 20, 12);
let now: number;
let dataDir: string;
let kinesis: ReturnType<typeof createKinesis>;
let served: ServedService;
let client: K.KinesisClient;

const stream = (properties: Record<string, unknown>) => ({
  type: 'AWS::Kinesis::Stream',
  stack: 'S',
  logicalId: 'Events',
  physicalId: 'events',
  arn: 'arn:aws:kinesis:eu-central-1:000000000000:stream/events',
  properties,
});
async function open(): Promise<void> {
  kinesis = createKinesis({ ...PLACE, dataDir, clock: () => now });
  await kinesis.provision(stream({ ShardCount: 4, RetentionPeriodHours: 48 }));
  served = await serveService(kinesis);
  client = new K.KinesisClient(served.client);
}
async function shut(): Promise<void> {
  client.destroy();
  await served.close();
  await kinesis.close();
}
beforeEach(async () => {
  now = start;
  dataDir = mkdtempSync(join(tmpdir(), 'conext-kinesis-'));
  await open();
});
afterEach(async () => {
  await shut();
  rmSync(dataDir, { recursive: true, force: true });
});

const put = (keys: readonly string[]) =>
  client.send(
    new K.PutRecordsCommand({
      StreamName: 'events',
      Records: keys.map((key) => ({ PartitionKey: key, Data: Buffer.from(`of ${key}`) })),
    }),
  );
const iterator = async (input: Partial<K.GetShardIteratorCommandInput> = {}) =>
  (
    await client.send(
      new K.GetShardIteratorCommand({
        StreamName: 'events',
        ShardId: 'shardId-000000000000',
        ShardIteratorType: 'TRIM_HORIZON',
        ...input,
      }),
    )
  ).ShardIterator;
const read = async (ShardIterator: string | undefined, Limit?: number) =>
  client.send(new K.GetRecordsCommand({ ShardIterator, Limit }));
const texts = ({ Records }: K.GetRecordsCommandOutput) =>
  (Records ?? []).map(({ Data }) => Buffer.from(Data ?? []).toString());

describe('the local Kinesis', () => {
  it('spreads records over the shards by the MD5 of their keys, as AWS does', async () => {
    // md5('a') = 0cc1…, md5('b') = 92eb…, md5('c') = 4a8a…, md5('d') = 8277…
    const { Records } = await put(['a', 'b', 'c', 'd']);
    expect(Records?.map(({ ShardId }) => Number(ShardId?.slice(-1)))).toEqual([0, 2, 1, 2]);
    const { Shards } = await client.send(new K.ListShardsCommand({ StreamARN: stream({}).arn }));
    expect(Shards?.map(({ HashKeyRange }) => HashKeyRange?.StartingHashKey)).toEqual([
      '0',
      '85070591730234615865843651857942052864',
      '170141183460469231731687303715884105728',
      '255211775190703847597530955573826158592',
    ]);
  });

  it('gives a shard’s records in their order, page by page, and says how far behind a reader is', async () => {
    const of = async (index: number) =>
      client.send(
        new K.PutRecordCommand({
          StreamName: 'events',
          PartitionKey: 'any',
          ExplicitHashKey: '7',
          Data: Buffer.from(String(index)),
        }),
      );
    for (let index = 0; index < 5; index += 1) await of(index);
    now += 2_000;
    const first = await read(await iterator(), 3);
    expect(texts(first)).toEqual(['0', '1', '2']);
    expect(first.MillisBehindLatest).toBe(2_000);
    const second = await read(first.NextShardIterator);
    expect(texts(second)).toEqual(['3', '4']);
    expect(second.MillisBehindLatest).toBe(0);
    expect(texts(await read(second.NextShardIterator))).toEqual([]);
  });

  it('starts where a reader asks: at or after a record, at a time, at the end', async () => {
    const one = async (text: string) =>
      client.send(
        new K.PutRecordCommand({
          StreamName: 'events',
          PartitionKey: 'x',
          ExplicitHashKey: '0',
          Data: Buffer.from(text),
        }),
      );
    await one('early');
    now += 60_000;
    const { SequenceNumber } = await one('middle');
    await one('last');
    const from = async (input: Partial<K.GetShardIteratorCommandInput>) => texts(await read(await iterator(input)));
    const sequence = { StartingSequenceNumber: SequenceNumber };
    expect(await from({ ShardIteratorType: 'AT_SEQUENCE_NUMBER', ...sequence })).toEqual(['middle', 'last']);
    expect(await from({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', ...sequence })).toEqual(['last']);
    expect(await from({ ShardIteratorType: 'AT_TIMESTAMP', Timestamp: new Date(start + 1_000) })).toEqual([
      'middle',
      'last',
    ]);
    expect(await from({ ShardIteratorType: 'LATEST' })).toEqual([]);
  });

  it('keeps records over a restart, and forgets them when their time is over', async () => {
    await client.send(
      new K.PutRecordCommand({
        StreamName: 'events',
        PartitionKey: 'x',
        ExplicitHashKey: '0',
        Data: Buffer.from('kept'),
      }),
    );
    await shut();
    await open();
    expect(texts(await read(await iterator()))).toEqual(['kept']);
    now += 49 * 3_600_000;
    await shut();
    await open();
    expect(texts(await read(await iterator()))).toEqual([]);
  });

  it('refuses records beyond what a shard takes in a second, one by one, and takes them later', async () => {
    const batch = (from: number) => Array.from({ length: 500 }, (_, index) => `k${from + index}`);
    const answers = [];
    for (let from = 0; from < 5_000; from += 500) answers.push(await put(batch(from)));
    const refused = answers.reduce((sum, { FailedRecordCount = 0 }) => sum + FailedRecordCount, 0);
    // Four shards of a thousand each; the keys do not fall evenly.
    expect(refused).toBeGreaterThanOrEqual(1_000);
    expect(answers.at(-1)?.Records?.find(({ ErrorCode }) => ErrorCode !== undefined)).toMatchObject({
      ErrorCode: 'ProvisionedThroughputExceededException',
      ErrorMessage: expect.stringContaining('Rate exceeded for shard'),
    });
    now += 1_000;
    expect((await put(batch(0))).FailedRecordCount).toBe(0);
  });

  it.each([
    [
      'a stream that is not there',
      { StreamName: 'other', Records: [{ PartitionKey: 'a', Data: Buffer.alloc(1) }] },
      'ResourceNotFoundException',
    ],
    [
      'more than 500 records',
      {
        StreamName: 'events',
        Records: Array.from({ length: 501 }, () => ({ PartitionKey: 'a', Data: Buffer.alloc(1) })),
      },
      'ValidationException',
    ],
    [
      'a record above 1 MiB',
      { StreamName: 'events', Records: [{ PartitionKey: 'a', Data: Buffer.alloc(1_048_577) }] },
      'ValidationException',
    ],
    [
      'more than 5 MiB',
      {
        StreamName: 'events',
        Records: Array.from({ length: 6 }, () => ({ PartitionKey: 'a', Data: Buffer.alloc(1_000_000) })),
      },
      'InvalidArgumentException',
    ],
  ])('refuses %s', async (_what, input, name) => {
    await expect(client.send(new K.PutRecordsCommand(input))).rejects.toMatchObject({ name });
  });

  it('refuses an iterator that is older than five minutes', async () => {
    const old = await iterator();
    now += 5 * 60_000 + 1;
    await expect(read(old)).rejects.toMatchObject({ name: 'ExpiredIteratorException' });
  });
});

it('names what of a template it cannot do', () => {
  expect(kinesis.refuse(stream({ ShardCount: 1, MaxRecordSizeInKiB: 2_048 }))).toContain('MaxRecordSizeInKiB');
});

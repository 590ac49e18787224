import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as DB from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AccessNeed, AwsError, type FunctionInvoker, type InvokeResult } from '../../../local/ports.ts';
import { createDynamoDb, type DynamoDbService } from '../../../local/services/dynamodb/dynamodb-service.ts';
import {
  createEventSourceMappings,
  type EventSourceMappings,
} from '../../../local/services/event-sources/event-source-mappings.ts';
import { createKinesis } from '../../../local/services/kinesis/kinesis-service.ts';
import { createSqs, type SqsService } from '../../../local/services/sqs/sqs-service.ts';
import { operator, PLACE, type ServedService, serveService } from './serve-service.ts';
import { TargetRecorder } from './target-recorder.ts';

interface Batch {
  readonly Records: readonly (Record<string, unknown> & {
    messageId?: string;
    body?: string;
    kinesis?: { sequenceNumber: string; data: string };
    dynamodb?: { SequenceNumber: string; Keys: { pk: { S: string } } };
  })[];
}

const QUEUE = 'arn:aws:sqs:eu-central-1:000000000000:work';
const STREAM = 'arn:aws:dynamodb:eu-central-1:000000000000:table/things/stream/any';
const ROLE = 'arn:aws:iam::000000000000:role/process';
const DEAD = 'arn:aws:sqs:eu-central-1:000000000000:dead';
let dataDir: string;
let sqs: SqsService;
let db: DynamoDbService;
let kinesis: ReturnType<typeof createKinesis>;
let served: ServedService;
let client: DB.DynamoDBClient;
let mappings: EventSourceMappings;
let targets: TargetRecorder;
let batches: Batch[];
let answer: (batch: Batch) => InvokeResult;
let authorize: (roleArn: string, need: AccessNeed) => void;

const DONE: InvokeResult = { ok: true, payload: null };
const FAILED: InvokeResult = { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };

const invoker: FunctionInvoker = {
  invoke: async (_name, payload) => {
    batches.push(payload as Batch);
    return answer(payload as Batch);
  },
};

const resource = (type: string, physicalId: string, properties: Record<string, unknown>) => ({
  type,
  stack: 'S',
  logicalId: physicalId,
  physicalId,
  arn: `arn:${physicalId}`,
  properties,
});
const mapping = (properties: Record<string, unknown>) =>
  resource('AWS::Lambda::EventSourceMapping', 'Mapping', { FunctionName: 'process', ...properties });

function startMappings(): void {
  mappings = createEventSourceMappings({
    ...PLACE,
    dataDir,
    clock: Date.now,
    queues: sqs.queues,
    streams: db.streams,
    kinesis: kinesis.reader,
    invoker,
    targets,
    roleOf: () => ROLE,
    authorize,
  });
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-mappings-'));
  batches = [];
  answer = () => DONE;
  authorize = () => undefined;
  targets = new TargetRecorder();
  sqs = createSqs({ ...PLACE, dataDir, clock: Date.now, endpoint: 'http://127.0.0.1:1' });
  await sqs.provision(resource('AWS::SQS::Queue', 'http://x/0/work', { VisibilityTimeout: 1 }));
  kinesis = createKinesis({ ...PLACE, dataDir, clock: Date.now });
  await kinesis.provision(resource('AWS::Kinesis::Stream', 'events', { ShardCount: 2 }));
  db = createDynamoDb({ ...PLACE, dataDir, clock: Date.now, port: 0 });
  await db.provision(
    resource('AWS::DynamoDB::Table', 'things', {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    }),
  );
  served = await serveService(db);
  client = new DB.DynamoDBClient(served.client);
  startMappings();
});
afterEach(async () => {
  await mappings.close();
  client.destroy();
  await served.close();
  await Promise.all([sqs.close(), db.close(), kinesis.close()]);
  rmSync(dataDir, { recursive: true, force: true });
});

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 800; attempt += 1) {
    if (condition()) return;
    await new Promise((later) => setTimeout(later, 10));
  }
  throw new Error(`Not reached with ${JSON.stringify(batches.map(keys))}.`);
}

const put = (pk: string) => client.send(new DB.PutItemCommand({ TableName: 'things', Item: { pk: { S: pk } } }));
const keys = (batch: Batch) => batch.Records.map((record) => record.dynamodb?.Keys.pk.S ?? record.body);
const seen = () => batches.flatMap(keys);

describe('a queue', () => {
  it('feeds the function and loses what it took', async () => {
    await mappings.provision(mapping({ EventSourceArn: QUEUE }));
    sqs.queues.send('work', { body: 'one', attributes: { kind: { DataType: 'String', StringValue: 'x' } } });
    await until(
      () => sqs.queues.counts('work').inFlight + sqs.queues.counts('work').visible === 0 && batches.length === 1,
    );
    expect(batches[0]?.Records[0]).toMatchObject({
      body: 'one',
      eventSource: 'aws:sqs',
      eventSourceARN: QUEUE,
      awsRegion: 'eu-central-1',
      attributes: { ApproximateReceiveCount: '1' },
      messageAttributes: { kind: { stringValue: 'x', dataType: 'String' } },
    });
  });

  it('gives again only what the function reports as failed', async () => {
    answer = ({ Records }) => ({
      ok: true,
      payload: {
        batchItemFailures:
          batches.length === 1
            ? Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({ itemIdentifier: messageId }))
            : [],
      },
    });
    for (const body of ['good', 'bad', 'fine']) sqs.queues.send('work', { body });
    await mappings.provision(mapping({ EventSourceArn: QUEUE, FunctionResponseTypes: ['ReportBatchItemFailures'] }));
    await until(() => batches.length === 2);
    expect(batches.map(keys)).toEqual([['good', 'bad', 'fine'], ['bad']]);
  });

  it('gives everything again when the function fails', async () => {
    answer = () => (batches.length === 1 ? FAILED : DONE);
    sqs.queues.send('work', { body: 'retry' });
    await mappings.provision(mapping({ EventSourceArn: QUEUE }));
    await until(() => batches.length === 2);
    await until(() => sqs.queues.counts('work').inFlight === 0);
    expect(seen()).toEqual(['retry', 'retry']);
  });

  it('drops messages that its filter does not let through', async () => {
    for (const kind of ['a', 'b']) sqs.queues.send('work', { body: JSON.stringify({ kind }) });
    await mappings.provision(
      mapping({ EventSourceArn: QUEUE, FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["b"]}}' }] } }),
    );
    await until(() => batches.length === 1 && sqs.queues.counts('work').inFlight === 0);
    expect(seen()).toEqual(['{"kind":"b"}']);
  });
});

describe('a stream', () => {
  const stream = (properties: Record<string, unknown> = {}) =>
    mapping({ EventSourceArn: STREAM, StartingPosition: 'TRIM_HORIZON', ...properties });

  it('feeds the function in order, also after a restart, each record once', async () => {
    await put('a');
    await put('b');
    await mappings.provision(stream());
    await until(() => seen().length === 2);
    await put('c');
    await until(() => seen().length === 3);
    await mappings.close();
    await put('d');
    startMappings();
    await mappings.provision(stream());
    await until(() => seen().length === 4);
    expect(seen()).toEqual(['a', 'b', 'c', 'd']);
    expect(batches[0]?.Records[0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventSourceARN: STREAM,
      dynamodb: { NewImage: { pk: { S: 'a' } } },
    });
  });

  it('starts with what is written from now on when told so', async () => {
    await put('before');
    await mappings.provision(stream({ StartingPosition: 'LATEST' }));
    await expect
      .poll(async () => (await put(`after-${Math.random()}`)) && seen().length, { timeout: 5000 })
      .toBeGreaterThan(0);
    expect(seen()).not.toContain('before');
  });

  it('halves a failing batch until the bad record stands alone, and tells the destination of it', async () => {
    answer = ({ Records }) => (Records.some((record) => record.dynamodb?.Keys.pk.S === 'bad') ? FAILED : DONE);
    for (const pk of ['1', '2', 'bad', '4']) await put(pk);
    await mappings.provision(
      stream({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: DEAD } },
      }),
    );
    await until(() => targets.delivered.length === 1 && seen().includes('4') && batches.at(-1)?.Records.length === 1);
    expect(batches.map(keys)).toEqual([['1', '2', 'bad', '4'], ['1', '2'], ['bad', '4'], ['bad'], ['bad'], ['4']]);
    expect(targets.delivered[0]).toMatchObject({
      targetArn: DEAD,
      roleArn: ROLE,
      input: {
        requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
        DDBStreamBatchInfo: { batchSize: 1, startSequenceNumber: '3', endSequenceNumber: '3' },
      },
    });
  });

  it('goes on from the first record that the function reports as failed', async () => {
    let failing = true;
    answer = ({ Records }) => {
      const bad = Records.find((record) => record.dynamodb?.Keys.pk.S === 'bad');
      const payload = { batchItemFailures: failing && bad ? [{ itemIdentifier: bad.dynamodb?.SequenceNumber }] : [] };
      failing = false;
      return { ok: true, payload };
    };
    for (const pk of ['1', 'bad', '3']) await put(pk);
    await mappings.provision(stream({ FunctionResponseTypes: ['ReportBatchItemFailures'] }));
    await until(() => batches.length === 2);
    expect(batches.map(keys)).toEqual([
      ['1', 'bad', '3'],
      ['bad', '3'],
    ]);
  });

  it('lets through only what its filter asks for', async () => {
    await mappings.provision(stream({ FilterCriteria: { Filters: [{ Pattern: '{"eventName":["REMOVE"]}' }] } }));
    await put('x');
    await client.send(new DB.DeleteItemCommand({ TableName: 'things', Key: { pk: { S: 'x' } } }));
    await until(() => batches.length === 1);
    expect(batches[0]?.Records.map((record) => record.eventName)).toEqual(['REMOVE']);
  });
});

it('reads nothing that the role of the function may not read', async () => {
  const asked: string[] = [];
  authorize = (roleArn, need) => {
    asked.push(`${roleArn} ${need.action} ${need.resource}`);
    if (need.action === 'sqs:DeleteMessage') throw new AwsError('AccessDeniedException', 'not allowed');
  };
  await mappings.close();
  startMappings();
  sqs.queues.send('work', { body: 'secret' });
  await mappings.provision(mapping({ EventSourceArn: QUEUE }));
  await until(() => asked.includes(`${ROLE} sqs:DeleteMessage ${QUEUE}`));
  await mappings.close();
  expect(batches).toEqual([]);
  expect(sqs.queues.counts('work').visible).toBe(1);
});

it.each<[string, Record<string, unknown>]>([
  ['mq', { EventSourceArn: 'arn:aws:mq:eu-central-1:000000000000:broker:orders' }],
  ['TumblingWindowInSeconds', { EventSourceArn: STREAM, TumblingWindowInSeconds: 60 }],
  ['Queues', { EventSourceArn: QUEUE, Queues: ['q'] }],
  [
    'cidr',
    { EventSourceArn: QUEUE, FilterCriteria: { Filters: [{ Pattern: '{"body":{"ip":[{"cidr":"10.0.0.0/8"}]}}' }] } },
  ],
])('refuses %s by name', (name, properties) => {
  expect(mappings.refuse(mapping(properties))).toContain(name);
});

describe('a Kinesis stream', () => {
  const EVENTS = 'arn:aws:kinesis:eu-central-1:000000000000:stream/events';
  const fromEvents = (properties: Record<string, unknown> = {}) =>
    mapping({ EventSourceArn: EVENTS, StartingPosition: 'TRIM_HORIZON', BatchSize: 100, ...properties });
  /** Hash keys of the first and of the second shard. */
  const [first, second] = ['0', '255211775190703847597530955573826158592'];
  const send = (text: string, ExplicitHashKey = first) =>
    kinesis.handle({
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      operation: 'PutRecord',
      caller: operator,
      body: Buffer.from(
        JSON.stringify({
          StreamName: 'events',
          PartitionKey: 'p',
          ExplicitHashKey,
          Data: Buffer.from(text).toString('base64'),
        }),
      ),
    });
  const textsOf = (batch: Batch) =>
    batch.Records.map(({ kinesis: record }) => Buffer.from(record?.data ?? '', 'base64').toString());
  const taken = () => batches.flatMap(textsOf);

  it('hands over each shard’s records in their order, as Lambda does', async () => {
    for (const text of ['a', 'b']) await send(text);
    await send('other', second);
    await mappings.provision(fromEvents());
    await until(() => taken().length === 3);
    expect(taken().filter((text) => text !== 'other')).toEqual(['a', 'b']);
    const record = batches.flatMap(({ Records }) => Records).find(({ kinesis: one }) => one?.data === 'YQ==');
    expect(record).toMatchObject({
      eventSource: 'aws:kinesis',
      eventSourceARN: EVENTS,
      eventID: `shardId-000000000000:${record?.kinesis?.sequenceNumber}`,
      invokeIdentityArn: ROLE,
      kinesis: { partitionKey: 'p', kinesisSchemaVersion: '1.0' },
    });
  });

  it('hands a record over as soon as it comes, and gathers for as long as the window is', async () => {
    await mappings.provision(fromEvents({ MaximumBatchingWindowInSeconds: 1 }));
    await send('a');
    await send('b');
    await until(() => taken().length === 2);
    expect(batches).toHaveLength(1);
  });

  it('goes on after the last record that was done when it is started again', async () => {
    await mappings.provision(fromEvents());
    await send('a');
    await until(() => taken().length === 1);
    await mappings.close();
    await send('b');
    startMappings();
    await mappings.provision(fromEvents());
    await until(() => taken().length >= 2);
    expect(taken()).toEqual(['a', 'b']);
  });

  it('delivers again from the first record that failed', async () => {
    for (const text of ['a', 'b', 'c']) await send(text);
    answer = (batch) => {
      const bad = batches.length === 1 ? batch.Records.find((_record, index) => index === 1) : undefined;
      return { ok: true, payload: { batchItemFailures: bad ? [{ itemIdentifier: bad.kinesis?.sequenceNumber }] : [] } };
    };
    await mappings.provision(fromEvents({ FunctionResponseTypes: ['ReportBatchItemFailures'] }));
    await until(() => batches.length === 2);
    expect(batches.map(textsOf)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('lets through only data that its filter asks for, and nothing that is no JSON', async () => {
    const filter = (pattern: string) => fromEvents({ FilterCriteria: { Filters: [{ Pattern: pattern }] } });
    for (const text of ['{"kind":"a"}', 'kind a', '{"kind":"b"}', '{"kind":"a","n":2}']) await send(text);
    await mappings.provision(filter('{"data":{"kind":["a"]}}'));
    await until(() => taken().length === 2);
    expect(taken()).toEqual(['{"kind":"a"}', '{"kind":"a","n":2}']);
    expect(mappings.refuse(filter('{"partitionKey":["p"]}'))).toContain('partitionKey');
    expect(mappings.refuse(filter('{"data":{"kind":["a"]}}'))).toBeUndefined();
  });

  it('halves a batch on which the function dies, and says of the record that stays where it lies', async () => {
    for (const text of ['a', 'poison', 'b']) await send(text);
    answer = (batch) => (textsOf(batch).includes('poison') ? FAILED : DONE);
    await mappings.provision(
      fromEvents({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: DEAD } },
      }),
    );
    await until(() => targets.delivered.length === 1);
    await until(() => taken().includes('b'));
    const alone = batches.find((batch) => textsOf(batch).join() === 'poison');
    const sequence = alone?.Records[0]?.kinesis?.sequenceNumber;
    expect(targets.delivered[0]).toMatchObject({
      targetArn: DEAD,
      input: {
        requestContext: { condition: 'RetryAttemptsExhausted', functionArn: 'process' },
        KinesisBatchInfo: {
          shardId: 'shardId-000000000000',
          startSequenceNumber: sequence,
          endSequenceNumber: sequence,
          batchSize: 1,
          streamArn: EVENTS,
        },
      },
    });
  });
});

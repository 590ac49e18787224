import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as DB from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDatabaseProgram } from '../../../local/services/dynamodb/database-process.ts';
import { createDynamoDb, type DynamoDbService } from '../../../local/services/dynamodb/dynamodb-service.ts';
import { trimStreamRecords } from '../../../local/services/dynamodb/kept-stream-records.ts';
import type { StreamPage, StreamPosition } from '../../../local/services/dynamodb/stream-reader.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

const TableName = 'conext-state';
const ARN = `arn:aws:dynamodb:eu-central-1:000000000000:table/${TableName}`;
let dataDir: string;
let now = Date.now();
let service: DynamoDbService;
let served: ServedService;
let db: DB.DynamoDBClient;

const properties = {
  AttributeDefinitions: ['pk', 'sk', 'gsi1pk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'gsi1',
      KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
  Replicas: [{ Region: 'eu-central-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
};

function table(over: Record<string, unknown> = {}) {
  return {
    type: 'AWS::DynamoDB::GlobalTable',
    stack: 'Data',
    logicalId: 'State',
    physicalId: TableName,
    arn: ARN,
    properties: { ...properties, ...over },
  };
}

async function start(): Promise<void> {
  service = createDynamoDb({ ...PLACE, dataDir, clock: () => now, port: 0 });
  await service.ready();
  await service.provision(table());
  served = await serveService(service);
  db = new DB.DynamoDBClient(served.client);
}

async function stop(): Promise<void> {
  db.destroy();
  await served.close();
  await service.close();
}

async function streams(operation: string, input: Record<string, unknown>) {
  const answer = await fetch(served.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': `DynamoDBStreams_20120810.${operation}` },
    body: JSON.stringify(input),
  });
  return (await answer.json()) as Record<string, unknown> & {
    Records: Record<string, unknown>[];
    ShardIterator: string;
  };
}

async function records() {
  const StreamArn = `${ARN}/stream/any-label`;
  const { StreamDescription } = (await streams('DescribeStream', { StreamArn })) as unknown as {
    StreamDescription: { StreamArn: string; Shards: { ShardId: string }[] };
  };
  expect(StreamDescription.StreamArn).toContain(`${ARN}/stream/`);
  const ShardId = StreamDescription.Shards[0]?.ShardId;
  const { ShardIterator } = await streams('GetShardIterator', {
    StreamArn,
    ShardId,
    ShardIteratorType: 'TRIM_HORIZON',
  });
  return (await streams('GetRecords', { ShardIterator })).Records;
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-dynamodb-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the table', () => {
  it('carries the ARN of the template', async () => {
    const { Table } = await db.send(new DB.DescribeTableCommand({ TableName }));
    expect(Table?.TableArn).toBe(ARN);
    expect(Table?.LatestStreamArn).toContain(`${ARN}/stream/`);
  });

  it('reads and writes items, by name and by ARN', async () => {
    const Item = { pk: { S: 'ws#1' }, sk: { S: 'a' }, gsi1pk: { S: 'type#x' }, n: { N: '1' } };
    await db.send(new DB.PutItemCommand({ TableName: ARN, Item }));
    const got = await db.send(new DB.GetItemCommand({ TableName, Key: { pk: { S: 'ws#1' }, sk: { S: 'a' } } }));
    expect(got.Item).toEqual(Item);
    const found = await db.send(
      new DB.QueryCommand({
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :v',
        ExpressionAttributeValues: { ':v': { S: 'type#x' } },
      }),
    );
    expect(found.Items).toEqual([Item]);
  });

  it('gives the reasons of a cancelled transaction', async () => {
    const put = (sk: string) => ({
      Put: { TableName, Item: { pk: { S: 'ws#t' }, sk: { S: sk } }, ConditionExpression: 'attribute_not_exists(pk)' },
    });
    await db.send(new DB.TransactWriteItemsCommand({ TransactItems: [put('1')] }));
    const again = db.send(new DB.TransactWriteItemsCommand({ TransactItems: [put('2'), put('1')] }));
    await expect(again).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'ConditionalCheckFailed' }],
    });
    const second = await db.send(new DB.GetItemCommand({ TableName, Key: { pk: { S: 'ws#t' }, sk: { S: '2' } } }));
    expect(second.Item).toBeUndefined();
  });

  it('keeps its items over a restart', async () => {
    await db.send(new DB.PutItemCommand({ TableName, Item: { pk: { S: 'kept' }, sk: { S: 'x' } } }));
    await stop();
    await start();
    const { Item } = await db.send(new DB.GetItemCommand({ TableName, Key: { pk: { S: 'kept' }, sk: { S: 'x' } } }));
    expect(Item).toBeDefined();
  });

  it('gains and loses indexes when the template changes', async () => {
    const gsi2 = {
      IndexName: 'gsi2',
      KeySchema: [{ AttributeName: 'sk', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    };
    await service.provision(table({ GlobalSecondaryIndexes: [...properties.GlobalSecondaryIndexes, gsi2] }));
    const names = async () =>
      (await db.send(new DB.DescribeTableCommand({ TableName }))).Table?.GlobalSecondaryIndexes?.map(
        (index) => index.IndexName,
      ).sort();
    expect(await names()).toEqual(['gsi1', 'gsi2']);
    await service.provision(table());
    expect(await names()).toEqual(['gsi1']);
  });
});

describe('the stream', () => {
  it('tells changes in order, in the region of the template', async () => {
    const Key = { pk: { S: 'stream' }, sk: { S: 'x' } };
    await db.send(new DB.PutItemCommand({ TableName, Item: { ...Key, v: { N: '1' } } }));
    await db.send(new DB.PutItemCommand({ TableName, Item: { ...Key, v: { N: '2' } } }));
    await db.send(new DB.DeleteItemCommand({ TableName, Key }));
    const mine = (await records()).filter((record) => JSON.stringify(record).includes('"stream"'));
    expect(mine.map((record) => record.eventName)).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(new Set(mine.map((record) => record.awsRegion))).toEqual(new Set(['eu-central-1']));
    expect(mine[2]?.userIdentity).toBeUndefined();
  });

  it('says that the service itself deleted an expired item', async () => {
    const seconds = Math.floor(now / 1000);
    const put = (sk: string, at: number) =>
      db.send(
        new DB.PutItemCommand({ TableName, Item: { pk: { S: 'ttl' }, sk: { S: sk }, expiresAt: { N: String(at) } } }),
      );
    await put('soon', seconds + 10);
    await put('late', seconds + 1000);
    await put('ancient', 5);
    now += 60_000;
    expect(await service.sweepExpired()).toBe(1);
    const left = await db.send(
      new DB.QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'ttl' } },
      }),
    );
    expect(left.Items?.map((item) => item.sk?.S)).toEqual(['ancient', 'late']);
    const removed = (await records()).filter((record) => record.eventName === 'REMOVE').at(-1);
    expect(removed?.userIdentity).toEqual({ type: 'Service', principalId: 'dynamodb.amazonaws.com' });
  });

  it('goes on from where a mapping stopped reading, also when older records are let go meanwhile', async () => {
    const put = (v: number) =>
      db.send(new DB.PutItemCommand({ TableName, Item: { pk: { S: 'read' }, sk: { S: `${v}` } } }));
    const read = (position: StreamPosition | undefined) =>
      service.streams.read(TableName, position, 'TRIM_HORIZON', 1_000);
    const written = ({ records }: StreamPage) =>
      records.map(({ record }) => (record as { dynamodb: { Keys: { sk: { S: string } } } }).dynamodb.Keys.sk.S);
    await put(1);
    const first = await read(undefined);
    expect(written(first).at(-1)).toBe('1');
    await put(2);
    const second = await read(first.next);
    expect(written(second)).toEqual(['2']);
    const file = join(dataDir, 'dynamodb', 'tables.sqlite');
    expect(trimStreamRecords(file, Date.now())).toBe(0);
    expect(trimStreamRecords(file, Date.now() + 25 * 3_600_000)).toBeGreaterThan(2);
    expect(written(await read(undefined))).toEqual(['2']);
    await put(3);
    expect(written(await read(second.next))).toEqual(['3']);
    // The same place once more, as after a batch that failed.
    expect(written(await read(second.next))).toEqual(['3']);
  });

  it('finds the next number and the next records without looking through all of them', () => {
    const database = new DatabaseSync(join(dataDir, 'dynamodb', 'tables.sqlite'), { readOnly: true });
    const plan = database
      .prepare(
        'EXPLAIN QUERY PLAN SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?',
      )
      .all(TableName);
    database.close();
    expect(JSON.stringify(plan)).toContain('_stream_records_sequence');
  });
});

describe('permissions', () => {
  const key = { pk: { S: 'ws#1' }, sk: { S: 'a' } };
  const leading = { context: { 'dynamodb:LeadingKeys': ['ws#1'] } };
  const cases: [
    string,
    DB.GetItemCommand | DB.QueryCommand | DB.ScanCommand | DB.TransactWriteItemsCommand | DB.BatchWriteItemCommand,
    unknown,
  ][] = [
    [
      'an item',
      new DB.GetItemCommand({ TableName, Key: key }),
      [{ action: 'dynamodb:GetItem', resource: ARN, ...leading }],
    ],
    [
      'a query with renamed attributes',
      new DB.QueryCommand({
        TableName,
        KeyConditionExpression: 'begins_with(sk, :s) AND #p = :p',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': { S: 'ws#1' }, ':s': { S: 'a' } },
      }),
      [{ action: 'dynamodb:Query', resource: ARN, ...leading }],
    ],
    [
      'a query of an index',
      new DB.QueryCommand({
        TableName,
        IndexName: 'gsi1',
        KeyConditionExpression: 'gsi1pk = :p',
        ExpressionAttributeValues: { ':p': { S: 'ws#1' } },
      }),
      [{ action: 'dynamodb:Query', resource: `${ARN}/index/gsi1`, ...leading }],
    ],
    ['a scan', new DB.ScanCommand({ TableName }), [{ action: 'dynamodb:Scan', resource: ARN }]],
    [
      'a transaction, item by item',
      new DB.TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: key } },
          {
            ConditionCheck: {
              TableName,
              Key: { pk: { S: 'ws#2' }, sk: { S: 'a' } },
              ConditionExpression: 'attribute_not_exists(pk)',
            },
          },
        ],
      }),
      [
        {
          action: 'dynamodb:PutItem',
          resource: ARN,
          context: { 'dynamodb:LeadingKeys': ['ws#1'], 'dynamodb:EnclosingOperation': 'TransactWriteItems' },
        },
        {
          action: 'dynamodb:ConditionCheckItem',
          resource: ARN,
          context: { 'dynamodb:LeadingKeys': ['ws#2'], 'dynamodb:EnclosingOperation': 'TransactWriteItems' },
        },
      ],
    ],
    [
      'a batch of writes',
      new DB.BatchWriteItemCommand({
        RequestItems: {
          [TableName]: [
            { PutRequest: { Item: key } },
            { DeleteRequest: { Key: { pk: { S: 'ws#3' }, sk: { S: 'b' } } } },
          ],
        },
      }),
      [{ action: 'dynamodb:BatchWriteItem', resource: ARN, context: { 'dynamodb:LeadingKeys': ['ws#1', 'ws#3'] } }],
    ],
  ];

  it.each(cases)('names action, resource and partition keys of %s', async (_name, command, expected) => {
    await db.send(command as DB.GetItemCommand);
    expect(served.needs.at(-1)).toEqual(expected);
  });
});

describe('what is not there', () => {
  it('is refused by name', async () => {
    await expect(db.send(new DB.ExecuteStatementCommand({ Statement: 'SELECT * FROM x' }))).rejects.toMatchObject({
      name: 'UnsupportedLocally',
      message: expect.stringContaining('ExecuteStatement'),
    });
    expect(service.refuse(table({ ImportSourceSpecification: {} }))).toContain('ImportSourceSpecification');
    expect(service.refuse(table({ Replicas: [{ Region: 'a' }, { Region: 'b' }] }))).toContain('more than one region');
    expect(service.refuse(table())).toBeUndefined();
  });

  it('names the package to install on another system', () => {
    expect(() => findDatabaseProgram('darwin', 'arm64')).toThrow(/@dynoxide\/darwin-arm64.*CONEXT_DYNAMODB_ENDPOINT/);
  });
});

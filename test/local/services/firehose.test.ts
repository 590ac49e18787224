import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type AccessNeed, AwsError, type FunctionInvoker, type InvokeResult } from '../../../local/ports.ts';
import type { GlueTable } from '../../../local/services/athena/glue-table.ts';
import { createFirehose, type Firehose } from '../../../local/services/firehose/firehose-service.ts';
import { createKinesis } from '../../../local/services/kinesis/kinesis-service.ts';
import { inProcess } from './in-process.ts';
import { PLACE } from './serve-service.ts';

const ROLE = 'arn:aws:iam::000000000000:role/landing';
const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:land';
const STREAM = 'arn:aws:kinesis:eu-central-1:000000000000:stream/events';
const NOW = Date.UTC(2026, 2, 1, 9, 30, 5);

interface Asked {
  readonly sourceKinesisStreamArn: string;
  readonly records: readonly {
    readonly recordId: string;
    readonly data: string;
    readonly kinesisRecordMetadata: { readonly partitionKey: string; readonly shardId: string };
  }[];
}
interface Answer {
  readonly result: string;
  readonly line?: string;
  readonly keys?: Record<string, string>;
}

let dataDir: string;
let kinesis: ReturnType<typeof createKinesis>;
let firehose: Firehose;
let stored: { readonly bucket: string; readonly key: string; readonly data: Buffer }[];
let asked: Asked[];
let needs: AccessNeed[];
let refused: string | undefined;
let answer: (text: string) => Answer;
let failing: number;

const table: GlueTable = {
  database: 'conext',
  name: 'stream_events',
  format: 'parquet',
  columns: [
    { name: 'id', type: 'VARCHAR', required: false },
    { name: 'clicks', type: 'BIGINT', required: false },
  ],
  partitions: [],
  location: { bucket: 'lake', prefix: 'events' },
};
const invoker: FunctionInvoker = {
  invoke: async (_name, payload): Promise<InvokeResult> => {
    asked.push(payload as Asked);
    if (failing > 0) {
      failing -= 1;
      return { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };
    }
    const records = (payload as Asked).records.map(({ recordId, data }) => {
      const { result, line = '', keys = {} } = answer(Buffer.from(data, 'base64').toString());
      return { recordId, result, data: Buffer.from(line).toString('base64'), metadata: { partitionKeys: keys } };
    });
    return { ok: true, payload: { records } };
  },
};

const resource = (destination: Record<string, unknown> = {}, over: Record<string, unknown> = {}) => ({
  type: 'AWS::KinesisFirehose::DeliveryStream',
  stack: 'S',
  logicalId: 'Landing',
  physicalId: 'landing',
  arn: 'arn:landing',
  properties: {
    DeliveryStreamType: 'KinesisStreamAsSource',
    KinesisStreamSourceConfiguration: { KinesisStreamARN: STREAM, RoleARN: ROLE },
    ExtendedS3DestinationConfiguration: {
      BucketARN: 'arn:aws:s3:::lake',
      RoleARN: ROLE,
      Prefix: 'events/workspace=!{partitionKeyFromLambda:workspace}/',
      ErrorOutputPrefix: 'failed/!{firehose:error-output-type}/!{timestamp:yyyy-MM-dd}/',
      BufferingHints: { IntervalInSeconds: 300, SizeInMBs: 128 },
      ProcessingConfiguration: {
        Enabled: true,
        Processors: [{ Type: 'Lambda', Parameters: [{ ParameterName: 'LambdaArn', ParameterValue: FUNCTION }] }],
      },
      DataFormatConversionConfiguration: {
        Enabled: true,
        SchemaConfiguration: { DatabaseName: 'conext', TableName: 'stream_events' },
      },
      ...destination,
    },
    ...over,
  },
});

function start(longestBufferMs: number): void {
  firehose = createFirehose({
    ...PLACE,
    dataDir,
    clock: () => NOW,
    kinesis: kinesis.reader,
    invoker,
    tableOf: (database, name) => (database === 'conext' && name === 'stream_events' ? table : undefined),
    store: async (bucket, key, data) => {
      stored.push({ bucket, key, data });
    },
    authorize: (role, need) => {
      expect(role).toBe(ROLE);
      if (need.action === refused) throw new AwsError('AccessDeniedException', `may not ${need.action}`);
      needs.push(need);
    },
    longestBufferMs,
  });
}

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-firehose-test-'));
  stored = [];
  asked = [];
  needs = [];
  refused = undefined;
  failing = 0;
  answer = (text) => ({ result: 'Ok', line: JSON.stringify({ id: text, clicks: 1 }), keys: { workspace: 'w1' } });
  kinesis = createKinesis({ ...PLACE, dataDir, clock: () => NOW });
  await kinesis.provision({
    type: 'AWS::Kinesis::Stream',
    stack: 'S',
    logicalId: 'Events',
    physicalId: 'events',
    arn: STREAM,
    properties: { ShardCount: 2 },
  });
  start(50);
});
afterEach(async () => {
  await firehose.close();
  await kinesis.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function put(...texts: string[]): Promise<void> {
  const answered = await inProcess(kinesis)('http://kinesis/', {
    method: 'POST',
    headers: { 'x-amz-target': 'Kinesis_20131202.PutRecords' },
    body: JSON.stringify({
      StreamName: 'events',
      Records: texts.map((text) => ({ PartitionKey: text, Data: Buffer.from(text).toString('base64') })),
    }),
    signal: AbortSignal.timeout(5_000),
  });
  expect(answered.status).toBe(200);
}

const waitFor = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 8_000, interval: 20 });

async function rows(data: Buffer): Promise<{ readonly columns: unknown; readonly rows: unknown }> {
  const file = join(dataDir, 'read', 'one.parquet');
  mkdirSync(join(dataDir, 'read'), { recursive: true });
  writeFileSync(file, data);
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  try {
    const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${file}') ORDER BY id`);
    return {
      columns: reader.columnNames().map((name, index) => [name, String(reader.columnType(index))]),
      rows: reader.getRowsJson(),
    };
  } finally {
    connection.closeSync();
    database.closeSync();
  }
}
const failedRecords = (folder: string): Record<string, unknown>[] =>
  stored
    .filter(({ key }) => key.startsWith(`failed/${folder}/2026-03-01/landing-2026-03-01-09-30-05-`))
    .flatMap(({ data }) => data.toString().trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('writes records as Parquet with the types of the table, a file for each partition', async () => {
  answer = (text) => ({
    result: text === 'gone' ? 'Dropped' : 'Ok',
    line: JSON.stringify({ id: text, clicks: 7, unknown: true }),
    keys: { workspace: text.slice(0, 1) },
  });
  await firehose.provision(resource());
  await put('a1', 'a2', 'b1', 'gone');
  await waitFor(() => expect(stored).toHaveLength(2));
  const [a, b] = stored.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  expect([a?.bucket, a?.key]).toEqual([
    'lake',
    expect.stringMatching(/^events\/workspace=a\/landing-2026-03-01-09-30-05-[0-9a-f-]{36}\.parquet$/),
  ]);
  expect(await rows(a?.data ?? Buffer.alloc(0))).toEqual({
    columns: [
      ['id', 'VARCHAR'],
      ['clicks', 'BIGINT'],
    ],
    rows: [
      ['a1', '7'],
      ['a2', '7'],
    ],
  });
  expect((await rows(b?.data ?? Buffer.alloc(0))).rows).toEqual([['b1', '7']]);
  expect(asked[0]?.sourceKinesisStreamArn).toBe(STREAM);
  expect(asked[0]?.records[0]?.kinesisRecordMetadata.shardId).toMatch(/^shardId-00000000000[01]$/);
  expect(needs.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['kinesis:GetRecords', 'lambda:InvokeFunction', 'glue:GetTableVersions', 's3:PutObject']),
  );
});

it('puts below the prefix of errors what its function cannot read, names no partition for, or gives in no form of the table', async () => {
  answer = (text) => {
    if (text === 'unread') return { result: 'ProcessingFailed' };
    if (text === 'nowhere') return { result: 'Ok', line: '{}' };
    const clicks = text === 'odd' ? 'many' : 1;
    return { result: 'Ok', line: JSON.stringify({ id: text, clicks }), keys: { workspace: 'w1' } };
  };
  await firehose.provision(resource());
  await put('good', 'unread', 'nowhere', 'odd', 'fine');
  await waitFor(() => expect(stored).toHaveLength(3));
  const raw = (text: string) => Buffer.from(text).toString('base64');
  expect(failedRecords('processing-failed')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        errorCode: 'Lambda.ProcessingFailedStatus',
        rawData: raw('unread'),
        lambdaArn: FUNCTION,
      }),
      expect.objectContaining({ errorCode: 'DynamicPartitioning.MetadataExtractionFailed', rawData: raw('nowhere') }),
    ]),
  );
  expect(failedRecords('format-conversion-failed')).toEqual([
    expect.objectContaining({ lastErrorCode: 'DataFormatConversion.MalformedData', rawData: raw('odd') }),
  ]);
  const parquet = stored.find(({ key }) => key.endsWith('.parquet'))?.data ?? Buffer.alloc(0);
  expect((await rows(parquet)).rows).toEqual([
    ['fine', '1'],
    ['good', '1'],
  ]);
});

it('asks a failing function three times, then sets its records apart', async () => {
  failing = 2;
  await firehose.provision(resource());
  await put('a');
  await waitFor(() => expect(stored).toHaveLength(1));
  expect([asked.length, stored[0]?.key.endsWith('.parquet')]).toEqual([3, true]);
  failing = 3;
  await put('b');
  await waitFor(() => expect(stored).toHaveLength(2));
  expect(failedRecords('processing-failed')).toEqual([
    expect.objectContaining({ attemptsMade: 3, errorCode: 'Lambda.FunctionError', errorMessage: 'Error: no' }),
  ]);
});

it('writes what waits when it is stopped, and nothing of it again', async () => {
  await firehose.close();
  start(60_000);
  await firehose.provision(resource());
  await put('a', 'b');
  // The buffer is open once the rights were looked at.
  await waitFor(() => expect(needs).not.toEqual([]));
  expect(stored).toEqual([]);
  await firehose.close();
  expect(stored).toHaveLength(1);
  start(50);
  await firehose.provision(resource());
  await put('c');
  await waitFor(() => expect(stored).toHaveLength(2));
  expect((await rows(stored[1]?.data ?? Buffer.alloc(0))).rows).toEqual([['c', '1']]);
});

it('reads again what it may not write, once it may', async () => {
  const warnings: string[] = [];
  const hear = ({ message }: Error) => warnings.push(message);
  process.on('warning', hear);
  try {
    refused = 's3:PutObject';
    await firehose.provision(resource());
    await put('a');
    await waitFor(() => expect(warnings).toEqual(['Delivery stream landing: may not s3:PutObject']));
    expect(stored).toEqual([]);
    refused = undefined;
    await waitFor(() => expect(stored).toHaveLength(1));
  } finally {
    process.off('warning', hear);
  }
});

it.each<[string, ReturnType<typeof resource>]>([
  ['DirectPut', resource({}, { DeliveryStreamType: 'DirectPut' })],
  ['S3BackupMode', resource({ S3BackupMode: 'Enabled' })],
  ['transforming function', resource({ ProcessingConfiguration: { Enabled: false } })],
  ['conversion to Parquet', resource({ DataFormatConversionConfiguration: { Enabled: false } })],
  ['!{timestamp:HH}', resource({ Prefix: 'a/!{timestamp:HH}/' })],
])('names %s as not supported', (what, strange) => {
  expect(firehose.refuse(strange)).toContain(what);
  expect(firehose.refuse(resource())).toBeUndefined();
});

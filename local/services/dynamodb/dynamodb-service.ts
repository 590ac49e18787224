/**
 * DynamoDB and its streams: a proxy before the emulator process, which checks operations, names tables by the templates' ARNs,
 * and adds what the emulator lacks (time to live, unique event ids).
 */
import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError, type AwsRequest, type LocalService, type Provisioner } from '../../ports.ts';
import { answerJson, isObject, objectsOf, readJson, textOf } from '../json-protocol.ts';
import type { ServiceSettings } from '../place.ts';
import { repeat } from '../repeat.ts';
import { dynamoDbAccess } from './access.ts';
import { tableNameOf, tableOfIterator, toTemplateArns, toTemplateRecords, withTableNames } from './arns.ts';
import { answerRaw, DatabaseClient, STREAMS_TARGET, TABLES_TARGET } from './database-client.ts';
import { type DatabaseProcess, findDatabaseProgram, runDatabase } from './database-process.ts';
import { indexStreamRecords, trimStreamRecords } from './kept-stream-records.ts';
import { type StreamReader, StreamReading } from './stream-reader.ts';
import { factsOf, provisionTable, refuseTable, type TableFacts } from './tables.ts';
import { TtlSweep } from './ttl-sweep.ts';

interface DynamoDbSettings extends ServiceSettings {
  /** Of the child process; 0 takes any free one. */
  readonly port: number;
  /** A DynamoDB Local that runs already (CONEXT_DYNAMODB_ENDPOINT), instead of a child process. */
  readonly endpoint?: string | undefined;
}

export interface DynamoDbService extends LocalService, Provisioner {
  /** Resolves when the database answers; rejects with one sentence that says what to do. */
  ready(): Promise<void>;
  /** For event source mappings. */
  readonly streams: StreamReader;
  /** Deletes expired items now; also runs every minute. Gives how many went. */
  sweepExpired(): Promise<number>;
}

const SWEEP_EVERY_MS = 60_000;
/** Answers that carry ARNs. Item answers go through untouched. */
const DESCRIPTIVE = new Set(['DescribeTable', 'ListStreams', 'DescribeStream']);
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);
const STREAM_OPERATIONS = new Set(['ListStreams', 'DescribeStream', 'GetShardIterator', 'GetRecords']);

export function createDynamoDb(settings: DynamoDbSettings): DynamoDbService {
  const folder = join(settings.dataDir, 'dynamodb');
  mkdirSync(folder, { recursive: true });
  const given = settings.endpoint;
  const file = join(folder, 'tables.sqlite');
  const database: DatabaseProcess =
    given === undefined
      ? runDatabase({ program: findDatabaseProgram(), file, port: settings.port })
      : { endpoint: async () => given, stop: async () => undefined };
  const client = new DatabaseClient(() => database.endpoint());
  const tables = new Map<string, TableFacts>();
  const writes = new EventEmitter().setMaxListeners(0);
  let writeCount = 0;
  const ttl = new TtlSweep(client, settings.clock);
  const reading = new StreamReading(client, settings, (table, record) => ttl.deleted(table, record));
  const sweepExpired = (): Promise<number> => ttl.run(tables.values());
  const complain = (what: string) => (error: unknown) => process.emitWarning(`DynamoDB ${what}: ${String(error)}`);
  const sweeping = repeat(
    SWEEP_EVERY_MS,
    async () => {
      await sweepExpired();
    },
    complain('time-to-live sweep'),
  );
  const trimming = repeat(
    SWEEP_EVERY_MS,
    () => {
      if (given === undefined) trimStreamRecords(file, settings.clock());
    },
    complain('trimming of stream records'),
  );

  /** The emulator's own ARN of a table's stream: its label is the time it was made, which templates cannot know. */
  async function streamOf(table: string): Promise<string> {
    const streams = await client.call(`${STREAMS_TARGET}.ListStreams`, { TableName: table });
    const arn = objectsOf(streams, 'Streams').at(-1)?.StreamArn;
    if (typeof arn !== 'string') throw new AwsError('ResourceNotFoundException', `Table ${table} has no stream.`);
    return arn;
  }

  async function bodyFor(request: AwsRequest): Promise<string> {
    const body = withTableNames(request.body.toString('utf8'));
    if (request.operation !== 'DescribeStream' && request.operation !== 'GetShardIterator') return body;
    const input = readJson(request);
    return JSON.stringify({ ...input, StreamArn: await streamOf(tableNameOf(textOf(input, 'StreamArn'))) });
  }

  return {
    name: 'dynamodb',
    types: ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'],
    access: (request) =>
      dynamoDbAccess(request, settings, (table, index) => tables.get(table)?.partitionKeys.get(index ?? '')),
    handle: async (request) => {
      const operation = request.operation ?? '';
      const target = STREAM_OPERATIONS.has(operation) ? STREAMS_TARGET : TABLES_TARGET;
      const answer = await client.send(`${target}.${operation}`, await bodyFor(request));
      if (answer.status !== 200) return answerRaw(answer);
      if (WRITES.has(operation)) {
        writeCount += 1;
        writes.emit('write');
      }
      if (DESCRIPTIVE.has(operation)) return answerRaw({ status: 200, body: toTemplateArns(answer.body, settings) });
      if (operation !== 'GetRecords') return answerRaw(answer);
      const output: unknown = JSON.parse(answer.body.toString('utf8'));
      const table = tableOfIterator(textOf(readJson(request), 'ShardIterator')) ?? '';
      return answerJson(
        toTemplateRecords(isObject(output) ? output : {}, table, settings, (record) => ttl.deleted(table, record)),
      );
    },
    refuse: refuseTable,
    provision: async (resource) => {
      await provisionTable(client, resource);
      reading.forget();
      tables.set(resource.physicalId, factsOf(resource));
    },
    ready: async () => {
      await database.endpoint();
      if (given === undefined) indexStreamRecords(file);
    },
    streams: {
      read: (table, position, from, limit) => reading.read({ table, position, from, limit }),
      writes: () => writeCount,
      changed: async (seen, ms, signal) => {
        if (writeCount > seen) return;
        await once(writes, 'write', { signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]) }).catch(
          () => undefined,
        );
      },
    },
    sweepExpired,
    close: async () => {
      await Promise.all([sweeping.stop(), trimming.stop()]);
      client.close();
      await database.stop();
    },
  };
}

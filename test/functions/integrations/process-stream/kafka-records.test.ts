import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLaneStore } from '../../../../adapters/stores/lane-store.ts';
import { createDeadLetters } from '../../../../adapters/streams/dead-letters.ts';
import { createEventCodec } from '../../../../adapters/streams/event-codec.ts';
import { readReleasedSchemas } from '../../../../adapters/streams/file-registry.ts';
import { createGlueRegistry } from '../../../../adapters/streams/glue-registry.ts';
import { LaneCache } from '../../../../adapters/streams/lane-cache.ts';
import { frameHeader } from '../../../../adapters/streams/record-format.ts';
import { createTelemetry } from '../../../../adapters/telemetry.ts';
import { newId } from '../../../../domain/integrations/ids.ts';
import { processStream } from '../../../../functions/integrations/process-stream/process-stream.ts';
import type { LocalService } from '../../../../local/ports.ts';
import { createGlue } from '../../../../local/services/glue/glue-service.ts';
import { createSqs } from '../../../../local/services/sqs/sqs-service.ts';
import { releasedFolder } from '../../../../scripts/check-schemas.ts';
import { readLetter } from '../../../../scripts/dlq/dead-letter.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { noon, sampleEvent } from '../../../adapters/streams/sample-events.ts';
import { PLACE, type ServedService, serveService } from '../../../local/services/serve-service.ts';

const now = () => noon + 2_000;
/** Of another schema that somebody registered: an event of today cannot be made of it. */
const foreign = { type: 'record', name: 'Order', fields: [{ name: 'number', type: 'long' }] };
let dataDir: string;
let served: ServedService;
let state: StateTable;
let sqs: SQSClient;
let close: () => Promise<void>;

beforeAll(async () => {
  state = await startStateTable();
  dataDir = mkdtempSync(join(tmpdir(), 'conext-kafka-records-'));
  const settings = { ...PLACE, dataDir, clock: Date.now };
  const glue = createGlue(settings);
  let queues: LocalService | undefined;
  const of = (headers: Readonly<Record<string, string>>): LocalService =>
    headers['x-amz-target']?.startsWith('AWSGlue') || queues === undefined ? glue : queues;
  served = await serveService({
    name: 'glue and sqs',
    access: (request) => of(request.headers).access(request),
    handle: (request) => of(request.headers).handle(request),
    close: async () => undefined,
  });
  const service = createSqs({ ...settings, endpoint: served.endpoint });
  queues = service;
  const resource = (type: string, physicalId: string, properties: Record<string, unknown>) => ({
    ...{ type, stack: 'Stream', logicalId: 'One', physicalId, properties },
    arn: 'arn:aws:sqs:eu-central-1:000000000000:dead',
  });
  await service.provision(resource('AWS::SQS::Queue', queueUrl(), {}));
  const schemas = [...readReleasedSchemas(releasedFolder), { schemaName: 'order', version: 1, definition: foreign }];
  for (const { schemaName, version, definition } of schemas) {
    const SchemaDefinition = JSON.stringify(definition);
    await glue.provision(
      version === 1
        ? resource('AWS::Glue::Schema', schemaName, {
            ...{ Name: schemaName, Registry: { Name: 'schemas' }, DataFormat: 'AVRO', SchemaDefinition },
          })
        : resource('AWS::Glue::SchemaVersion', `${schemaName}/${version}`, {
            ...{ Schema: { RegistryName: 'schemas', SchemaName: schemaName }, SchemaDefinition },
          }),
    );
  }
  sqs = new SQSClient(served.client);
  close = async () => {
    sqs.destroy();
    await served.close();
    await service.close();
  };
});
afterAll(async () => {
  await close();
  await state.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const queueUrl = () => `${served.endpoint}/000000000000/dead`;
const config = () => ({
  aws: { region: 'eu-central-1', endpoint: served.endpoint, s3Endpoint: undefined },
  credentials: { accessKeyId: 'operator', secretAccessKey: 'local', sessionToken: undefined },
  schemas: { registry: 'schemas' },
  deadLetters: { queueUrl: queueUrl() },
});

async function letters() {
  const found = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl(), MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
    );
    if (Messages.length === 0) return found;
    found.push(...Messages.map(({ Body = '' }) => readLetter(Body)));
  }
}

it('records of Kafka that are no events go to the queue with their reasons, and hold up none of their partition', async () => {
  const workspaceId = newId('wsp', Date.now());
  const registry = createGlueRegistry(config());
  const codec = createEventCodec(registry);
  const encode = await codec.encoder();
  const event = (id: string) => encode(sampleEvent({ id, workspaceId, measures: { clicks: 1 } }));
  const unregistered = '0f9b2c1e-0000-4000-8000-000000000000';
  const values: Readonly<Record<string, readonly (Buffer | null)[]>> = {
    'ads-0': [
      event('first'),
      // Cut off in the middle, as a producer that broke would.
      event('cut').subarray(0, 40),
      Buffer.concat([frameHeader(unregistered), event('unknown').subarray(18)]),
      event('second'),
    ],
    'ads-1': [
      Buffer.from('{"id":"json"}'),
      // A tombstone.
      null,
      Buffer.concat([frameHeader(await registry.idOf('order', foreign)), Buffer.from([2])]),
      event('third'),
      event('first'),
    ],
  };
  // The second of each partition comes from a producer whose clock is in nanoseconds.
  const timestampOf = (index: number) => (index === 1 ? noon * 1_000_000 : noon);
  const records = Object.fromEntries(
    Object.entries(values).map(([name, of], partition) => [
      name,
      of.map((value, index) => ({
        ...{ topic: 'ads', partition, offset: 40 + index, timestamp: timestampOf(index) },
        value: value === null ? null : value.toString('base64'),
      })),
    ]),
  );
  const result = await processStream(
    { eventSource: 'SelfManagedKafka', records },
    {
      codec,
      accountOf: async () => undefined,
      lanes: new LaneCache((id, lane) => createLaneStore(state.table, { workspaceId: id, lane }, now)),
      deadLetters: createDeadLetters(config()),
      telemetry: createTelemetry({}, () => undefined),
      now,
    },
  );
  expect(result).toEqual({ batchItemFailures: [] });
  const minutes = await state.stores.forWorkspace(workspaceId).live.minutes(noon - 60_000, noon + 60_000);
  expect(minutes.reduce((sum, { counters }) => sum + counters.clicks, 0)).toBe(3);

  const kept = (await letters()).flatMap((letter) => (letter.kind === 'record' ? [letter.record] : []));
  const told = kept.map(({ reason, source, schemaVersionId }) => ({ reason, ...source, schemaVersionId }));
  const at = (partition: number, offset: string) => ({ type: 'kafka', topic: 'ads', partition, offset });
  const of = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(told.toSorted((a, b) => JSON.stringify(a.reason).localeCompare(JSON.stringify(b.reason)))).toEqual([
    { reason: 'incompatible-schema', ...at(1, '42'), schemaVersionId: of },
    { reason: 'undecodable', ...at(0, '41'), schemaVersionId: of },
    { reason: 'unknown-schema', ...at(0, '42'), schemaVersionId: unregistered },
    { reason: 'unreadable', ...at(1, '40'), schemaVersionId: null },
    { reason: 'unreadable', ...at(1, '41'), schemaVersionId: null },
  ]);
  // Whoever looks into the queue has the very bytes.
  const unread = kept.find(({ reason }) => reason === 'undecodable');
  expect(Buffer.from(unread?.data ?? '', 'base64')).toEqual(values['ads-0']?.[1]);
});

import { setTimeout as wait } from 'node:timers/promises';
import { Admin, Producer } from '@platformatic/kafka';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaneStore } from '../../../adapters/stores/lane-store.ts';
import type { DeadLetter } from '../../../adapters/streams/dead-letters.ts';
import { createEventCodec } from '../../../adapters/streams/event-codec.ts';
import { createFileRegistry, readReleasedSchemas } from '../../../adapters/streams/file-registry.ts';
import { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { processStream } from '../../../functions/integrations/process-stream/process-stream.ts';
import type { StreamDelivery } from '../../../functions/integrations/process-stream/stream-records.ts';
import type { FunctionInvoker, InvokeResult } from '../../../local/ports.ts';
import { pollKafka } from '../../../local/services/event-sources/kafka-poller.ts';
import { readMapping } from '../../../local/services/event-sources/mapping.ts';
import { releasedFolder } from '../../../scripts/check-schemas.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { noon, sampleEvent, workspace } from '../../adapters/streams/sample-events.ts';
import { TargetRecorder } from '../services/target-recorder.ts';
import { type Broker, missingForBroker, startBroker } from './broker.ts';

const missing = missingForBroker();
if (missing !== undefined) process.stdout.write(`Kafka is not proven by this run. ${missing}\n`);

const registry = createFileRegistry(readReleasedSchemas(releasedFolder));
const codec = createEventCodec(registry);
const now = () => noon + 2_000;
const partitions = 2;
const DEAD = 'arn:aws:sqs:eu-central-1:000000000000:dead';

describe.skipIf(missing !== undefined)('a real Kafka broker', () => {
  let broker: Broker;
  let state: StateTable;
  beforeAll(async () => {
    [broker, state] = await Promise.all([startBroker(), startStateTable()]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([broker?.stop(), state?.close()]);
  });

  async function produce(topic: string, values: readonly Buffer[]): Promise<void> {
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [broker.address] });
    await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
    await admin.close();
    const producer = new Producer({ clientId: 'test', bootstrapBrokers: [broker.address] });
    await producer.send({ messages: values.map((value, index) => ({ topic, value, partition: index % partitions })) });
    await producer.close();
  }

  const mappingOf = (topic: string, more: Record<string, unknown> = {}) => {
    const mapping = readMapping({
      type: 'AWS::Lambda::EventSourceMapping',
      stack: 'S',
      logicalId: topic,
      physicalId: topic,
      arn: '',
      properties: {
        FunctionName: 'process',
        SelfManagedEventSource: { Endpoints: { KafkaBootstrapServers: [broker.address] } },
        SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: `group-${topic}` },
        Topics: [topic],
        BatchSize: 50,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: DEAD } },
        ...more,
      },
    });
    if (mapping?.kafka === undefined) throw new Error('The mapping reads no topic.');
    return { mapping, topic: mapping.kafka };
  };

  /** The processor on a worker of its own, with nothing remembered of others. */
  function processor(kept: DeadLetter[]): (payload: unknown) => Promise<InvokeResult> {
    const ports = {
      codec,
      accountOf: async () => undefined,
      lanes: new LaneCache((workspaceId, lane) => createLaneStore(state.table, { workspaceId, lane }, now)),
      deadLetters: {
        keep: async (letters: readonly DeadLetter[]) => {
          kept.push(...letters);
          return [];
        },
      },
      telemetry: createTelemetry({}, () => undefined),
      now,
    };
    return async (payload) => ({ ok: true, payload: await processStream(payload as StreamDelivery, ports) });
  }

  function poller(name: string, invoke: FunctionInvoker['invoke'], targets = new TargetRecorder()) {
    const { mapping, topic } = mappingOf(name);
    const stop = new AbortController();
    const ports = { invoker: { invoke }, targets, roleArn: 'role', clock: Date.now };
    const done = pollKafka(ports, mapping, topic, stop.signal);
    done.catch(() => undefined);
    return {
      targets,
      end: async () => {
        stop.abort();
        await done;
      },
    };
  }

  async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + 15_000;
    while (!(await condition())) {
      if (Date.now() > end) throw new Error(`Not within 15 s: ${what}`);
      await wait(50);
    }
  }

  const counted = async (id: string): Promise<number> => {
    const cells = await state.stores.forWorkspace(id).live.minutes(noon - 600_000, noon + 600_000);
    return cells.reduce((sum, { counters }) => sum + counters.clicks, 0);
  };

  it('is read into exact counters, with duplicates, poison, and a poller that dies in the middle', async () => {
    const id = workspace;
    const encode = await codec.encoder();
    const events = Array.from({ length: 300 }, (_, index) =>
      encode(sampleEvent({ id: `k${index}`, workspaceId: id, measures: { clicks: 1 } })),
    );
    await produce('counted', [...events, ...events.slice(0, 60), Buffer.from('poison')]);

    const kept: DeadLetter[] = [];
    let batches = 0;
    const dead = Promise.withResolvers<InvokeResult>();
    const dying = processor(kept);
    // The third batch is counted, and the poller dies before it can commit it.
    const first = poller('counted', async (_name, payload) => {
      const result = await dying(payload);
      batches += 1;
      if (batches < 3) return result;
      return dead.promise;
    });
    await until(() => batches >= 3, 'three batches');
    const before = await counted(id);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(300);

    const second = poller('counted', async (_name, payload) => processor(kept)(payload));
    await until(async () => (await counted(id)) === 300 && kept.length > 0, 'all counted');
    await second.end();
    expect(await counted(id)).toBe(300);
    expect(new Set(kept.map(({ reason, source }) => `${reason} ${JSON.stringify(source)}`)).size).toBe(1);
    expect(kept[0]).toMatchObject({ reason: 'unreadable', source: { type: 'kafka', topic: 'counted' } });
    // What is left of the dead one hears nothing of this.
    dead.resolve({ ok: false, error: { errorType: 'Error', errorMessage: 'killed' } });
    await first.end();
    expect(await counted(id)).toBe(300);
  }, 40_000);

  it('hands over what Lambda does, retries from the first failed record of a partition, and gives up to the queue', async () => {
    await produce('failing', [Buffer.from('a'), Buffer.from('b'), Buffer.from('bad'), Buffer.from('d')]);
    const events: { records: Record<string, { offset: number; value: string; partition: number }[]> }[] = [];
    const one = poller('failing', async (_name, payload) => {
      const event = payload as (typeof events)[number];
      events.push(event);
      const bad = Object.entries(event.records).flatMap(([partition, records]) =>
        records
          .filter(({ value }) => Buffer.from(value, 'base64').toString() === 'bad')
          .map(({ offset }) => ({ itemIdentifier: { partition, offset } })),
      );
      return { ok: true, payload: { batchItemFailures: bad } };
    });
    await until(() => one.targets.delivered.length > 0, 'the batch is given up');
    await one.end();
    expect(events[0]).toMatchObject({
      eventSource: 'SelfManagedKafka',
      bootstrapServers: broker.address,
      records: {
        'failing-0': [
          { topic: 'failing', partition: 0, offset: 0, timestampType: 'CREATE_TIME', value: 'YQ==', headers: [] },
          { offset: 1 },
        ],
      },
    });
    expect(one.targets.delivered).toHaveLength(1);
    expect(one.targets.delivered[0]).toMatchObject({
      targetArn: DEAD,
      input: {
        requestContext: { condition: 'RetryAttemptsExhausted' },
        KafkaBatchInfo: {
          batchSize: 1,
          recordsInfo: { 'failing-0': { firstRecordOffset: '1', lastRecordOffset: '1' } },
        },
      },
    });
  }, 40_000);
});

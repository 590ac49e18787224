import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLaneStore, type LaneTable } from '../../../../adapters/stores/lane-store.ts';
import type { DeadLetter } from '../../../../adapters/streams/dead-letters.ts';
import { createEventCodec } from '../../../../adapters/streams/event-codec.ts';
import { createFileRegistry, readReleasedSchemas } from '../../../../adapters/streams/file-registry.ts';
import { LaneCache } from '../../../../adapters/streams/lane-cache.ts';
import { createTelemetry } from '../../../../adapters/telemetry.ts';
import type { StreamEvent } from '../../../../contracts/streams/stream-event.ts';
import { AppError } from '../../../../domain/errors.ts';
import {
  type ProcessorPorts,
  processStream,
} from '../../../../functions/integrations/process-stream/process-stream.ts';
import type { StreamDelivery } from '../../../../functions/integrations/process-stream/stream-records.ts';
import { releasedFolder } from '../../../../scripts/check-schemas.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { accountNumber, noon, sampleEvent, workspace } from '../../../adapters/streams/sample-events.ts';

const registry = createFileRegistry(readReleasedSchemas(releasedFolder));
const codec = createEventCodec(registry);
let state: StateTable;
beforeAll(async () => {
  state = await startStateTable();
});
afterAll(() => state.close());

const account = { currency: 'EUR', timeZone: 'Europe/Berlin' };

async function desk(given: Partial<ProcessorPorts> = {}) {
  const kept: DeadLetter[] = [];
  const told: Record<string, number> = {};
  const ports: ProcessorPorts = {
    codec,
    accountOf: async (_workspace, id) => (id === accountNumber(1) ? account : undefined),
    lanes: new LaneCache((workspaceId, lane) => createLaneStore(state.table, { workspaceId, lane }, now)),
    deadLetters: {
      keep: async (letters) => {
        kept.push(...letters);
        return [];
      },
    },
    telemetry: createTelemetry({}, (line) => {
      const { _aws, level, ...fields } = JSON.parse(line) as Record<string, unknown>;
      if (_aws !== undefined) Object.assign(told, fields);
    }),
    now,
    ...given,
  };
  return { ports, kept, told, run: (delivery: StreamDelivery) => processStream(delivery, ports) };
}
const now = () => noon + 2_000;

const encode = await codec.encoder();
const bytes = (one: StreamEvent | Buffer): string => (Buffer.isBuffer(one) ? one : encode(one)).toString('base64');
const kinesis = (records: readonly (StreamEvent | Buffer)[], shard = 'shardId-000000000000'): StreamDelivery => ({
  Records: records.map((one, index) => ({
    eventID: `${shard}:${100 + index}`,
    eventSourceARN: 'arn:aws:kinesis:eu-central-1:000000000000:stream/conext-local-stream-events',
    kinesis: { sequenceNumber: String(100 + index), data: bytes(one), approximateArrivalTimestamp: noon / 1_000 },
  })),
});

describe('a batch of the stream', () => {
  it('counts what are events and keeps the rest with its reason, and holds up nothing', async () => {
    const { run, kept, told } = await desk();
    const result = await run(
      kinesis([
        sampleEvent({ id: 'ok', accountId: accountNumber(1) }),
        Buffer.from('not an event'),
        sampleEvent({ id: 'foreign', accountId: accountNumber(2) }),
        sampleEvent({ id: 'dollars', accountId: accountNumber(1), currency: 'USD', measures: { spendMicros: 1 } }),
        sampleEvent({ id: 'money', measures: { revenueMicros: 1 } }),
        sampleEvent({ id: 'tomorrow', occurredAt: noon + 86_400_000, receivedAt: noon }),
        sampleEvent({ id: 'old', occurredAt: noon - 20 * 86_400_000 }),
        sampleEvent({ id: 'ok', accountId: accountNumber(1) }),
        sampleEvent({ id: 'late', occurredAt: noon - 2 * 86_400_000, receivedAt: noon }),
      ]),
    );
    expect(result).toEqual({ batchItemFailures: [] });
    expect(kept.map(({ reason, source }) => [reason, (source as { sequence: string }).sequence])).toEqual([
      ['unreadable', '101'],
      ['unknown-account', '102'],
      ['other-currency', '103'],
      ['no-currency', '104'],
      ['in-the-future', '105'],
      ['expired', '106'],
    ]);
    expect(told).toMatchObject({
      recordsCounted: 1,
      recordsDuplicate: 1,
      recordsLate: 1,
      recordsDead: 6,
      liveLagSeconds: 2,
    });
  });

  it('keeps of a record all that is needed to find it and to send it again', async () => {
    const { run, kept } = await desk();
    const event = sampleEvent({ accountId: accountNumber(2) });
    await run(kinesis([event]));
    expect(kept).toEqual([
      {
        kind: 'record',
        reason: 'unknown-account',
        detail: `the workspace has no account ${accountNumber(2)}`,
        source: {
          type: 'kinesis',
          stream: 'conext-local-stream-events',
          shard: 'shardId-000000000000',
          sequence: '100',
        },
        arrivedAt: '2026-11-20T12:00:00.000Z',
        schemaVersionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        workspaceId: workspace,
        data: bytes(event),
      },
    ]);
  });

  it('takes the same records from Kafka', async () => {
    const { run, told } = await desk();
    const value = bytes(sampleEvent({ id: 'from kafka'.replace(' ', '-') }));
    const record = { topic: 'ads', partition: 3, offset: 7, timestamp: noon, value };
    expect(await run({ eventSource: 'SelfManagedKafka', records: { 'ads-3': [record] } })).toEqual({
      batchItemFailures: [],
    });
    expect(told).toMatchObject({ recordsCounted: 1 });
  });

  it('is delivered again from the first record that could not be counted, with the dead letters after it', async () => {
    const failing: LaneTable = {
      get: (key) => state.table.get(key),
      each: (query) => state.table.each(query),
      transact: async () => {
        throw new AppError('unavailable', 'throttled');
      },
    };
    const { run, kept } = await desk({
      lanes: new LaneCache((workspaceId, lane) => createLaneStore(failing, { workspaceId, lane }, now)),
    });
    const broken = Buffer.from('broken');
    expect(await run(kinesis([broken, sampleEvent({ id: 'x1' }), broken]))).toEqual({
      batchItemFailures: [{ itemIdentifier: '101' }],
    });
    expect(kept).toHaveLength(1);
  });

  it('is delivered again from a record whose dead letter could not be kept', async () => {
    const { run } = await desk({ deadLetters: { keep: async (letters) => letters.map((_, index) => index) } });
    const offsets = [0, 1].map((offset) => ({
      topic: 'ads',
      partition: 0,
      offset,
      timestamp: noon,
      value: offset === 0 ? bytes(sampleEvent({ id: 'k0' })) : '',
    }));
    expect(await run({ eventSource: 'SelfManagedKafka', records: { 'ads-0': offsets } })).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'ads-0', offset: 1 } }],
    });
  });

  it('is delivered again while the registry does not answer, for nothing is known of it', async () => {
    const silent = createEventCodec({
      ...registry,
      definitionOf: async () => {
        throw new AppError('unavailable', 'glue did not answer');
      },
    });
    const { run, kept } = await desk({ codec: silent });
    expect(await run(kinesis([sampleEvent()]))).toEqual({ batchItemFailures: [{ itemIdentifier: '100' }] });
    expect(kept).toEqual([]);
  });

  it('refuses what comes from neither source', async () => {
    const { run } = await desk();
    await expect(run({ detail: {} } as unknown as StreamDelivery)).rejects.toThrow('neither of Kinesis nor of Kafka');
  });
});

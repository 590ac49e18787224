import { join } from 'node:path';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createLaneStore } from '../adapters/stores/lane-store.ts';
import { createEventCodec } from '../adapters/streams/event-codec.ts';
import { createFileRegistry, readReleasedSchemas } from '../adapters/streams/file-registry.ts';
import { LaneCache } from '../adapters/streams/lane-cache.ts';
import { createTelemetry } from '../adapters/telemetry.ts';
import { measureNames, type StreamEvent } from '../contracts/streams/stream-event.ts';
import { processStream } from '../functions/integrations/process-stream/process-stream.ts';
import { type StateTable, startStateTable } from '../test/adapters/state-table.ts';

export interface HandlerFigures {
  readonly records: number;
  readonly recordsPerSecond: number;
  /** Calls that wrote, and items they wrote, for each record. A transaction of ten items is one call. */
  readonly callsPerRecord: number;
  readonly itemsPerRecord: number;
  /** Capacity that DynamoDB would charge for each record: 1 KB an item, doubled in transactions. */
  readonly writeUnitsPerRecord: number;
}

export interface StreamHandlerFigures {
  readonly keys: number;
  readonly batch: number;
  readonly handler: HandlerFigures;
  readonly baseline: HandlerFigures;
  /** Records per second, the handler's beside the baseline's. */
  readonly ratio: number;
  /** What a quieter stream writes: 500 records a second, a batch a second. */
  readonly quiet: HandlerFigures;
}

const workspaceId = 'wsp_01J00000000000000000000000';
const accountId = 'acc_01J00000000000000000000000';
const serial = (prefix: string, number: number): string => `${prefix}_01J${String(number).padStart(23, '0')}`;
/** Ads that events are of; ten to a campaign. */
const keys = 1_000;
/** Records a second, and how many of them the mapping of the template hands over at once. */
interface Pace {
  readonly recordsPerSecond: number;
  readonly batch: number;
}
const busy: Pace = { recordsPerSecond: 10_000, batch: 5_000 };
const quiet: Pace = { recordsPerSecond: 500, batch: 500 };
/** Calls of the baseline under way at the same time; more bring nothing on one core. */
const baselineConcurrency = 50;
const zeros = Object.fromEntries(measureNames.map((name) => [name, 0])) as StreamEvent['measures'];

/** Events over a thousand ads at a pace of stream time, ids all different. */
function* traffic(from: number, count: number, { recordsPerSecond }: Pace): Generator<StreamEvent> {
  for (let index = 0; index < count; index += 1) {
    const ad = (index * 7_919) % keys;
    const occurredAt = from + Math.floor((index * 1_000) / recordsPerSecond);
    yield {
      id: `evt-${from}-${index}`,
      workspaceId,
      kind: 'click',
      source: 'api',
      occurredAt,
      receivedAt: occurredAt + 200,
      appliesTo: null,
      platform: 'google-ads',
      accountId,
      campaignId: serial('cmp', Math.floor(ad / 10)),
      adGroupId: null,
      adId: serial('ad', ad),
      currency: 'EUR',
      measures: { ...zeros, clicks: 1, spendMicros: 120_000 + (index % 50_000) },
      orderId: null,
      clickIds: null,
      consent: null,
      identifiers: null,
      attributes: {},
    };
  }
}

/** Counts what a client writes, and what DynamoDB would charge for it. */
function meter({ client }: StateTable) {
  const meter = { calls: 0, items: 0, units: 0 };
  const unitsOf = (item: object): number => Math.max(1, Math.ceil(bytesOf(item) / 1_024));
  client.middlewareStack.add(
    (next, context) => (args) => {
      const input = args.input as { TransactItems?: { Put?: { Item: object } }[]; Item?: object };
      if (context.commandName === 'TransactWriteItemsCommand') {
        meter.calls += 1;
        for (const { Put } of input.TransactItems ?? []) {
          meter.items += 1;
          meter.units += 2 * unitsOf(Put?.Item ?? {});
        }
      } else if (context.commandName === 'UpdateItemCommand') {
        meter.calls += 1;
        meter.items += 1;
        meter.units += 1;
      }
      return next(args);
    },
    { step: 'initialize' },
  );
  return meter;
}

/** As DynamoDB counts the size of an item: names and values. */
const bytesOf = (item: object): number =>
  Object.entries(item as Record<string, Record<string, unknown>>).reduce((sum, [name, attribute]) => {
    const value = Object.values(attribute)[0];
    return sum + name.length + (value instanceof Uint8Array ? value.length : String(value).length);
  }, 0);

const figures = (records: number, milliseconds: number, used: ReturnType<typeof meter>): HandlerFigures => ({
  records,
  recordsPerSecond: (records / milliseconds) * 1_000,
  callsPerRecord: used.calls / records,
  itemsPerRecord: used.items / records,
  writeUnitsPerRecord: used.units / records,
});

interface Delivered {
  readonly Records: readonly {
    readonly eventID: string;
    readonly eventSourceARN: string;
    readonly kinesis: {
      readonly sequenceNumber: string;
      readonly data: string;
      readonly approximateArrivalTimestamp: number;
    };
  }[];
}

const deliveries = (data: readonly string[], { batch }: Pace): Delivered[] =>
  Array.from({ length: Math.ceil(data.length / batch) }, (_, part) => ({
    Records: data.slice(part * batch, (part + 1) * batch).map((one, index) => ({
      eventID: `shardId-000000000000:${part * batch + index}`,
      eventSourceARN: 'arn:aws:kinesis:eu-central-1:000000000000:stream/events',
      kinesis: {
        sequenceNumber: String(part * batch + index),
        data: one,
        approximateArrivalTimestamp: Date.now() / 1_000,
      },
    })),
  }));

async function measureHandler(count: number, pace: Pace): Promise<HandlerFigures> {
  const state = await startStateTable();
  try {
    const used = meter(state);
    const released = readReleasedSchemas(join(import.meta.dirname, '..', 'contracts', 'streams', 'released'));
    const codec = createEventCodec(createFileRegistry(released));
    const encode = await codec.encoder();
    const account = { currency: 'EUR', timeZone: 'Europe/Berlin' };
    const ports = {
      codec,
      accountOf: async () => account,
      lanes: new LaneCache((workspace, lane) => createLaneStore(state.table, { workspaceId: workspace, lane })),
      deadLetters: { keep: async () => [] },
      telemetry: createTelemetry({}, () => undefined),
      now: Date.now,
    };
    const run = async (from: number, size: number): Promise<number> => {
      const records = deliveries(
        [...traffic(from, size, pace)].map((event) => encode(event).toString('base64')),
        pace,
      );
      const started = performance.now();
      for (const delivery of records) {
        const { batchItemFailures } = await processStream(delivery, ports);
        if (batchItemFailures.length > 0) throw new Error('The handler could not count a batch.');
      }
      return performance.now() - started;
    };
    const from = Date.now() - 3_600_000;
    await run(from, pace.batch);
    Object.assign(used, { calls: 0, items: 0, units: 0 });
    const milliseconds = await run(from + 5_000, count);
    const day = await state.stores.forWorkspace(workspaceId).live.minutes(from - 60_000, Date.now());
    const counted = day.reduce((sum, { counters }) => sum + counters.events, 0);
    if (counted !== count + pace.batch) throw new Error(`${counted} of ${count + pace.batch} events were counted.`);
    return figures(count, milliseconds, used);
  } finally {
    await state.close();
  }
}

/** The same handler shape as people write it first: JSON records, one UpdateItem an event. */
async function measureBaseline(count: number): Promise<HandlerFigures> {
  const state = await startStateTable();
  try {
    const used = meter(state);
    const handler = async ({ Records }: Delivered): Promise<void> => {
      const left = Records.map(
        ({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, 'base64').toString()) as StreamEvent,
      );
      const work = async (): Promise<void> => {
        for (let event = left.pop(); event !== undefined; event = left.pop()) {
          const minute = new Date(event.occurredAt).toISOString().slice(0, 16);
          await state.client.send(
            new UpdateItemCommand({
              TableName: 'state',
              Key: { pk: { S: `${event.workspaceId}#${event.adId}` }, sk: { S: minute } },
              UpdateExpression: 'ADD clicks :c, spendMicros :s',
              ExpressionAttributeValues: {
                ':c': { N: String(event.measures.clicks) },
                ':s': { N: String(event.measures.spendMicros) },
              },
            }),
          );
        }
      };
      await Promise.all(Array.from({ length: baselineConcurrency }, work));
    };
    const run = async (from: number, size: number): Promise<number> => {
      const records = deliveries(
        [...traffic(from, size, busy)].map((event) => Buffer.from(JSON.stringify(event)).toString('base64')),
        busy,
      );
      const started = performance.now();
      for (const delivery of records) await handler(delivery);
      return performance.now() - started;
    };
    const from = Date.now() - 3_600_000;
    await run(from, 1_000);
    Object.assign(used, { calls: 0, items: 0, units: 0 });
    return figures(count, await run(from + 5_000, count), used);
  } finally {
    await state.close();
  }
}

/** Both in one process and one after the other: one core each, the table's own process beside it. */
export async function measureStreamHandler(): Promise<StreamHandlerFigures> {
  const baseline = await measureBaseline(20_000);
  const handler = await measureHandler(200_000, busy);
  const slow = await measureHandler(30_000, quiet);
  return {
    keys,
    batch: busy.batch,
    handler,
    quiet: slow,
    baseline,
    ratio: handler.recordsPerSecond / baseline.recordsPerSecond,
  };
}

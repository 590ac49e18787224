import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAwsCall } from '../../../../adapters/aws-json.ts';
import { createLaneStore } from '../../../../adapters/stores/lane-store.ts';
import { countEvents } from '../../../../adapters/streams/count-events.ts';
import { createEventCodec } from '../../../../adapters/streams/event-codec.ts';
import { createFileRegistry, readReleasedSchemas } from '../../../../adapters/streams/file-registry.ts';
import { LaneCache } from '../../../../adapters/streams/lane-cache.ts';
import { createWarehouse } from '../../../../adapters/warehouse.ts';
import { landedColumns, landedPartitions, landedTable } from '../../../../contracts/streams/landed-event.ts';
import type { StreamEvent } from '../../../../contracts/streams/stream-event.ts';
import { lanes } from '../../../../contracts/streams/windows.ts';
import { newId } from '../../../../domain/integrations/ids.ts';
import { WindowBlock } from '../../../../domain/integrations/streaming/window-block.ts';
import { landEvents } from '../../../../functions/integrations/land-events/land-events.ts';
import { rebuildWindows } from '../../../../functions/integrations/rebuild-windows/rebuild-windows.ts';
import { createAthena } from '../../../../local/services/athena/athena-service.ts';
import type { GlueTable } from '../../../../local/services/athena/glue-table.ts';
import { createParquetWriter } from '../../../../local/services/firehose/parquet-writer.ts';
import { createS3 } from '../../../../local/services/s3/s3-service.ts';
import { releasedFolder } from '../../../../scripts/check-schemas.ts';
import { type StateTable, startStateTable } from '../../../adapters/state-table.ts';
import { accountNumber, adNumber, campaignNumber, noon, sampleEvent } from '../../../adapters/streams/sample-events.ts';
import { inProcess } from '../../../local/services/in-process.ts';
import { PLACE } from '../../../local/services/serve-service.ts';

const hour = 3_600_000;
const codec = createEventCodec(createFileRegistry(readReleasedSchemas(releasedFolder)));
const encode = await codec.encoder();
const writer = createParquetWriter();
let state: StateTable;
let dataDir: string;
let s3: ReturnType<typeof createS3>;
let athena: ReturnType<typeof createAthena>;
let warehouse: ReturnType<typeof createWarehouse>;
let workspaceId: string;

const resource = (type: string, physicalId: string, properties: Record<string, unknown>) => ({
  type,
  stack: 'S',
  logicalId: physicalId,
  physicalId,
  arn: `arn:aws:test:::${physicalId}`,
  properties,
});

beforeAll(async () => {
  state = await startStateTable();
  dataDir = mkdtempSync(join(tmpdir(), 'conext-rebuild-'));
  const settings = { ...PLACE, dataDir, clock: Date.now };
  s3 = createS3(settings);
  athena = createAthena({ ...settings, s3 });
  await s3.provision(resource('AWS::S3::Bucket', 'lake', {}));
  await athena.provision(resource('AWS::Glue::Database', 'conext', { DatabaseInput: { Name: 'conext' } }));
  await athena.provision(
    resource('AWS::Glue::Table', landedTable, {
      DatabaseName: 'conext',
      TableInput: {
        Name: landedTable,
        TableType: 'EXTERNAL_TABLE',
        Parameters: {
          'projection.enabled': 'true',
          ...Object.fromEntries(landedPartitions.map((name) => [`projection.${name}.type`, 'injected'])),
          'storage.location.template': `s3://lake/events/${landedPartitions.map((name) => `${name}=\${${name}}`).join('/')}/`,
        },
        PartitionKeys: landedPartitions.map((Name) => ({ Name, Type: 'string' })),
        StorageDescriptor: {
          Location: 's3://lake/events/',
          SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
          Columns: landedColumns.map(({ name, type }) => ({ Name: name, Type: type })),
        },
      },
    }),
  );
  await athena.provision(
    resource('AWS::Athena::WorkGroup', 'group', {
      Name: 'group',
      WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://lake/results/' } },
    }),
  );
  const config = {
    warehouse: { workgroup: 'group', database: 'conext' },
    aws: { region: PLACE.region, endpoint: 'http://127.0.0.1:1', s3Endpoint: undefined },
    credentials: { accessKeyId: 'operator', secretAccessKey: 'x', sessionToken: undefined },
  };
  const call = createAwsCall(config, { name: 'athena', target: 'AmazonAthena' }, inProcess(athena));
  warehouse = createWarehouse(config, call, { deadlineMs: 60_000, now: Date.now, wait: (ms) => wait(Math.min(ms, 2)) });
});
afterAll(async () => {
  await writer.close();
  await athena.close();
  await s3.close();
  await state.close();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  workspaceId = newId('wsp', Date.now());
  await state.stores.forWorkspace(workspaceId).accounts.upsert({
    id: accountNumber(1),
    platform: 'google-ads',
    platformId: '1',
    name: 'Shop',
    currency: 'EUR',
    timeZone: 'Asia/Kolkata',
    status: 'enabled',
    connectionId: 'con',
    managerPlatformId: null,
  });
});

/** Delivered as Firehose does: transformed, as Parquet below workspace and day. */
async function land(events: readonly StreamEvent[]): Promise<void> {
  const { records } = await landEvents(
    { records: events.map((event, index) => ({ recordId: String(index), data: encode(event).toString('base64') })) },
    codec,
  );
  const table = {
    columns: landedColumns.map(({ name, type }) => ({
      name,
      type: type === 'bigint' ? 'BIGINT' : 'VARCHAR',
      required: false,
    })),
  } as unknown as GlueTable;
  for (const [day, own] of Map.groupBy(records, ({ metadata }) => metadata?.partitionKeys.day ?? '')) {
    const lines = Buffer.concat(own.map(({ data }) => Buffer.from(data, 'base64')));
    const key = `events/workspace=${workspaceId}/day=${day}/${newId('run', Date.now())}.parquet`;
    await s3.putObject('lake', key, await writer.write(table, lines), 'application/vnd.apache.parquet');
  }
}
/** Counted two hours ago, so that all of it is settled now. */
const count = (events: readonly StreamEvent[]) =>
  countEvents(
    events.map((event) => ({ event, timeZone: event.accountId === null ? 'UTC' : 'Asia/Kolkata' })),
    new LaneCache((workspace, lane) =>
      createLaneStore(state.table, { workspaceId: workspace, lane }, () => noon + hour),
    ),
    { now: () => noon + hour },
  );
const rebuild = (mode: 'verify' | 'rebuild', now = noon + 3 * hour) =>
  rebuildWindows(
    { table: state.table, stores: state.stores, warehouse, now: () => now, remainingMs: () => 600_000 },
    {
      workspaceId,
      from: new Date(noon - 2 * hour).toISOString(),
      to: new Date(noon + hour).toISOString(),
      mode,
    },
  );
const everything = async () => {
  const { live } = state.stores.forWorkspace(workspaceId);
  const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
  return {
    minutes: sorted(await live.minutes(noon - 3 * hour, noon + 2 * hour)),
    hours: sorted(await live.hours(['2026-11-19', '2026-11-20', '2026-11-21'])),
  };
};
const traffic = (): StreamEvent[] => [
  ...Array.from({ length: 300 }, (_, index) =>
    sampleEvent({
      workspaceId,
      id: `e${index}`,
      accountId: accountNumber(1),
      campaignId: campaignNumber(index % 7),
      adId: adNumber(index % 21),
      currency: 'EUR',
      occurredAt: noon - 90 * 60_000 + index * 30_000,
      measures: { clicks: 1, spendMicros: 100 + index },
    }),
  ),
  sampleEvent({ workspaceId, id: 'late', occurredAt: noon - 30 * hour, receivedAt: noon - hour }),
  sampleEvent({
    workspaceId,
    id: 'refund',
    kind: 'refund',
    occurredAt: noon,
    appliesTo: noon - hour,
    currency: 'EUR',
    measures: { refundsMicros: 77 },
  }),
];

describe('the counters held against the lake', () => {
  it('agree, whatever order things came in and however often they were delivered', async () => {
    const events = traffic();
    await count(events.toReversed());
    await land([...events, ...events.slice(0, 40)]);
    await land(events.slice(20, 60));
    const found = await rebuild('verify');
    expect(found).toMatchObject({ different: 0, differences: [], unsettled: [], replaced: 0 });
    // Minutes and hours of 300 clicks and spends, one late event and one refund.
    expect(found.compared).toBeGreaterThan(900);
  });

  it('are told apart by window, object and number, and made again as they were', async () => {
    const events = traffic();
    await count(events);
    await land(events);
    const before = await everything();
    for (let lane = 0; lane < lanes; lane += 1) {
      const store = createLaneStore(state.table, { workspaceId, lane }, () => noon + hour);
      const start = noon - hour;
      const read = await store.minutes(start);
      const day = { date: '2026-11-20', quarter: 2 };
      const hours = await store.day(day);
      if (read.version === 0) continue;
      await store.write({
        minutes: [{ start, block: new WindowBlock(), version: read.version }],
        days: [{ part: day, block: new WindowBlock(), version: hours.version }],
        seen: new Map(),
      });
    }
    expect(await everything()).not.toEqual(before);
    const found = await rebuild('verify');
    expect(found.different).toBeGreaterThan(10);
    expect(found.differences[0]).toMatchObject({ window: 'minute', counted: 0 });
    const mended = await rebuild('rebuild');
    expect(mended.replaced).toBeGreaterThan(0);
    expect(await everything()).toEqual(before);
    expect(await rebuild('verify')).toMatchObject({ different: 0 });
  });

  it('get events that they never saw, once: a delivery of them after that is a repeat', async () => {
    const events = traffic();
    await count(events.slice(0, 200));
    await land(events);
    expect(await rebuild('rebuild')).toMatchObject({ idsAdded: events.length - 200 });
    expect(await rebuild('verify')).toMatchObject({ different: 0 });
    const whole = await everything();
    expect((await count(events)).counted).toEqual([]);
    expect(await everything()).toEqual(whole);
  });

  it('leave out what the processor refuses', async () => {
    const foreign = sampleEvent({ workspaceId, id: 'x', accountId: accountNumber(9) });
    const dollars = sampleEvent({
      workspaceId,
      id: 'y',
      accountId: accountNumber(1),
      currency: 'USD',
      measures: { spendMicros: 5 },
    });
    await land([foreign, dollars]);
    expect(await rebuild('verify')).toMatchObject({ different: 0, compared: 0 });
  });

  it('are left alone while they still change', async () => {
    const events = traffic();
    await count(events);
    await land(events.slice(0, 10));
    const soon = await rebuild('rebuild', noon + hour + 5 * 60_000);
    expect(soon.unsettled.length).toBeGreaterThan(0);
    expect(soon.replaced).toBe(0);
  });
});

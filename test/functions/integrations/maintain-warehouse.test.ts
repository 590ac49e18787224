import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLake, type Lake } from '../../../adapters/lake.ts';
import { createWarehouse, type Warehouse } from '../../../adapters/warehouse.ts';
import { retention } from '../../../contracts/retention.ts';
import { factColumns, factTable, releasedColumns } from '../../../contracts/warehouse.ts';
import { AppError } from '../../../domain/errors.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { rollupKey } from '../../../domain/integrations/lake-layout.ts';
import { grains } from '../../../domain/integrations/platform.ts';
import { applyRetention } from '../../../functions/integrations/maintain-warehouse/apply-retention.ts';
import { evolveSchema } from '../../../functions/integrations/maintain-warehouse/evolve-schema.ts';
import { tendTables } from '../../../functions/integrations/maintain-warehouse/tend-tables.ts';
import type { LocalService, Provisioner, ResolvedResource } from '../../../local/ports.ts';
import { createAthena } from '../../../local/services/athena/athena-service.ts';
import { createS3, type S3Service } from '../../../local/services/s3/s3-service.ts';
import { type StateTable, startStateTable } from '../../adapters/state-table.ts';
import { PLACE, type ServedService, serveService } from '../../local/services/serve-service.ts';

const at = Date.parse('2026-11-20T05:10:00.000Z');
const dayMs = 86_400_000;
let dataDir: string;
let state: StateTable;
let s3: S3Service;
let athena: LocalService & Provisioner;
let served: { s3: ServedService; athena: ServedService };
let warehouse: Warehouse;
let lake: Lake;

const resource = (type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource => ({
  ...{ type, stack: 'Data', logicalId: physicalId, physicalId, arn: `arn:${physicalId}`, properties },
});

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-maintain-'));
  state = await startStateTable();
  const settings = { ...PLACE, dataDir, clock: Date.now };
  s3 = createS3(settings);
  athena = createAthena({ ...settings, s3 });
  await s3.provision(resource('AWS::S3::Bucket', 'lake', {}));
  await athena.provision(resource('AWS::Glue::Database', 'conext', { DatabaseInput: { Name: 'conext' } }));
  for (const grain of grains) {
    const name = factTable(grain);
    const columns = releasedColumns(grain).map((column) => ({ Name: column.name, Type: column.type }));
    await athena.provision(
      resource('AWS::Glue::Table', name, {
        DatabaseName: 'conext',
        OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } },
        TableInput: {
          Name: name,
          TableType: 'EXTERNAL_TABLE',
          StorageDescriptor: { Location: `s3://lake/warehouse/${name}/`, Columns: columns },
        },
      }),
    );
  }
  await athena.provision(
    resource('AWS::Athena::WorkGroup', 'conext', {
      Name: 'conext',
      WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://lake/athena-results/' } },
    }),
  );
  served = { s3: await serveService(s3), athena: await serveService(athena) };
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'local', sessionToken: undefined };
  const aws = { region: PLACE.region, endpoint: served.athena.endpoint, s3Endpoint: served.s3.endpoint };
  warehouse = createWarehouse({ warehouse: { workgroup: 'conext', database: 'conext' }, aws, credentials });
  lake = createLake({ lake: { bucket: 'lake' }, aws, credentials });
}, 30_000);
afterAll(async () => {
  await served.athena.close();
  await served.s3.close();
  await athena.close();
  await s3.close();
  await state.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const first = async (sql: string) => {
  for await (const row of warehouse.query(sql)) return row;
  return undefined;
};

describe('tables of the first release', () => {
  it('gain the later columns once, keep their rows, answer old questions, and it is recorded', async () => {
    const table = factTable('campaign');
    const names = releasedColumns('campaign').map(({ name }) => `"${name}"`);
    const old: Record<string, string> = { date: "DATE '2026-11-01'", loaded_at: "TIMESTAMP '2026-11-02 00:00:00'" };
    const values = releasedColumns('campaign').map(
      ({ name, type }) => old[name] ?? (type === 'bigint' ? '7' : `'${name}'`),
    );
    await warehouse.execute(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`);
    const question = `SELECT ${names.join(', ')} FROM ${table}`;
    const before = await first(question);

    const { operations } = state.stores;
    const added = await evolveSchema({ warehouse, operations, now: () => at });
    const later = ['video_views', 'source'];
    expect(added).toEqual(grains.flatMap((grain) => later.map((name) => `${factTable(grain)}.${name}`)));
    for (const grain of grains) {
      expect(await warehouse.columns(factTable(grain))).toEqual(factColumns(grain).map(({ name }) => name));
    }
    expect(await first(question)).toEqual(before);
    expect(await first(`SELECT video_views, "source" FROM ${table}`)).toEqual({ video_views: null, source: null });
    const recorded = await operations.schemaChanges();
    expect(recorded).toHaveLength(grains.length);
    expect(recorded).toContainEqual({ table, columns: later, at: '2026-11-20T05:10:00.000Z' });

    expect(await evolveSchema({ warehouse, operations, now: () => at + dayMs })).toEqual([]);
    expect(await operations.schemaChanges()).toEqual(recorded);
  });

  it('are refused when they lack a column that every row needs', async () => {
    const ports = {
      warehouse: { columns: async () => ['workspace_id'], execute: async () => undefined },
      operations: state.stores.operations,
      now: () => at,
    };
    await expect(evolveSchema(ports)).rejects.toThrow('lacks platform, which every row needs');
  });
});

describe('retention', () => {
  it('takes away serving copies that no pointer names, once they are old enough, of every workspace', async () => {
    const one = state.stores.forWorkspace(newId('wsp', 1));
    const other = state.stores.forWorkspace(newId('wsp', 2));
    const keys: Record<string, string[]> = {};
    for (const { workspaceId, workspace, rollups } of [one, other]) {
      await workspace.put({ name: 'Shop', currency: 'EUR' });
      const place = { workspaceId, accountId: newId('acc', 1), grain: 'campaign', month: '2026-11' };
      const made = [1, 2].map((build) => rollupKey({ ...place, runId: newId('run', build), build }));
      for (const key of made) await lake.putPacked(key, new Uint8Array([1]));
      const pointer = { accountId: place.accountId, month: '2026-11', key: made[1] ?? '', runId: newId('run', 2) };
      await rollups.switch([{ ...pointer, grain: 'campaign', rows: 1, publishedAt: new Date(at).toISOString() }], [0]);
      keys[workspaceId] = made;
    }
    const sweep = (now: number) => applyRetention({ stores: state.stores, lake, warehouse, now: () => now });
    expect(await sweep(Date.now())).toEqual({ rollupsRemoved: 0, factsExpired: [] });
    expect((await sweep(Date.now() + 3 * dayMs)).rollupsRemoved).toBe(2);
    for (const [superseded = '', named = ''] of Object.values(keys)) {
      expect(await lake.getPacked(superseded)).toBeUndefined();
      expect(await lake.getPacked(named)).toBeDefined();
    }
  });

  it('deletes facts by their day where a limit is set; by default they are kept for good', async () => {
    expect(retention.facts.days).toBe(null);
    const rules = { rollups: retention.rollups, facts: { ...retention.facts, days: 10 } };
    const count = `SELECT count(*) AS n FROM ${factTable('campaign')}`;
    const ports = (now: string) => ({ stores: state.stores, lake, warehouse, rules, now: () => Date.parse(now) });
    await applyRetention(ports('2026-11-11T00:00:00Z'));
    expect(await first(count)).toEqual({ n: '1' });
    await applyRetention(ports('2026-11-12T00:00:00Z'));
    expect(await first(count)).toEqual({ n: '0' });
  });
});

describe('tending', () => {
  const minute = 60_000;
  const tend = (execute: (sql: string) => Promise<void>, minutes: number, cost = 1) => {
    let left = minutes * minute;
    return tendTables({
      warehouse: {
        execute: async (sql) => {
          left -= cost * minute;
          await execute(sql);
        },
      },
      operations: state.stores.operations,
      now: () => at,
      remainingMs: () => left,
      statementMs: minute,
    });
  };

  it('compacts and expires each table, and begins with those that were left the last time', async () => {
    const asked: string[] = [];
    const record = async (sql: string) => void asked.push(sql);
    const one = await tend(record, 6);
    expect(asked.slice(0, 2)).toEqual([
      `OPTIMIZE ${one.tended[0]} REWRITE DATA USING BIN_PACK`,
      `VACUUM ${one.tended[0]}`,
    ]);
    expect(one.tended).toHaveLength(2);
    const other = await tend(record, 1_000);
    expect(other.tended).toHaveLength(grains.length);
    expect(other.tended.slice(-2)).toEqual(one.tended);
    expect(other.left).toEqual([]);
  });

  it('repeats a statement as long as Athena wants another round, and no other failure', async () => {
    let rounds = 0;
    const more = new AppError('internal', 'The warehouse refused a statement.', {
      cause: 'ICEBERG_VACUUM_MORE_RUNS_NEEDED: Removed 1000 files in this round of vacuum',
    });
    await tend(async (sql) => {
      if (sql !== `VACUUM ${factTable('account')}`) return;
      rounds += 1;
      if (rounds < 4) throw more;
    }, 1_000);
    expect(rounds).toBe(4);
    const broken = new AppError('internal', 'No.', { cause: 'TABLE_NOT_FOUND' });
    await expect(tend(() => Promise.reject(broken), 1_000)).rejects.toBe(broken);
  });

  it('runs through the local Athena', async () => {
    const { tended } = await tend((sql) => warehouse.execute(sql), 1_000);
    expect(tended).toHaveLength(grains.length);
  });
});

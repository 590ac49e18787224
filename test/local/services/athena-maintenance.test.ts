import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as A from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LocalService, Provisioner, ResolvedResource } from '../../../local/ports.ts';
import { createAthena } from '../../../local/services/athena/athena-service.ts';
import { createS3, type S3Service } from '../../../local/services/s3/s3-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

const resource = (type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource => ({
  ...{ type, stack: 'Data', logicalId: physicalId, physicalId, arn: `arn:${physicalId}`, properties },
});
/** As the first release made it. */
const facts = resource('AWS::Glue::Table', 'fact_ad_daily', {
  DatabaseName: 'conext',
  OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } },
  TableInput: {
    Name: 'fact_ad_daily',
    TableType: 'EXTERNAL_TABLE',
    StorageDescriptor: {
      Location: 's3://lake/warehouse/fact_ad_daily/',
      Columns: [
        { Name: 'ad', Type: 'string' },
        { Name: 'clicks', Type: 'bigint' },
      ],
    },
  },
});

let dataDir: string;
let s3: S3Service;
let service: LocalService & Provisioner;
let served: ServedService;
let athena: A.AthenaClient;

async function start(): Promise<void> {
  const settings = { ...PLACE, dataDir, clock: Date.now };
  s3 = createS3(settings);
  service = createAthena({ ...settings, s3 });
  await s3.provision(resource('AWS::S3::Bucket', 'lake', {}));
  await service.provision(resource('AWS::Glue::Database', 'conext', { DatabaseInput: { Name: 'conext' } }));
  await service.provision(facts);
  served = await serveService(service);
  athena = new A.AthenaClient(served.client);
}
async function stop(): Promise<void> {
  athena.destroy();
  await served.close();
  await service.close();
  await s3.close();
}
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-maintenance-'));
  await start();
});
afterEach(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const begin = async (QueryString: string): Promise<string> =>
  (
    await athena.send(
      new A.StartQueryExecutionCommand({
        QueryString,
        QueryExecutionContext: { Database: 'conext' },
        ResultConfiguration: { OutputLocation: 's3://lake/athena-results/' },
      }),
    )
  ).QueryExecutionId ?? '';

async function run(sql: string): Promise<{ status: A.QueryExecutionStatus; rows: (string | undefined)[][] }> {
  const QueryExecutionId = await begin(sql);
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const { QueryExecution } = await athena.send(new A.GetQueryExecutionCommand({ QueryExecutionId }));
    const status = QueryExecution?.Status ?? {};
    if (status.State === 'QUEUED' || status.State === 'RUNNING') {
      await new Promise((later) => setTimeout(later, 5));
      continue;
    }
    if (status.State !== 'SUCCEEDED') return { status, rows: [] };
    const { ResultSet } = await athena.send(new A.GetQueryResultsCommand({ QueryExecutionId }));
    return { status, rows: (ResultSet?.Rows ?? []).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue)) };
  }
  throw new Error('The statement never ended.');
}

describe('a table of an earlier release', () => {
  it('takes new columns, once; its rows have none of them, and statements that name the old ones go on', async () => {
    await run("INSERT INTO fact_ad_daily (ad, clicks) VALUES ('a', 3)");
    const added = await run('ALTER TABLE fact_ad_daily ADD COLUMNS (video_views bigint, share decimal(18,6))');
    expect(added.status).toMatchObject({ State: 'SUCCEEDED' });
    expect((await run('SELECT ad, clicks FROM fact_ad_daily')).rows).toEqual([
      ['ad', 'clicks'],
      ['a', '3'],
    ]);
    await run("INSERT INTO fact_ad_daily (ad, clicks, video_views) VALUES ('b', 1, 7)");
    expect((await run('SELECT video_views, share FROM fact_ad_daily ORDER BY ad')).rows).toEqual([
      ['video_views', 'share'],
      [undefined, undefined],
      ['7', undefined],
    ]);
    const again = await run('ALTER TABLE fact_ad_daily ADD COLUMNS (video_views bigint)');
    expect(again.status).toMatchObject({ State: 'FAILED', StateChangeReason: expect.stringContaining('video_views') });
  });

  it('keeps them over a restart with a template that does not name them, as the catalogue on AWS does', async () => {
    await run('ALTER TABLE fact_ad_daily ADD COLUMNS (video_views bigint)');
    await stop();
    await start();
    expect((await run('SELECT * FROM fact_ad_daily WHERE FALSE')).rows).toEqual([['ad', 'clicks', 'video_views']]);
  });
});

describe('tending a table', () => {
  it.each([
    ['OPTIMIZE fact_ad_daily REWRITE DATA USING BIN_PACK', 'Nothing to compact'],
    ['VACUUM fact_ad_daily', 'Nothing to expire'],
  ])('answers %s with what was done instead, and keeps the rows', async (sql, said) => {
    await run("INSERT INTO fact_ad_daily VALUES ('a', 3)");
    const { status } = await run(sql);
    expect(status).toMatchObject({ State: 'SUCCEEDED', StateChangeReason: expect.stringContaining(said) });
    expect((await run('SELECT ad FROM fact_ad_daily')).rows).toHaveLength(2);
  });

  it('needs what AWS needs: the table’s catalogue entry, its files, and their deletion for VACUUM', async () => {
    served.needs.length = 0;
    await begin('VACUUM fact_ad_daily');
    const needed = served.needs[0]?.map(({ action, resource: on }) => `${action} ${on}`) ?? [];
    expect(needed).toContain('s3:DeleteObject arn:aws:s3:::lake/warehouse/fact_ad_daily/*');
    expect(needed).toContain('glue:UpdateTable arn:aws:glue:eu-central-1:000000000000:table/conext/fact_ad_daily');
    served.needs.length = 0;
    await begin('OPTIMIZE fact_ad_daily REWRITE DATA USING BIN_PACK');
    expect(served.needs[0]?.map(({ action }) => action)).not.toContain('s3:DeleteObject');
  });

  it.each([
    'ALTER TABLE fact_ad_daily DROP COLUMN clicks',
    'ALTER TABLE fact_ad_daily RENAME TO other',
    'OPTIMIZE fact_ad_daily REWRITE DATA USING BIN_PACK WHERE ad = 1',
    'VACUUM',
  ])('refuses what is not in use by name: %s', async (sql) => {
    await expect(begin(sql)).rejects.toMatchObject({ name: 'UnsupportedLocally' });
  });

  it('fails for a table that is not there', async () => {
    expect((await run('VACUUM fact_nothing')).status.State).toBe('FAILED');
  });
});

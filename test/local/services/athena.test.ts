import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as A from '@aws-sdk/client-athena';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalService, Provisioner, ResolvedResource } from '../../../local/ports.ts';
import { createAthena } from '../../../local/services/athena/athena-service.ts';
import { createS3, type S3Service } from '../../../local/services/s3/s3-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';

const BUCKET = 'lake-bucket';
let dataDir: string;
let s3: S3Service;
let service: LocalService & Provisioner;
let served: ServedService;
let athena: A.AthenaClient;

function resource(type: string, physicalId: string, properties: Record<string, unknown>): ResolvedResource {
  return {
    type,
    stack: 'Data',
    logicalId: physicalId.replaceAll('_', ''),
    physicalId,
    arn: `arn:${physicalId}`,
    properties,
  };
}

const facts = (extra: object[] = []) =>
  resource('AWS::Glue::Table', 'fact_campaign', {
    DatabaseName: 'conext',
    OpenTableFormatInput: { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } },
    TableInput: {
      Name: 'fact_campaign',
      TableType: 'EXTERNAL_TABLE',
      StorageDescriptor: {
        Location: `s3://${BUCKET}/warehouse/fact_campaign/`,
        Columns: [
          { Name: 'campaign_id', Type: 'string' },
          { Name: 'day', Type: 'date' },
          { Name: 'spend_micros', Type: 'bigint' },
          { Name: 'rate', Type: 'double' },
          { Name: 'value', Type: 'decimal(18,6)' },
          { Name: 'loaded_at', Type: 'timestamp' },
          { Name: 'final', Type: 'boolean' },
          ...extra,
        ],
      },
    },
  });

const staging = resource('AWS::Glue::Table', 'staging_campaign', {
  DatabaseName: 'conext',
  TableInput: {
    Name: 'staging_campaign',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: [
      { Name: 'platform', Type: 'string' },
      { Name: 'run', Type: 'string' },
    ],
    Parameters: {
      'projection.enabled': 'true',
      'projection.platform.type': 'enum',
      'projection.platform.values': 'google-ads,tiktok',
      'projection.run.type': 'injected',
      'storage.location.template': `s3://${BUCKET}/staging/campaign/platform=\${platform}/run=\${run}/`,
    },
    StorageDescriptor: {
      Location: `s3://${BUCKET}/staging/campaign/`,
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      Columns: [
        { Name: 'campaign_id', Type: 'string' },
        { Name: 'spend_micros', Type: 'bigint' },
        { Name: 'note', Type: 'string' },
      ],
    },
  },
});

const workGroup = resource('AWS::Athena::WorkGroup', 'conext-work', {
  Name: 'conext-work',
  WorkGroupConfiguration: {
    EnforceWorkGroupConfiguration: true,
    ResultConfiguration: { OutputLocation: `s3://${BUCKET}/results/` },
  },
});

async function start(): Promise<void> {
  s3 = createS3({ ...PLACE, dataDir, clock: Date.now });
  await s3.provision(resource('AWS::S3::Bucket', BUCKET, {}));
  service = createAthena({ ...PLACE, dataDir, clock: Date.now, s3 });
  for (const item of [
    resource('AWS::Glue::Database', 'conext', { DatabaseInput: { Name: 'conext' } }),
    facts(),
    staging,
    workGroup,
  ]) {
    expect(service.refuse(item)).toBeUndefined();
    await service.provision(item);
  }
  served = await serveService(service);
  athena = new A.AthenaClient(served.client);
}

async function stop(): Promise<void> {
  athena.destroy();
  await served.close();
  await service.close();
  await s3.close();
}

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-athena-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function begin(QueryString: string, ExecutionParameters?: string[]): Promise<string> {
  const started = await athena.send(
    new A.StartQueryExecutionCommand({
      QueryString,
      WorkGroup: 'conext-work',
      QueryExecutionContext: { Database: 'conext' },
      ExecutionParameters,
    }),
  );
  return started.QueryExecutionId ?? '';
}

async function finish(QueryExecutionId: string): Promise<A.QueryExecution> {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const { QueryExecution } = await athena.send(new A.GetQueryExecutionCommand({ QueryExecutionId }));
    if (QueryExecution !== undefined && !['QUEUED', 'RUNNING'].includes(QueryExecution.Status?.State ?? ''))
      return QueryExecution;
    await new Promise((later) => setTimeout(later, 5));
  }
  throw new Error('The query never ended.');
}

async function query(sql: string, parameters?: string[]): Promise<(string | undefined)[][]> {
  const QueryExecutionId = await begin(sql, parameters);
  const ended = await finish(QueryExecutionId);
  expect(ended.Status?.StateChangeReason).toBeUndefined();
  const rows: (string | undefined)[][] = [];
  for await (const page of A.paginateGetQueryResults({ client: athena }, { QueryExecutionId })) {
    rows.push(...(page.ResultSet?.Rows ?? []).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue)));
  }
  return rows.slice(1);
}

async function changed(sql: string): Promise<number | undefined> {
  const QueryExecutionId = await begin(sql);
  expect((await finish(QueryExecutionId)).Status?.StateChangeReason).toBeUndefined();
  return (await athena.send(new A.GetQueryResultsCommand({ QueryExecutionId }))).UpdateCount;
}

async function reasonOf(sql: string): Promise<string | undefined> {
  const { Status } = await finish(await begin(sql));
  expect(Status?.State).toBe('FAILED');
  return Status?.StateChangeReason;
}

/** Puts a Parquet file into the bucket, written by a DuckDB of the test's own. */
async function stage(key: string, select: string): Promise<void> {
  const duck = await DuckDBInstance.create(':memory:');
  const connection = await duck.connect();
  const file = join(dataDir, 'made.parquet');
  await connection.run(`COPY (${select}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  duck.closeSync();
  const target = s3.objectPath(BUCKET, key);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(file, target);
}

describe('a query', () => {
  it('answers rows under a header, typed as Athena types them', async () => {
    await query(
      `INSERT INTO fact_campaign VALUES ('c"1', DATE '2026-11-01', 9007199254740993, 12345678.0, 1.5, TIMESTAMP '2026-11-01 02:03:04', true)`,
    );
    const QueryExecutionId = await begin(
      `SELECT campaign_id, day, spend_micros, rate, value, loaded_at, final, CAST(NULL AS varchar) AS missing, '' AS blank FROM "conext"."fact_campaign"`,
    );
    const ended = await finish(QueryExecutionId);
    expect(ended.Statistics?.TotalExecutionTimeInMillis).toBeGreaterThanOrEqual(0);
    const { ResultSet } = await athena.send(new A.GetQueryResultsCommand({ QueryExecutionId }));
    const cells = ResultSet?.Rows?.map((row) => row.Data?.map((cell) => cell.VarCharValue));
    expect(cells).toEqual([
      ['campaign_id', 'day', 'spend_micros', 'rate', 'value', 'loaded_at', 'final', 'missing', 'blank'],
      [
        'c"1',
        '2026-11-01',
        '9007199254740993',
        '1.2345678E7',
        '1.500000',
        '2026-11-01 02:03:04.000000',
        'true',
        undefined,
        '',
      ],
    ]);
    expect(ResultSet?.ResultSetMetadata?.ColumnInfo?.map((column) => column.Type)).toEqual([
      'varchar',
      'date',
      'bigint',
      'double',
      'decimal',
      'timestamp',
      'boolean',
      'varchar',
      'varchar',
    ]);
    expect(ended.ResultConfiguration?.OutputLocation).toBe(`s3://${BUCKET}/results/${QueryExecutionId}.csv`);
    const file = (await s3.readObject(BUCKET, `results/${QueryExecutionId}.csv`)).toString('utf8');
    expect(file.split('\n')[1]).toBe(
      '"c""1","2026-11-01","9007199254740993","1.2345678E7","1.500000","2026-11-01 02:03:04.000000","true",,""',
    );
  });

  it('pages through more rows than one answer holds', async () => {
    const rows = await query(
      `WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)), t(i) AS (SELECT a.n * 1000 + b.n * 100 + c.n * 10 + e.n FROM d a, d b, d c, d e)
      SELECT i, CASE WHEN i = 7 THEN NULL ELSE i END AS maybe FROM t WHERE i BETWEEN 1 AND 2500 ORDER BY i`,
    );
    expect(rows).toHaveLength(2500);
    expect([rows[6], rows[2499]]).toEqual([
      ['7', undefined],
      ['2500', '2500'],
    ]);
  });

  it('puts literals for its parameters, and refuses anything else there', async () => {
    expect(await query(`SELECT ? AS a, ? AS b, '?' AS c`, ["'it''s'", '3'])).toEqual([["it's", '3', '?']]);
    await expect(begin('SELECT ?', ['1; DROP TABLE x'])).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(begin('SELECT ?, ?', ['1'])).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  it('fails with the reason for SQL that is wrong', async () => {
    expect(await reasonOf('SELECT nothing FROM fact_campaign')).toContain('nothing');
    expect(await reasonOf('SELECT 1; SELECT 2')).toContain('one sql statement');
  });

  it.each([
    ["SELECT strftime(day, '%Y') FROM fact_campaign", 'date_format'],
    ['SELECT arg_max(campaign_id, spend_micros) FROM fact_campaign', 'max_by'],
    ['SELECT * FROM UNNEST(generate_series(1, 3)) AS t(i)', 'sequence'],
    ['SELECT spend_micros::varchar FROM fact_campaign', 'CAST'],
    ['SELECT * EXCLUDE (day) FROM fact_campaign', 'EXCLUDE'],
    ['SELECT day, sum(spend_micros) FROM fact_campaign GROUP BY ALL', 'GROUP BY ALL'],
    ["SELECT 1 FROM fact_campaign WHERE campaign_id ILIKE 'a%'", 'ILIKE'],
    ['SELECT campaign_id FROM fact_campaign LIMIT 5 OFFSET 5', 'OFFSET'],
    ['MERGE INTO fact_campaign t USING staging_campaign s ON t.day = s.day WHEN NOT MATCHED THEN INSERT *', 'MERGE'],
  ])('refuses what only DuckDB understands: %s', async (sql, hint) => {
    await expect(begin(sql)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(hint),
    });
  });

  it('takes such words inside texts, names and comments', async () => {
    expect(await query(`SELECT 'a::b ILIKE strftime(x)' AS "list(x)" -- GROUP BY ALL`)).toEqual([
      ['a::b ILIKE strftime(x)'],
    ]);
  });

  it('counts time in UTC', async () => {
    const [[now = '', day] = []] = await query(
      `SELECT CAST(current_timestamp AS timestamp) AS now, CAST(current_timestamp AS date) AS day, date_trunc('month', DATE '2026-11-22') AS month, date_diff('day', DATE '2026-11-01', DATE '2026-11-22') AS days`,
    );
    expect(Math.abs(Date.parse(`${now.slice(0, 23).replace(' ', 'T')}Z`) - Date.now())).toBeLessThan(60_000);
    expect(day).toBe(now.slice(0, 10));
  });

  it('starts once for a repeated request token', async () => {
    const command = () =>
      new A.StartQueryExecutionCommand({
        QueryString: 'SELECT 1',
        WorkGroup: 'conext-work',
        ClientRequestToken: 'the-same-token-of-at-least-32-characters',
      });
    expect((await athena.send(command())).QueryExecutionId).toBe((await athena.send(command())).QueryExecutionId);
  });

  it('can be stopped', async () => {
    const tables = 'abcdefghijkl'.split('').map((name) => `d ${name}`);
    const id = await begin(
      `WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) SELECT count(*) FROM ${tables.join(', ')} WHERE (a.n + b.n * c.n + l.n) % 7 = 3`,
    );
    await athena.send(new A.StopQueryExecutionCommand({ QueryExecutionId: id }));
    expect((await finish(id)).Status?.State).toBe('CANCELLED');
  });

  it('cannot reach files outside the buckets', async () => {
    await expect(begin(`SELECT * FROM read_csv('/etc/passwd')`)).rejects.toMatchObject({
      message: expect.stringContaining('read_csv'),
    });
    expect(await reasonOf(`SELECT * FROM '/etc/passwd.csv'`)).toMatch(/disabled by configuration|does not exist/);
  });

  it.each(['CREATE TABLE x AS SELECT 1', "ATTACH 'x' AS y", "COPY fact_campaign TO 'x'"])(
    'refuses %s by name',
    async (sql) => {
      await expect(begin(sql)).rejects.toMatchObject({
        name: 'UnsupportedLocally',
        message: expect.stringContaining(sql.split(' ')[0] ?? ''),
      });
    },
  );
});

describe('tables', () => {
  it('merge, update and delete, and count what they changed', async () => {
    await changed('DELETE FROM fact_campaign');
    expect(await changed(`INSERT INTO fact_campaign (campaign_id, spend_micros) VALUES ('a', 1), ('b', 2)`)).toBe(2);
    const merge = `MERGE INTO conext.fact_campaign t USING (SELECT 'b' AS campaign_id, CAST(5 AS bigint) AS spend_micros UNION ALL SELECT 'c', 6) s ON t.campaign_id = s.campaign_id
      WHEN MATCHED THEN UPDATE SET spend_micros = s.spend_micros WHEN NOT MATCHED THEN INSERT (campaign_id, spend_micros) VALUES (s.campaign_id, s.spend_micros)`;
    expect(await changed(merge)).toBe(2);
    expect(await changed(merge)).toBe(2);
    expect(await changed(`UPDATE fact_campaign SET spend_micros = 9 WHERE campaign_id = 'a'`)).toBe(1);
    expect(await query('SELECT campaign_id, spend_micros FROM fact_campaign ORDER BY 1')).toEqual([
      ['a', '9'],
      ['b', '5'],
      ['c', '6'],
    ]);
  });

  it('take many writers at once without losing a row', async () => {
    await changed('DELETE FROM fact_campaign');
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        begin(`INSERT INTO fact_campaign (campaign_id, spend_micros) VALUES ('w${index}', 1)`),
      ),
    );
    const states = await Promise.all(ids.map(async (id) => (await finish(id)).Status?.State));
    expect(new Set(states)).toEqual(new Set(['SUCCEEDED']));
    expect(await query('SELECT sum(spend_micros) FROM fact_campaign')).toEqual([['12']]);
  });

  it('read staged Parquet files as they come, by partition', async () => {
    expect(await query('SELECT * FROM staging_campaign')).toEqual([]);
    await stage(
      'staging/campaign/platform=google-ads/run=r1/part-0.parquet',
      `SELECT 'a' AS campaign_id, 5::INTEGER AS spend_micros`,
    );
    expect(await query(`SELECT * FROM staging_campaign WHERE run = 'r1'`)).toEqual([
      ['a', '5', undefined, 'google-ads', 'r1'],
    ]);
    await stage(
      'staging/campaign/platform=tiktok/run=r2/part-0.parquet',
      `SELECT 'b' AS campaign_id, 6::BIGINT AS spend_micros, 'n' AS note, 1 AS undeclared`,
    );
    await stage(
      'staging/campaign/platform=unknown/run=r2/part-0.parquet',
      `SELECT 'z' AS campaign_id, 6::BIGINT AS spend_micros`,
    );
    expect(await query(`SELECT campaign_id, spend_micros, note FROM staging_campaign WHERE run = 'r2'`)).toEqual([
      ['b', '6', 'n'],
    ]);
    expect(await query('SELECT count(*) FROM staging_campaign')).toEqual([['2']]);
    rmSync(s3.objectPath(BUCKET, 'staging'), { recursive: true });
    expect(await query('SELECT count(*) FROM conext.staging_campaign')).toEqual([['0']]);
  });

  it('keep rows and executions over a restart, and gain the columns a new template has', async () => {
    await changed('DELETE FROM fact_campaign');
    await changed(`INSERT INTO fact_campaign (campaign_id) VALUES ('kept')`);
    const QueryExecutionId = await begin('SELECT campaign_id FROM fact_campaign');
    await finish(QueryExecutionId);
    await stop();
    await start();
    const { ResultSet } = await athena.send(new A.GetQueryResultsCommand({ QueryExecutionId }));
    expect(ResultSet?.Rows?.[1]?.Data?.[0]?.VarCharValue).toBe('kept');
    await service.provision(facts([{ Name: 'currency', Type: 'string' }]));
    expect(await query('SELECT campaign_id, currency FROM fact_campaign')).toEqual([['kept', undefined]]);
  });

  it('come from an Iceberg schema too, whose required columns take no NULL', async () => {
    const field = (Id: number, Name: string, Type: string, Required: boolean) => ({ Id, Name, Type, Required });
    const declared = resource('AWS::Glue::Table', 'fact_account', {
      DatabaseName: 'conext',
      Name: 'fact_account',
      OpenTableFormatInput: {
        IcebergInput: {
          IcebergTableInput: {
            Location: `s3://${BUCKET}/warehouse/fact_account/`,
            Schema: {
              Type: 'struct',
              Fields: [field(1, 'account', 'string', true), field(2, 'clicks', 'long', false)],
            },
          },
        },
      },
    });
    expect(service.refuse(declared)).toBeUndefined();
    await service.provision(declared);
    await service.provision(declared);
    expect(await changed(`INSERT INTO fact_account VALUES ('a', NULL)`)).toBe(1);
    expect(await reasonOf('INSERT INTO fact_account VALUES (NULL, 1)')).toContain('account');
    expect(await query('SELECT account, clicks FROM fact_account')).toEqual([['a', undefined]]);
  });

  it('are refused when their format or a type is not supported', () => {
    const json = {
      ...staging,
      properties: {
        DatabaseName: 'conext',
        TableInput: {
          Name: 'j',
          TableType: 'EXTERNAL_TABLE',
          StorageDescriptor: { SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' } },
        },
      },
    };
    expect(service.refuse(json)).toContain('only Iceberg and Parquet');
    expect(service.refuse(facts([{ Name: 'm', Type: 'map<string,string>' }]))).toContain('map<string,string>');
  });
});

describe('permissions', () => {
  it('cover the work group, the tables named, their data and the result', async () => {
    await finish(
      await begin(`INSERT INTO fact_campaign (campaign_id) SELECT campaign_id FROM staging_campaign WHERE run = 'r'`),
    );
    const needs = served.needs.flat().map((need) => `${need.action} ${need.resource}`);
    const glue = 'arn:aws:glue:eu-central-1:000000000000';
    expect(needs).toEqual(
      expect.arrayContaining([
        'athena:StartQueryExecution arn:aws:athena:eu-central-1:000000000000:workgroup/conext-work',
        `glue:GetTable ${glue}:table/conext/staging_campaign`,
        `glue:UpdateTable ${glue}:table/conext/fact_campaign`,
        `s3:PutObject arn:aws:s3:::${BUCKET}/warehouse/fact_campaign/*`,
        `s3:GetObject arn:aws:s3:::${BUCKET}/staging/campaign/*`,
        `s3:PutObject arn:aws:s3:::${BUCKET}/results/*`,
      ]),
    );
    expect(needs).not.toContain(`glue:UpdateTable ${glue}:table/conext/staging_campaign`);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAnalystQueries } from '../../../adapters/analyst-query.ts';
import { createAwsCall } from '../../../adapters/aws-json.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import type { Scope } from '../../../contracts/access.ts';
import { runQueryRoutes } from '../../../contracts/routes/run-query.ts';
import { factColumns } from '../../../contracts/warehouse.ts';
import { AppError } from '../../../domain/errors.ts';
import { runQuery } from '../../../functions/analysis/run-query/run-query.ts';
import { apiEvent, lambdaContext } from '../../adapters/http/api-event.ts';
import { startLakeServices } from '../integrations/lake-services.ts';

const own = 'wsp_00000000000000000000000001';
const foreign = 'wsp_00000000000000000000000002';
let folder: string;
let services: Awaited<ReturnType<typeof startLakeServices>>;
const telemetry = { info: () => {}, warn: () => {}, error: () => {}, count: () => {} };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conext-query-'));
  services = await startLakeServices(folder);
  const warehouse = createWarehouse(services.config);
  const rows = [
    [own, 'cmp-1', 3],
    [own, 'cmp-2', 9_007_199_254_740_993n],
    [foreign, 'cmp-foreign', 777],
  ].map(([workspace, campaign, clicks]) =>
    factColumns('campaign')
      .map(({ name, type }) => {
        if (name === 'workspace_id') return `'${workspace}'`;
        if (name === 'campaign_platform_id') return `'${campaign}'`;
        if (type === 'string') return "'x'";
        if (type === 'bigint') return String(clicks);
        return type === 'date' ? "DATE '2026-01-01'" : "TIMESTAMP '2026-01-01 00:00:00'";
      })
      .join(', '),
  );
  const columns = factColumns('campaign')
    .map(({ name }) => name)
    .join(', ');
  await warehouse.execute(
    `INSERT INTO fact_campaign_daily (${columns}) VALUES ${rows.map((row) => `(${row})`).join(', ')}`,
  );
});
afterAll(async () => {
  await services.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(body: unknown, scopes?: readonly Scope[]) {
  const handler = apiHandler(
    runQueryRoutes,
    { runQuery: runQuery(createAnalystQueries(services.config), Date.now) },
    { allowedOrigin: 'https://app.example', telemetry: telemetry as never },
  );
  const answer = await handler(
    apiEvent({
      method: 'POST',
      resource: '/v1/query',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      caller: { workspaceId: own, ...(scopes && { scopes }) },
    }),
    lambdaContext(),
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
}

describe('POST /v1/query', () => {
  it('answers columns with their types and the rows of the caller’s workspace alone', async () => {
    const { status, body } = await ask({
      sql: 'SELECT campaign_platform_id AS id, clicks, clicks > 5 AS many, clicks / 2e0 AS half, date FROM metrics_campaign_daily ORDER BY id',
    });
    expect(status).toBe(200);
    expect(body.columns).toEqual([
      { name: 'id', type: 'varchar' },
      { name: 'clicks', type: 'bigint' },
      { name: 'many', type: 'boolean' },
      { name: 'half', type: 'double' },
      { name: 'date', type: 'date' },
    ]);
    expect(body.rows[0]).toEqual(['cmp-1', 3, false, 1.5, '2026-01-01']);
    // Beyond what a JSON number holds exactly.
    expect(body.rows[1].slice(0, 2)).toEqual(['cmp-2', '9007199254740993']);
    expect(body).toMatchObject({ truncated: false, scannedBytes: expect.any(Number) });
    expect(body.rows).toHaveLength(2);
  });

  it('says when there are more rows than asked for', async () => {
    const sql = 'SELECT clicks FROM metrics_campaign_daily ORDER BY clicks';
    expect((await ask({ sql, maxRows: 1 })).body).toMatchObject({ rows: [[3]], truncated: true });
    expect((await ask({ sql, maxRows: 2 })).body).toMatchObject({ truncated: false });
  });

  it('stops before an answer grows beyond what a function may answer', async () => {
    const sql = `WITH a AS (SELECT 1 x UNION ALL SELECT 2), b AS (SELECT p.x FROM a p, a q, a r, a s, a t, a u)
      SELECT '${'x'.repeat(15_000)}' || CAST(b.x AS varchar) AS long FROM b, b c`;
    const { status, body } = await ask({ sql, maxRows: 10_000 });
    expect(status).toBe(200);
    expect(body.truncated).toBe(true);
    expect(body.rows.length).toBeLessThan(300);
    expect(body.rows.length).toBeGreaterThan(200);
  });

  it.each([
    ['SELECT *\nFROM fact_campaign_daily', 'Line 2, column 6: There is no view "fact_campaign_daily"'],
    ['SELECT\n  klicks FROM metrics_campaign_daily', 'Line 2, column 3: There is no column "klicks" here.'],
    ['SELECT platform, sum(clicks) FROM metrics_campaign_daily', '"platform" must be in GROUP BY'],
    ['SELECT a.clicks, platform FROM metrics_campaign_daily a, metrics_campaign_daily b', 'is in several tables'],
    ['SELECT lower(1, 2)', 'lower does not take arguments'],
    ['SELECT clicks FROM metrics_campaign_daily WHERE clicks = = 1', 'does not understand the query'],
    ["SELECT CAST('a' AS bigint)", 'cannot be converted'],
  ])('explains what is wrong with %j', async (sql, message) => {
    const { status, body } = await ask({ sql });
    expect(status).toBe(400);
    expect(body.detail).toContain(message);
    expect(JSON.stringify(body)).not.toMatch(/wsp_|duckdb|SELECT "|Binder|with_/i);
  });

  it('refuses callers without the scope, unknown fields and too many rows', async () => {
    expect((await ask({ sql: 'SELECT 1' }, ['metrics.read'])).status).toBe(403);
    expect((await ask({ sql: 'SELECT 1', workspaceId: foreign })).status).toBe(400);
    expect((await ask({ sql: 'SELECT 1', maxRows: 10_001 })).status).toBe(400);
  });

  it('stops a query that takes too long and answers a timeout', async () => {
    const calls: string[] = [];
    const real = createAwsCall(services.config, { name: 'athena', target: 'AmazonAthena' });
    let clock = 0;
    const queries = createAnalystQueries(
      services.config,
      (operation, input) => {
        calls.push(operation);
        return real(operation, input);
      },
      { deadlineMs: 1_000, now: () => (clock += 600), wait: () => Promise.resolve() },
    );
    const huge = `WITH d AS (SELECT * FROM (VALUES ${Array.from({ length: 60 }, (_, i) => `(${i})`).join(',')}) v(n))
      SELECT sum(sqrt(a.n + b.n * c.n + e.n * f.n + g.n)) FROM d a, d b, d c, d e, d f, d g`;
    await expect(queries.run(huge)).rejects.toThrow(AppError);
    expect(calls.at(-1)).toBe('StopQueryExecution');
  });
});

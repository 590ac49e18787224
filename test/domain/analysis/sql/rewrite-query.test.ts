import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grain } from '../../../../contracts/schemas/primitives.ts';
import { factColumns, factTable } from '../../../../contracts/warehouse.ts';
import { rewriteQuery } from '../../../../domain/analysis/sql/rewrite-query.ts';

const own = 'wsp_00000000000000000000000001';
const foreign = 'wsp_00000000000000000000000002';
/** Every text and number of the other workspace has it, so that any trace of it shows. */
const secret = 'foreign';
const secretNumber = 777_000_777;

let database: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:');
  connection = await database.connect();
  const sqlType = { string: 'VARCHAR', bigint: 'BIGINT', date: 'DATE', timestamp: 'TIMESTAMP' } as const;
  for (const level of grain.options) {
    const columns = factColumns(level);
    await connection.run(
      `CREATE TABLE ${factTable(level)} (${columns.map(({ name, type }) => `${name} ${sqlType[type]}`).join(', ')})`,
    );
    for (const [workspace, text, number] of [
      [own, 'own', 5],
      [own, 'other', 7],
      [foreign, secret, secretNumber],
    ] as const) {
      const values = columns.map(({ name, type }) => {
        if (name === 'workspace_id') return `'${workspace}'`;
        if (type === 'string') return `'${text}'`;
        if (type === 'bigint') return String(number);
        return type === 'date' ? "DATE '2026-01-01'" : "TIMESTAMP '2026-01-01 00:00:00'";
      });
      await connection.run(`INSERT INTO ${factTable(level)} VALUES (${values.join(', ')})`);
    }
  }
});

afterAll(() => {
  connection.closeSync();
  database.closeSync();
});

const rowsOf = async (sql: string): Promise<unknown[][]> => {
  const rewritten = rewriteQuery(sql, own, 1_000);
  if (rewritten.kind === 'refused') throw new Error(`${rewritten.line}:${rewritten.column} ${rewritten.message}`);
  return (await connection.runAndReadAll(rewritten.sql)).getRowsJson() as unknown[][];
};
const refusalOf = (sql: string): string => {
  const rewritten = rewriteQuery(sql, own, 1_000);
  return rewritten.kind === 'refused' ? rewritten.message : `accepted as ${rewritten.sql}`;
};

describe('a query of an analyst', () => {
  it.each([
    ['SELECT count(*) FROM metrics_campaign_daily', [['2']]],
    ['select sum(m.clicks) as total from metrics_campaign_daily m;', [['12']]],
    ['SELECT sum(metrics_ad_daily.clicks) FROM metrics_ad_daily', [['12']]],
    ['SELECT SUM(clicks) FROM "Metrics_Campaign_Daily" AS "fact_campaign_daily"', [['12']]],
    ['SELECT platform FROM metrics_account_daily ORDER BY clicks DESC NULLS LAST LIMIT 1', [['other']]],
    ['SELECT platform FROM metrics_account_daily ORDER BY clicks LIMIT 1 OFFSET 1', [['other']]],
    ['SELECT platform, sum(clicks) c FROM metrics_account_daily GROUP BY 1 HAVING sum(clicks) > 6', [['other', '7']]],
    ['WITH m AS (SELECT * FROM metrics_campaign_daily) SELECT count(*) FROM m', [['2']]],
    ['WITH a AS (SELECT 1 x), b(y) AS (SELECT x + 1 FROM a) SELECT y FROM b', [[2]]],
    ['SELECT x FROM (SELECT 1 AS x UNION ALL SELECT 2 UNION ALL (SELECT 3)) t ORDER BY x DESC', [[3], [2], [1]]],
    [
      `SELECT a.platform FROM metrics_ad_daily a JOIN metrics_campaign_daily c USING (platform)
       LEFT OUTER JOIN metrics_account_daily x ON x.platform = a.platform WHERE a.clicks = 5`,
      [['own']],
    ],
    [
      `SELECT platform, rank() OVER (PARTITION BY currency ORDER BY clicks ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) r,
       sum(clicks) FILTER (WHERE clicks > 5) OVER () FROM metrics_campaign_daily ORDER BY clicks LIMIT 1`,
      [],
    ],
    ['SELECT extract(year FROM date), CAST(clicks AS varchar) FROM metrics_ad_daily WHERE clicks = 5', [['2026', '5']]],
    ["SELECT 1 FROM metrics_ad_daily WHERE date = DATE '2026-01-01' + INTERVAL '0' DAY AND clicks IN (5, 6)", [[1]]],
    ['SELECT 1 WHERE EXISTS (SELECT 1 FROM metrics_ad_daily d WHERE d.clicks IS NOT DISTINCT FROM 5)', [[1]]],
    [
      "SELECT 'it''s -- no /* comment */ \"here\"; DROP' /* a 'comment' */ -- another",
      [['it\'s -- no /* comment */ "here"; DROP']],
    ],
    ['SELECT CASE WHEN count(*) > 1 THEN 1.5e0 ELSE NULL END FROM metrics_ad_daily', [[1.5]]],
    ['SELECT m.* FROM (metrics_ad_daily m CROSS JOIN (VALUES (1), (2)) v (n)) WHERE n = 1 AND clicks = 99', []],
    ['SELECT sum("m"."clicks"), (SELECT max(clicks) FROM metrics_ad_daily) FROM metrics_ad_daily m', [['12', '7']]],
  ])('is answered: %s', async (sql, expected) => {
    const rows = await rowsOf(sql);
    if (sql.includes('rank()')) expect(rows).toHaveLength(1);
    else expect(rows).toEqual(expected);
  });

  it('answers at most the rows that are allowed, in its own order', () => {
    expect(rewriteQuery('SELECT 1 ORDER BY 1', own, 11)).toEqual({
      kind: 'rewritten',
      sql: 'SELECT 1 ORDER BY 1 LIMIT 11',
    });
    expect(rewriteQuery('SELECT 1 LIMIT 99', own, 11)).toEqual({ kind: 'rewritten', sql: 'SELECT 1 LIMIT 11' });
    expect(rewriteQuery('SELECT 1 LIMIT 9 OFFSET 2', own, 11)).toEqual({
      kind: 'rewritten',
      sql: 'SELECT 1 OFFSET 2 LIMIT 9',
    });
  });

  it('shows neither the workspace nor the run of a row', async () => {
    await expect(rowsOf('SELECT workspace_id FROM metrics_ad_daily')).rejects.toThrow('workspace_id');
    await expect(rowsOf('SELECT run_id FROM metrics_ad_daily')).rejects.toThrow('run_id');
  });

  it('tells the place of what it refuses', () => {
    expect(rewriteQuery('SELECT 1\nFROM  nowhere', own, 9)).toMatchObject({ kind: 'refused', line: 2, column: 7 });
    expect(rewriteQuery("SELECT 1,\n /* two\nlines */ read_csv('x')", own, 9)).toMatchObject({ line: 3, column: 10 });
  });
});

describe('an escape from the workspace', () => {
  it.each([
    'SELECT * FROM fact_campaign_daily',
    'SELECT * FROM "fact_campaign_daily"',
    'SELECT * FROM awsdatacatalog.conext_local.fact_campaign_daily',
    'SELECT * FROM main.fact_campaign_daily',
    'SELECT * FROM "main"."fact_campaign_daily"',
    'SELECT * FROM metrics_ad_daily, fact_ad_daily',
    'SELECT * FROM metrics_ad_daily a, main.fact_ad_daily',
    'SELECT * FROM metrics_ad_daily JOIN fact_ad_daily ON true',
    'SELECT * FROM metrics_ad_daily NATURAL JOIN fact_ad_daily',
    'SELECT * FROM metrics_ad_daily a JOIN metrics_ad_daily b ON true, fact_ad_daily',
    'SELECT * FROM (metrics_ad_daily CROSS JOIN fact_ad_daily)',
    'SELECT (SELECT max(clicks) FROM fact_ad_daily)',
    'SELECT 1 WHERE 1 IN (SELECT clicks FROM fact_ad_daily)',
    'SELECT 1 WHERE EXISTS (FROM fact_ad_daily)',
    'SELECT count(*) FILTER (WHERE clicks > (SELECT 1 FROM fact_ad_daily)) FROM metrics_ad_daily',
    'SELECT sum(1) OVER (ORDER BY (SELECT 1 FROM fact_ad_daily)) FROM metrics_ad_daily',
    'SELECT trim((SELECT platform FROM fact_ad_daily))',
    'SELECT 1 UNION SELECT clicks FROM fact_ad_daily',
    'SELECT 1 UNION TABLE fact_ad_daily',
    'TABLE fact_ad_daily',
    'FROM fact_ad_daily',
    'FROM fact_ad_daily SELECT *',
    'SELECT * FROM (TABLE fact_ad_daily)',
    'SELECT * FROM (DESCRIBE fact_ad_daily)',
    'SELECT * FROM (SUMMARIZE fact_ad_daily)',
    'SELECT * FROM (PIVOT fact_ad_daily ON platform USING sum(clicks))',
    'WITH x AS (TABLE fact_ad_daily) SELECT * FROM x',
    'WITH x AS (SELECT * FROM fact_ad_daily) SELECT * FROM x',
    // Inside its own definition, and outside of where it is known, a name of WITH is a table's.
    'WITH fact_ad_daily AS (SELECT * FROM fact_ad_daily) SELECT * FROM fact_ad_daily',
    'SELECT * FROM (WITH fact_ad_daily AS (SELECT 1) SELECT * FROM fact_ad_daily) a, fact_ad_daily',
    'WITH a AS (WITH fact_ad_daily AS (SELECT 1) SELECT 1), b AS (SELECT * FROM fact_ad_daily) SELECT * FROM b',
    'WITH RECURSIVE fact_ad_daily AS (SELECT 1) SELECT * FROM fact_ad_daily',
    'SELECT * FROM information_schema.tables',
    'SELECT * FROM duckdb_tables',
    'SELECT * FROM duckdb_tables()',
    'SELECT * FROM sqlite_master',
    'SELECT * FROM pg_tables',
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM 'x.csv'",
    'SELECT * FROM "/etc/passwd"',
    "SELECT read_text('/etc/passwd')",
    `SELECT "read_text"('/etc/passwd')`,
    "SELECT ('/etc/passwd').read_text()",
    'SELECT platform.read_text() FROM metrics_ad_daily',
    'SELECT "platform"."read_text"() FROM metrics_ad_daily',
    "SELECT getenv('HOME')",
    "SELECT current_setting('home_directory')",
    "SELECT query('SELECT 1')",
    "SELECT * FROM query_table('fact_ad_daily')",
    "SELECT * FROM UNNEST(['a'])",
    'SELECT * FROM metrics_ad_daily TABLESAMPLE fact_ad_daily (1)',
    'SELECT * FROM metrics_ad_daily FOR VERSION AS OF 1',
    'SELECT 1; SELECT * FROM fact_ad_daily',
    'SELECT 1;; DROP TABLE fact_ad_daily',
    'DELETE FROM metrics_ad_daily',
    'INSERT INTO metrics_ad_daily SELECT 1',
    'WITH a AS (SELECT 1) DELETE FROM fact_ad_daily',
    'WITH a AS (DELETE FROM fact_ad_daily RETURNING 1) SELECT * FROM a',
    'CREATE TABLE x AS SELECT 1',
    "UNLOAD (SELECT 1) TO 's3://x'",
    "COPY (SELECT 1) TO 'x'",
    'CALL system.flush()',
    'EXPLAIN ANALYZE SELECT 1',
    "ATTACH 'x' AS y",
    'PRAGMA database_list',
    'SET memory_limit = 1',
    'SELECT * INTO x FROM metrics_ad_daily',
    'SELECT $$x$$ FROM fact_ad_daily',
    "SELECT 'a\\' FROM fact_ad_daily --'",
    "SELECT e'a\\' FROM fact_ad_daily --'",
    'SELECT 1 /* /* */ FROM fact_ad_daily -- */',
    'SELECT 1::varchar',
    'SELECT ?',
    'SELECT [1]',
    'SELECT 1 FROM\u00a0fact_ad_daily',
    'SELECT 1 FROM metrics_ad_daily\u2028JOIN fact_ad_daily ON true',
    'SELECT trim(FROM fact_ad_daily)',
    'SELECT extract(year, FROM fact_ad_daily)',
    '',
    ' -- nothing',
    '(',
    "SELECT 'open",
    'SELECT "open',
    'SELECT /* open',
    `SELECT ${'('.repeat(200)}1${')'.repeat(200)}`,
    `SELECT ${'1,'.repeat(20_000)}1`,
  ])('is refused before an engine sees it: %.90s', (sql) => {
    expect(refusalOf(sql)).not.toContain('accepted');
  });

  it('refuses a workspace id that is not one', () => {
    expect(() => rewriteQuery('SELECT 1 FROM metrics_ad_daily', "x' OR '1' = '1", 1)).toThrow(TypeError);
  });

  it('never shows a row of another workspace, whatever the accepted query', async () => {
    const pieces = [
      'SELECT', 'SELECT *', 'FROM', 'fact_ad_daily', 'metrics_ad_daily', '"fact_ad_daily"', 'a', 'b', 'AS', ',', '(', ')',
      '(SELECT', 'WITH', 'WITH fact_ad_daily AS (', 'WITH a AS (SELECT * FROM metrics_ad_daily)', 'JOIN', 'ON true', 'WHERE',
      'clicks', 'platform', '"clicks"', 'workspace_id', '.', '*', '1', "'x'", "'", '"', '--', '/*', '*/', '\n', ';', 'UNION ALL',
      'EXCEPT', 'VALUES (1)', 'TABLE', 'count(*)', 'max(clicks)', 'extract(', 'trim(', 'CAST(', 'IN (', 'EXISTS (', 'OVER (',
      'ORDER BY', 'GROUP BY', 'LIMIT 5', 'OR true', 'IS DISTINCT FROM', 'CROSS JOIN', 'LATERAL', 'main.', 'DESCRIBE', 'PIVOT',
    ]; // biome-ignore format: a list of pieces
    const join = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 14 }).map((parts) => parts.join(' '));
    const seeded = fc
      .tuple(
        fc.constantFrom(
          'SELECT * FROM metrics_ad_daily',
          'SELECT * FROM (SELECT * FROM metrics_ad_daily) a',
          'SELECT max(clicks) FROM metrics_ad_daily a',
        ),
        join,
      )
      .map((parts) => parts.join(' '));
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(join, seeded), async (sql) => {
        const rewritten = rewriteQuery(sql, own, 1_000);
        if (rewritten.kind === 'refused') return;
        const rows = await connection.runAndReadAll(rewritten.sql).then(
          (result) => result.getRowsJson(),
          () => [],
        );
        if (rows.length > 0) answered += 1;
        const shown = JSON.stringify(rows);
        expect(shown).not.toContain(foreign);
        if (!sql.includes(secret)) expect(shown).not.toContain(secret);
        expect(shown).not.toContain(String(secretNumber));
      }),
      { numRuns: 6_000 },
    );
    // A property over nothing but refusals would say nothing.
    expect(answered).toBeGreaterThan(50);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFactFile } from '../../adapters/fact-file.ts';
import { createParquetFile, type ParquetColumn, type ParquetValue } from '../../adapters/parquet-file.ts';
import { factColumns } from '../../contracts/warehouse.ts';
import { grains } from '../../domain/integrations/platform.ts';

let folder: string;
let duck: DuckDBInstance;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conext-parquet-'));
  duck = await DuckDBInstance.create(':memory:');
});
afterAll(async () => {
  duck.closeSync();
  await rm(folder, { recursive: true, force: true });
});

/** What DuckDB, which shares no code with the writer, makes of a file. */
async function readBack(bytes: Uint8Array, sql: string): Promise<Record<string, unknown>[]> {
  const path = join(folder, 'file.parquet');
  await writeFile(path, bytes);
  const connection = await duck.connect();
  try {
    return (await connection.runAndReadAll(sql.replace('FILE', `'${path}'`))).getRowObjectsJson() as Record<
      string,
      unknown
    >[];
  } finally {
    connection.closeSync();
  }
}

const columns: readonly ParquetColumn[] = [
  { name: 'name', type: 'string' },
  { name: 'amount', type: 'bigint' },
  { name: 'day', type: 'date' },
  { name: 'moment', type: 'timestamp' },
];

describe('a Parquet file', () => {
  it('gives another reader its types and values, over several row groups', async () => {
    const file = createParquetFile(columns);
    file.add([
      ['Käse', ''],
      [-(2n ** 63n), 2n ** 63n - 1n],
      [0, -1],
      [0n, 1_795_000_000_123n],
    ]);
    file.add([['日本'], [7n], [20_000], [-1n]]);
    const rows = await readBack(file.finish(), 'SELECT name, amount, day, moment::VARCHAR AS moment FROM FILE');
    expect(rows).toEqual([
      { name: 'Käse', amount: '-9223372036854775808', day: '1970-01-01', moment: '1970-01-01 00:00:00' },
      { name: '', amount: '9223372036854775807', day: '1969-12-31', moment: '2026-11-18 11:06:40.123' },
      { name: '日本', amount: '7', day: '2024-10-04', moment: '1969-12-31 23:59:59.999' },
    ]);
  });

  it('is valid without rows', async () => {
    const empty = createParquetFile(columns).finish();
    expect(await readBack(empty, 'SELECT count(*)::INT AS n FROM FILE')).toEqual([{ n: 0 }]);
    expect(await readBack(empty, 'SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM FILE)')).toEqual([
      { column_name: 'name', column_type: 'VARCHAR' },
      { column_name: 'amount', column_type: 'BIGINT' },
      { column_name: 'day', column_type: 'DATE' },
      { column_name: 'moment', column_type: 'TIMESTAMP' },
    ]);
  });

  it('holds any number of columns and row groups', async () => {
    const many: ParquetColumn[] = Array.from({ length: 40 }, (_, index) => ({ name: `c${index}`, type: 'bigint' }));
    const file = createParquetFile(many);
    for (let group = 0; group < 30; group += 1) {
      file.add(many.map((_, index): ParquetValue[] => [BigInt(group * index), 1n]));
    }
    const [row] = await readBack(
      file.finish(),
      'SELECT count(*)::INT AS n, sum(c39)::INT AS s, (SELECT count(DISTINCT row_group_id)::INT FROM parquet_metadata(FILE)) AS g FROM FILE'.replaceAll(
        'FILE',
        `'${join(folder, 'file.parquet')}'`,
      ),
    );
    expect(row).toEqual({ n: 60, s: 39 * 435 + 30, g: 30 });
  });

  it('tells null from zero, in runs of any length and over row groups', async () => {
    const sparse = createParquetFile([
      { name: 'place', type: 'bigint' },
      { name: 'views', type: 'bigint', nullable: true },
      { name: 'words', type: 'string', nullable: true },
    ]);
    const groups = [
      [null, 0n, null, null, 7n],
      Array.from({ length: 300 }, (_, index) => (index < 299 ? null : 3n)),
      Array.from({ length: 20_000 }, () => 1n),
      [null, null],
    ];
    let place = 0n;
    for (const views of groups) {
      const places = views.map(() => {
        place += 1n;
        return place;
      });
      sparse.add([places, views, views.map((value) => (value === null ? null : `w${value}`))]);
    }
    const bytes = sparse.finish();
    expect(
      await readBack(
        bytes,
        "SELECT count(*)::INT AS n, count(views)::INT AS views, sum(views)::INT AS total, count(words)::INT AS words, count(*) FILTER (words IS NOT NULL AND words <> concat('w', views))::INT AS wrong FROM FILE",
      ),
    ).toEqual([{ n: 20_307, views: 20_003, total: 20_010, words: 20_003, wrong: 0 }]);
    expect(await readBack(bytes, 'SELECT place, views FROM FILE WHERE place < 6 ORDER BY place')).toEqual([
      { place: '1', views: null },
      { place: '2', views: '0' },
      { place: '3', views: null },
      { place: '4', views: null },
      { place: '5', views: '7' },
    ]);
  });

  it('refuses a null in a column that has none', () => {
    expect(() => createParquetFile(columns).add([[null], [1n], [1], [1n]])).toThrow('name holds a null');
  });

  it('refuses columns of different length', () => {
    expect(() => createParquetFile(columns).add([['a'], [], [1], [1n]])).toThrow('amount has 0 of 1 values');
  });
});

describe('a file of facts', () => {
  const provenance = {
    workspaceId: 'wsp_1',
    platform: 'google-ads',
    accountPlatformId: '1',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    loadedAt: 1_795_000_000_000,
    runId: 'run_1',
  };
  const row = {
    date: '2026-11-01',
    campaignPlatformId: '10',
    adGroupPlatformId: null,
    adPlatformId: null,
    keywordPlatformId: null,
    segment: null,
    impressions: 5,
    clicks: 1,
    spendMicros: 1_230_000,
    conversionsMicros: 500_000,
    conversionValueMicros: 0,
    videoViews: null,
  };

  it('has every column of the contract and one row a fact, over row groups', async () => {
    const file = createFactFile('campaign', provenance);
    for (let index = 0; index < 20_001; index += 1) file.add(row);
    expect(file.rows).toBe(20_001);
    const bytes = file.finish();
    const described = await readBack(bytes, 'SELECT column_name FROM (DESCRIBE SELECT * FROM FILE)');
    expect(described.map((column) => column.column_name)).toEqual(factColumns('campaign').map((column) => column.name));
    expect(
      await readBack(
        bytes,
        'SELECT count(*)::INT AS n, sum(spend_micros)::BIGINT AS spend, min(date) AS "from", max(campaign_platform_id) AS c FROM FILE',
      ),
    ).toEqual([{ n: 20_001, spend: String(20_001 * 1_230_000), from: '2026-11-01', c: '10' }]);
  });

  it('keeps whole numbers exactly up to the largest safe one on both sides of zero, and refuses others', async () => {
    const values = [0, -1, 1, -5_000_000_000, 4_294_967_296, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const file = createFactFile('campaign', provenance);
    for (const conversionValueMicros of values) file.add({ ...row, conversionValueMicros });
    const read = await readBack(file.finish(), 'SELECT conversion_value_micros::VARCHAR AS v FROM FILE');
    expect(read.map(({ v }) => v)).toEqual(values.map(String));
    const half = createFactFile('campaign', provenance);
    half.add({ ...row, spendMicros: 0.5 });
    expect(() => half.finish()).toThrow('0.5 is not a whole number');
  });

  it.each(grains)('is written whole for the %s grain, with what is not reported as null', async (grain) => {
    const file = createFactFile(grain, provenance);
    file.add({
      ...row,
      adGroupPlatformId: '11',
      adPlatformId: '12',
      keywordPlatformId: '13',
      segment: 'a segment',
      conversionsMicros: null,
    });
    const [read] = await readBack(file.finish(), 'SELECT * FROM FILE');
    expect(Object.keys(read ?? {})).toEqual(factColumns(grain).map((column) => column.name));
    const absent = Object.entries(read ?? {}).filter(([, value]) => value === null);
    expect(absent.map(([name]) => name)).toEqual(['conversions_micros', 'video_views', 'source']);
  });

  it('refuses a fact without the id of its grain', () => {
    const file = createFactFile('ad', provenance);
    file.add(row);
    expect(() => file.finish()).toThrow('A fact of grain ad has no ad_group_platform_id.');
  });
});

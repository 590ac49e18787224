import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ColumnType,
  factColumns,
  factTable,
  stagingPartitions,
  stagingTable,
} from '../../../contracts/warehouse.ts';
import { type LoadScope, mergeStatement, removalStatement } from '../../../domain/integrations/merge-statement.ts';

const grain = 'campaign' as const;
const types: Readonly<Record<ColumnType, string>> = {
  string: 'VARCHAR',
  bigint: 'BIGINT',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};

let instance: DuckDBInstance;
let warehouse: DuckDBConnection;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
  warehouse = await instance.connect();
  const columns = factColumns(grain).map((column) => `"${column.name}" ${types[column.type]}`);
  const partitions = stagingPartitions.map((name) => `"${name}" VARCHAR`);
  await warehouse.run(`CREATE TABLE ${factTable(grain)} (${columns.join(', ')})`);
  await warehouse.run(`CREATE TABLE ${stagingTable(grain)} (${[...columns, ...partitions].join(', ')})`);
});
afterAll(() => {
  warehouse.closeSync();
  instance.closeSync();
});

interface Staged {
  readonly campaign: string;
  readonly day: number;
  readonly spend: number;
  readonly views?: number;
}
/** One extraction: what the platform said of a window at that time. */
interface Load {
  readonly from: number;
  readonly to: number;
  readonly rows: readonly Staged[];
}

const iso = (day: number) => `2026-11-${String(day).padStart(2, '0')}`;
const scopeOf = (load: Load, run: string, over: Partial<LoadScope> = {}): LoadScope => ({
  grain,
  workspaceId: 'wsp_1',
  platform: 'google-ads',
  accountPlatformId: '111',
  window: { from: iso(load.from), to: iso(load.to) },
  runId: run,
  itemId: 'item',
  removeVanished: true,
  ...over,
});

async function reset() {
  await warehouse.run(`DELETE FROM ${factTable(grain)}`);
  await warehouse.run(`DELETE FROM ${stagingTable(grain)}`);
}

async function load(one: Load, run: string, over: Partial<LoadScope> = {}) {
  const scope = scopeOf(one, run, over);
  await warehouse.run(`DELETE FROM ${stagingTable(grain)}`);
  for (const row of one.rows) {
    await warehouse.run(
      `INSERT INTO ${stagingTable(grain)} VALUES ('${scope.workspaceId}', '${scope.platform}', '${scope.accountPlatformId}', '${row.campaign}', DATE '${iso(row.day)}', 10, 1, ${row.spend}, 0, 0, 'EUR', 'Europe/Berlin', TIMESTAMP '2026-11-20 08:00:00', '${run}', ${row.views ?? 'NULL'}, ${scope.origin ? `'${scope.origin}'` : 'NULL'}, '${scope.workspaceId}', '${run}', 'item')`,
    );
  }
  await warehouse.run(mergeStatement(scope));
}

const facts = async (columns = 'workspace_id, account_platform_id, campaign_platform_id, "date", spend_micros') =>
  (await warehouse.runAndReadAll(`SELECT ${columns} FROM ${factTable(grain)} ORDER BY ALL`)).getRowsJson();

const aLoad = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 4 })).chain(([from, length]) =>
  fc
    .uniqueArray(
      fc.record({
        campaign: fc.constantFrom('a', 'b', 'c'),
        day: fc.integer({ min: from, max: from + length }),
        spend: fc.integer({ min: 0, max: 5 }),
      }),
      { selector: (row) => `${row.campaign}/${row.day}`, maxLength: 8 },
    )
    .map((rows): Load => ({ from, to: from + length, rows })),
);

describe('merge statement', () => {
  it('makes the facts of the window equal to the staged rows: changed, new and vanished', async () => {
    await reset();
    await load(
      {
        from: 1,
        to: 3,
        rows: [
          { campaign: 'a', day: 1, spend: 5 },
          { campaign: 'b', day: 2, spend: 7 },
        ],
      },
      'one',
    );
    await load({ from: 2, to: 3, rows: [{ campaign: 'b', day: 3, spend: 1 }] }, 'two');
    expect(await facts('campaign_platform_id, spend_micros, run_id')).toEqual([
      ['a', '5', 'one'],
      ['b', '1', 'two'],
    ]);
  });

  it('leaves rows that did not change as they are, with the run that loaded them', async () => {
    await reset();
    const rows = [
      { campaign: 'a', day: 1, spend: 5 },
      { campaign: 'b', day: 1, spend: 6 },
    ];
    await load({ from: 1, to: 1, rows }, 'one');
    await load({ from: 1, to: 1, rows: [rows[0] as Staged, { campaign: 'b', day: 1, spend: 9 }] }, 'two');
    expect(await facts('campaign_platform_id, run_id')).toEqual([
      ['a', 'one'],
      ['b', 'two'],
    ]);
  });

  it('takes a measure that is reported now, and one that is not any more, for a change', async () => {
    await reset();
    const row = { campaign: 'a', day: 1, spend: 5 };
    const said = async () => facts('video_views, run_id');
    await load({ from: 1, to: 1, rows: [row] }, 'one');
    await load({ from: 1, to: 1, rows: [row] }, 'two');
    expect(await said()).toEqual([[null, 'one']]);
    await load({ from: 1, to: 1, rows: [{ ...row, views: 3 }] }, 'three');
    expect(await said()).toEqual([['3', 'three']]);
    await load({ from: 1, to: 1, rows: [row] }, 'four');
    expect(await said()).toEqual([[null, 'four']]);
  });

  it('touches neither another account nor another workspace nor a day outside the window', async () => {
    await reset();
    const rows = [{ campaign: 'a', day: 1, spend: 5 }];
    await load({ from: 1, to: 1, rows }, 'one', { workspaceId: 'wsp_2' });
    await load({ from: 1, to: 1, rows }, 'one', { accountPlatformId: '222' });
    await load({ from: 1, to: 1, rows }, 'one');
    await load({ from: 2, to: 5, rows: [] }, 'two');
    expect(await facts()).toHaveLength(3);
    await load({ from: 1, to: 5, rows: [] }, 'three');
    expect((await facts('workspace_id, account_platform_id')) as unknown).toEqual([
      ['wsp_1', '222'],
      ['wsp_2', '111'],
    ]);
  });

  it('keeps facts that are not staged when rows of the report were refused', async () => {
    await reset();
    await load({ from: 1, to: 1, rows: [{ campaign: 'a', day: 1, spend: 5 }] }, 'one');
    await load({ from: 1, to: 1, rows: [{ campaign: 'b', day: 1, spend: 6 }] }, 'two', { removeVanished: false });
    expect(await facts('campaign_platform_id')).toEqual([['a'], ['b']]);
  });

  it('gives the facts of the last extraction, whatever was loaded before and however often', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aLoad, { minLength: 1, maxLength: 3 }),
        aLoad,
        fc.array(fc.nat(2), { maxLength: 4 }),
        async (history, last, order) => {
          // The order in which older loads came and came again does not matter once each day was loaded again.
          const whole: Load = { from: 1, to: 10, rows: last.rows };
          await reset();
          for (const [index, one] of history.entries()) await load(one, `h${index}`);
          await load(whole, 'last');
          const expected = await facts();

          await reset();
          for (const place of order) {
            const one = history[place % history.length];
            if (one) await load(one, `r${place}`);
          }
          await load(whole, 'last');
          await load(whole, 'last');
          expect(await facts()).toEqual(expected);
          expect(expected).toHaveLength(last.rows.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('loads disjoint windows to the same facts in any order', async () => {
    const windows: Load[] = [1, 3, 5].map((from) => ({
      from,
      to: from + 1,
      rows: [{ campaign: 'a', day: from, spend: from }],
    }));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(windows, { minLength: 3 }),
        fc.array(fc.constantFrom(...windows), { maxLength: 3 }),
        async (order, again) => {
          await reset();
          for (const one of [...order, ...again]) await load(one, `w${one.from}`);
          expect((await facts('spend_micros')) as unknown).toEqual([['1'], ['3'], ['5']]);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('refuses values that no id or day looks like', () => {
    const scope = scopeOf({ from: 1, to: 1, rows: [] }, 'one');
    expect(() => mergeStatement({ ...scope, accountPlatformId: "1' OR '1'='1" })).toThrow('characters');
    expect(() => mergeStatement({ ...scope, window: { from: '2026-11-1', to: iso(1) } })).toThrow('calendar day');
  });

  describe('imported rows', () => {
    const imported = { origin: 'import' } as const;
    const held = () => facts('campaign_platform_id, "date", spend_micros, "source", run_id');

    it('lie beside each other, and a day that the platform’s API delivered takes none of them', async () => {
      await reset();
      await load({ from: 2, to: 2, rows: [{ campaign: 'a', day: 2, spend: 20 }] }, 'api');
      await load(
        { from: 1, to: 3, rows: [1, 2, 3].map((day) => ({ campaign: 'b', day, spend: day })) },
        'one',
        imported,
      );
      await load({ from: 1, to: 1, rows: [{ campaign: 'c', day: 1, spend: 5 }] }, 'two', imported);
      expect(await held()).toEqual([
        ['a', '2026-11-02', '20', null, 'api'],
        ['b', '2026-11-01', '1', 'import', 'one'],
        ['b', '2026-11-03', '3', 'import', 'one'],
        ['c', '2026-11-01', '5', 'import', 'two'],
      ]);
    });

    it.each([true, false])(
      'are gone once the API delivers their day, equal ones become its own (vanished removed: %s)',
      async (removeVanished) => {
        await reset();
        const rows = [
          { campaign: 'a', day: 1, spend: 1 },
          { campaign: 'b', day: 1, spend: 2 },
          { campaign: 'a', day: 2, spend: 3 },
        ];
        await load({ from: 1, to: 2, rows }, 'one', imported);
        await load({ from: 1, to: 1, rows: [{ campaign: 'a', day: 1, spend: 1 }] }, 'api', { removeVanished });
        expect(await held()).toEqual([
          ['a', '2026-11-01', '1', null, 'api'],
          ['a', '2026-11-02', '3', 'import', 'one'],
        ]);
      },
    );

    it('are taken away by import, and those that were replaced since stay', async () => {
      await reset();
      await load({ from: 1, to: 2, rows: [1, 2].map((day) => ({ campaign: 'a', day, spend: day })) }, 'one', imported);
      await load({ from: 2, to: 2, rows: [{ campaign: 'a', day: 2, spend: 9 }] }, 'two', imported);
      await warehouse.run(removalStatement(scopeOf({ from: 1, to: 2, rows: [] }, 'one', imported)));
      expect(await held()).toEqual([['a', '2026-11-02', '9', 'import', 'two']]);
    });
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importLimits } from '../../../contracts/schemas/imports.ts';
import { factTable } from '../../../contracts/warehouse.ts';
import { textFile, workbookOf } from '../../adapters/report-files/file-of.ts';
import { openDesk } from './import-desk.ts';
import { startPipeline } from './pipeline.ts';
import { account as listed, openRecorded, type Recording } from './recorded-platform.ts';

const recording: Recording = {
  accounts: [],
  days: { 111: [{ campaign: '7', date: '2026-11-19', micros: 2_000_001 }] },
  odd: {},
  failing: {},
  refused: undefined,
};
let pipeline: Awaited<ReturnType<typeof startPipeline>>;
let desk: ReturnType<typeof openDesk>;
beforeAll(async () => {
  pipeline = await startPipeline({ openReader: async () => openRecorded(recording), only: ['account', 'campaign'] });
  desk = openDesk(pipeline);
}, 30_000);
afterAll(() => pipeline?.close());
beforeEach(async () => {
  recording.accounts = [];
  await pipeline.warehouse.execute(
    `DELETE FROM ${factTable('campaign')} WHERE workspace_id = '${pipeline.stores.workspaceId}'`,
  );
});

const columns = 'account_platform_id, campaign_platform_id, "date", spend_micros, "source"';
const held = () => pipeline.facts(columns);
const titles = 'Day,Campaign ID,Impr.,Clicks,Cost,Conversions,Conv. value,Currency code,Customer ID';
const csv = (rows: readonly string[]) => textFile(['Campaign report', titles, ...rows, ''].join('\n'), 'utf-8');
const shop = { name: 'Shop', currency: 'EUR', timeZone: 'Europe/Berlin' };
let accounts = 100_000_000;
/** An account of its own for every test: what the API delivered of one stays delivered. */
const nextAccount = () => {
  accounts += 1;
  return `9${accounts}`;
};
/** Text that does not pack well: the file has to have several parts. */
const hash = (index: number) =>
  createHash('sha512')
    .update(String(index))
    .digest('base64')
    .concat(
      createHash('sha512').update(`-${index}`).digest('base64'),
      createHash('sha512').update(`+${index}`).digest('base64'),
    );
const row = (id: string, day: string, campaign: string, cost: string) =>
  `${day},${campaign},10,1,${cost},0.5,12.345678,EUR,${id}`;

describe('an imported report', () => {
  it('becomes facts of a new account, marked as imported, that a later run leaves enabled', async () => {
    const id = nextAccount();
    const done = await desk.load(
      csv([row(id, '2026-11-18', '7', '1.234567'), row(id, '2026-11-19', '7', '2.00')]),
      shop,
    );
    expect(done).toMatchObject({
      state: 'loaded',
      platform: 'google-ads',
      grain: 'campaign',
      from: '2026-11-18',
      to: '2026-11-19',
      rowsLoaded: 2,
      rowsRefused: 0,
      rowsDelivered: 0,
      error: null,
    });
    expect(await held()).toEqual([
      [id, '7', '2026-11-18', '1234567', 'import'],
      [id, '7', '2026-11-19', '2000000', 'import'],
    ]);
    const pointers = await pipeline.stores.rollups.list({
      grain: 'campaign',
      fromMonth: '2026-11',
      toMonth: '2026-11',
    });
    expect(pointers.find(({ accountId }) => accountId === done.accountId)?.rows).toBe(2);
    await pipeline.run();
    expect(await pipeline.stores.accounts.get(done.accountId ?? '')).toMatchObject({
      status: 'enabled',
      platformId: id,
      throughDate: '2026-11-19',
    });
  });

  it('is held against the checks, by its own days and rows, and no later run misses its account', async () => {
    const id = nextAccount();
    const rows = [
      row(id, '2026-11-10', '7', '1.00'),
      `2026-11-11,7,0,0,2.00,0,0,EUR,${id}`,
      `2026-11-12,7,--,1,2.00,0,0,EUR,${id}`,
    ];
    const { id: importId, accountId } = await desk.load(csv(rows), shop);
    const of = async () => (await pipeline.stores.quality.list({ accountId: accountId ?? '', limit: 200 })).items;
    const results = await of();
    expect(results.map(({ check, severity }) => `${check} ${severity}`)).toEqual([
      'account-loaded ok',
      'rows-readable error',
      'rows-in-range ok',
      'rows-once ok',
      'facts-once ok',
      'spend-with-impressions warning',
      'clicks-within-impressions ok',
    ]);
    expect(results.every((one) => one.importId === importId && one.to === '2026-11-11')).toBe(true);
    expect(results[1]).toMatchObject({ found: 1, message: '1 of 3 rows were refused.' });
    const run = await pipeline.check(await pipeline.run());
    expect(run.error).toBe(0);
    expect(await of()).toEqual(results);
    await desk.remove(importId);
    expect((await of()).filter(({ check }) => check === 'spend-with-impressions')).toMatchObject([{ found: 0 }]);
  });

  it('changes nothing when it is imported a second time', async () => {
    const id = nextAccount();
    const file = csv([row(id, '2026-11-18', '7', '1.00')]);
    await desk.load(file, shop);
    const before = await pipeline.facts('campaign_platform_id, spend_micros, loaded_at, run_id');
    expect((await desk.load(file, shop)).state).toBe('loaded');
    expect(await pipeline.facts('campaign_platform_id, spend_micros, loaded_at, run_id')).toEqual(before);
  });

  it('gives way to what the platform’s API delivers, and never overwrites it afterwards', async () => {
    const file = csv([
      row('111', '2026-11-10', '7', '5.00'),
      row('111', '2026-11-19', '7', '9.00'),
      row('111', '2026-11-19', '8', '9.00'),
      row('111', '2026-08-01', '7', '3.00'),
    ]);
    await desk.load(file, shop);
    recording.accounts = [listed('111')];
    await pipeline.run();
    const expected = [
      ['111', '7', '2026-08-01', '3000000', 'import'],
      ['111', '7', '2026-11-19', '2000001', null],
    ];
    expect(await held()).toEqual(expected);
    const again = await desk.load(file, shop);
    expect(again).toMatchObject({ state: 'loaded', rowsLoaded: 1, rowsDelivered: 3 });
    expect(await held()).toEqual(expected);
  });

  it('is taken away again, with its rollups, and can be confirmed no more', async () => {
    const id = nextAccount();
    const one = await desk.load(csv([row(id, '2026-11-18', '7', '1.00')]), shop);
    await desk.load(csv([row(id, '2026-11-18', '8', '2.00')]), shop);
    expect(await desk.remove(one.id)).toMatchObject({ state: 'removed', error: null });
    expect(await held()).toEqual([[id, '8', '2026-11-18', '2000000', 'import']]);
    const pointers = await pipeline.stores.rollups.list({
      grain: 'campaign',
      fromMonth: '2026-11',
      toMonth: '2026-11',
    });
    expect(pointers.find(({ accountId }) => accountId === one.accountId)?.rows).toBe(1);
    await expect(desk.confirm(one.id, shop)).rejects.toThrow(/is removed/);
  });

  it('loads a workbook in several parts', async () => {
    const id = nextAccount();
    const rows = Array.from({ length: 15_000 }, (_, index) => [
      new Date(Date.UTC(2026, 9, 1 + (index % 30))),
      String(1_000_000 + Math.floor(index / 30)),
      index,
      1,
      index / 100,
      'EUR',
      id,
      hash(index),
    ]);
    const file = workbookOf([
      ['Day', 'Campaign ID', 'Impr.', 'Clicks', 'Cost', 'Currency', 'Customer ID', 'Notes'],
      ...rows,
    ]);
    expect(file.length).toBeGreaterThan(importLimits.partBytes);
    const importId = await desk.send(file, 'report.xlsx');
    expect((await desk.cases.getImport(desk.ask({ importId }, {}))).state).toBe('uploaded');
    expect(await desk.preview(importId)).toMatchObject({
      importable: true,
      dataRows: 15_000,
      unmapped: ['Notes'],
      format: { kind: 'xlsx', sheet: 'Report' },
    });
    expect(await desk.confirm(importId, shop)).toMatchObject({ state: 'loaded', rowsLoaded: 15_000 });
  }, 60_000);
});

describe('a preview', () => {
  it('says what the file is taken for, shows its rows, and everything that is wrong', async () => {
    const id = nextAccount();
    const good = Array.from({ length: 30 }, (_, index) =>
      row(id, `2026-10-${String(index + 1).padStart(2, '0')}`, '7', '1.00'),
    );
    const importId = await desk.send(
      csv([...good, row(id, '2026-11-18', '=1+1', '1.00'), 'Total: Account,,,,30.00,,,,']),
    );
    const preview = await desk.preview(importId);
    expect(preview).toMatchObject({
      importable: true,
      platform: 'google-ads',
      language: 'en',
      grain: 'campaign',
      accountPlatformId: id,
      currency: 'EUR',
      timeZone: null,
      dateFormat: 'iso',
      decimalSign: 'point',
      format: { kind: 'csv', encoding: 'utf-8', delimiter: ',', sheet: null },
      headerLine: 2,
      titleRows: 1,
      totalRows: 1,
      dataRows: 31,
      usableRows: 30,
      unmapped: [],
      problemCount: 1,
      problems: [{ severity: 'warning', code: 'row-refused', line: 33, column: 'Campaign ID' }],
    });
    expect(preview.sample).toHaveLength(20);
    expect(preview.sample[0]).toEqual({ line: 3, cells: good[0]?.split(',') });
  });

  it('keeps a file with an error from being confirmed, until a choice settles it', async () => {
    const importId = await desk.send(csv(['01/02/2026,7,1,1,1.00,0,0,EUR,1']));
    expect(await desk.preview(importId)).toMatchObject({
      importable: false,
      problems: [{ code: 'date-format-ambiguous', line: 3 }],
    });
    await expect(desk.confirm(importId, shop)).rejects.toThrow(/preview first/);
    expect(await desk.preview(importId, { dateFormat: 'day-month-year' })).toMatchObject({
      importable: true,
      from: '2026-02-01',
    });
    expect((await desk.confirm(importId, shop)).state).toBe('loaded');
  });
});

describe('what is refused', () => {
  it('an account that differs from the file, with everything in which it does', async () => {
    const importId = await desk.send(csv([row(nextAccount(), '2026-11-18', '7', '1.00')]));
    await desk.preview(importId);
    await expect(desk.confirm(importId, { ...shop, platformId: '5', currency: 'USD' })).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ field: 'platformId' }, { field: 'currency' }],
    });
  });

  it('a part of another length than announced, and a file that is not complete', async () => {
    const { id } = await desk.cases.startImport(desk.ask({}, { fileName: 'a.csv', bytes: 10 }));
    const part = { number: 1, content: Buffer.from('12345').toString('base64') };
    await expect(desk.cases.sendImportPart(desk.ask({ importId: id }, part))).rejects.toMatchObject({
      code: 'invalid-request',
    });
    await expect(desk.preview(id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('an import of another workspace', async () => {
    await expect(desk.preview('imp_00000000000000000000000000')).rejects.toMatchObject({ code: 'not-found' });
  });
});

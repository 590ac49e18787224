import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { noon } from '../open.ts';
import { type Caller, campaignReport, europe, open } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());
beforeEach(() => simulator.clock.setTo(noon));

const { page_size: _, ...whole } = campaignReport;
const create = async (more: Readonly<Record<string, unknown>> = {}, caller = call): Promise<string> =>
  (await caller.post('report/task/create', { ...whole, ...more })).body.data.task_id;
const task = (operation: string, task_id: string, caller = call) =>
  caller.get(`report/task/${operation}`, { advertiser_id: europe, task_id });
const rowsOf = (csv: string) => csv.trimEnd().split('\n');

describe('a report task', () => {
  it('is made, looked at and downloaded as CSV with the names or titles of its columns', async () => {
    const plain = await create({ enable_report_title_translation: false });
    expect((await task('check', plain)).body.data).toEqual({ status: 'SUCCESS', message: '' });
    const file = await task('download', plain);
    expect(file.headers.get('content-type')).toContain('text/csv');
    const [title, first] = rowsOf(file.text);
    expect(title).toBe([...whole.dimensions, ...whole.metrics].join(','));
    expect(first).toMatch(/^1790101000000000,2026-11-10 00:00:00,\d+\.\d\d,/);
    const [translated] = rowsOf((await task('download', await create())).text);
    expect(translated).toMatch(/^Campaign ID,By Day,Cost,Impressions,/);
  });

  it('holds the rows of the synchronous report, what was deleted included', async () => {
    const range = { start_date: '2026-09-01', end_date: '2026-09-30' };
    const [, ...rows] = rowsOf((await task('download', await create(range))).text);
    const filtering = [{ field_name: 'campaign_status', filter_type: 'IN', filter_value: '["STATUS_ALL"]' }];
    const { list } = (await call.get('report/integrated/get', { ...campaignReport, ...range, filtering })).body.data;
    expect(rows).toHaveLength(list.length);
    expect(rows.some((row) => row.startsWith('1790106000000000,'))).toBe(true);
  });

  it('may span more than 30 days', async () => {
    const [, ...rows] = rowsOf((await task('download', await create({ start_date: '2026-08-22' }))).text);
    expect(new Set(rows.map((row) => row.split(',')[1])).size).toBe(83);
  });

  it('writes words for people, and countries by their names', async () => {
    const by = async (dimension: string) => {
      const id = await create({ report_type: 'AUDIENCE', dimensions: ['campaign_id', 'stat_time_day', dimension] });
      const [, ...rows] = rowsOf((await task('download', id)).text);
      return [...new Set(rows.map((row) => row.split(',')[2]))].sort();
    };
    expect(await by('country_code')).toEqual(['Austria', 'Germany', 'NONE', 'Switzerland']);
    expect(await by('age')).toContain('55+');
    expect(await by('placement')).toContain('Global App Bundle');
  });

  it('shows the numbers of the instant it was made', async () => {
    const id = await create();
    const before = (await task('download', id)).text;
    simulator.clock.advance(9 * 86_400_000);
    expect((await task('download', id)).text).toBe(before);
    expect((await task('download', await create())).text).not.toBe(before);
  });

  it('is forgotten after 30 days', async () => {
    const id = await create();
    simulator.clock.advance(31 * 86_400_000);
    await create();
    expect((await task('check', id)).body.code).toBe(40200);
  });

  it('gives a link instead of the file when asked to', async () => {
    const { data } = (await task('download', await create({ output_format: 'CSV_DOWNLOAD', file_name: 'november' })))
      .body;
    expect(data).toMatchObject({ output_format: 'CSV_DOWNLOAD', file_name: 'november.csv' });
    const file = await fetch(data.download_url);
    expect(await file.text()).toMatch(/^Campaign ID,/);
    expect((await fetch(`${data.download_url}0`)).status).toBe(403);
  });

  it('takes a while, and can be canceled until it is done', async () => {
    const slow = await open({ taskMs: 60_000 });
    try {
      const id = await create({}, slow.call);
      expect((await task('check', id, slow.call)).body.data.status).toBe('QUEUING');
      expect((await task('download', id, slow.call)).body.code).toBe(40201);
      const cancel = () => slow.call.post('report/task/cancel', { advertiser_id: europe, task_id: id });
      expect((await cancel()).body.code).toBe(0);
      expect((await task('check', id, slow.call)).body.data.status).toBe('CANCELED');
    } finally {
      await slow.simulator.close();
    }
    const done = await create();
    expect((await call.post('report/task/cancel', { advertiser_id: europe, task_id: done })).body.code).toBe(40200);
  });

  it.each([
    [
      'a filter by status',
      { filtering: [{ field_name: 'ad_status', filter_type: 'IN', filter_value: '["STATUS_ALL"]' }] },
    ],
    ['a spreadsheet', { output_format: 'XLSX_DOWNLOAD' }],
    ['a page', { page: 1 }],
    ['dimensions as text', { dimensions: '["campaign_id"]' }],
  ])('is refused for %s', async (_, parameters) => {
    expect((await call.post('report/task/create', { ...whole, ...parameters })).body.code).toBe(40002);
  });

  it('is refused for a body that is no JSON, and for a task of somebody else', async () => {
    expect((await call.post('report/task/create', '{"advertiser_id":')).body.code).toBe(40002);
    const id = await create();
    const other = await call.get('report/task/check', { advertiser_id: '7012345678901230002', task_id: id });
    expect(other.body.code).toBe(40200);
  });
});

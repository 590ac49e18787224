import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RawRow } from '../../../domain/integrations/platform.ts';
import { openTikTokAdsReader } from '../../../platforms/tiktok-ads/reader.ts';
import { type Answer, data, FakeTikTok, page, raw, reportRow, says } from './fake-tiktok.ts';
import { failureOf, november, quick, read, report, rowsOfADay } from './reading.ts';

let tiktok: FakeTikTok;
beforeEach(async () => {
  tiktok = new FakeTikTok();
  await tiktok.start();
});
afterEach(() => tiktok.stop());

describe('a report too large for pages', () => {
  const names =
    'stat_time_day,campaign_id,currency,spend,impressions,clicks,conversion,total_purchase_value,total_sales_lead_value,video_play_actions';
  const csv = (rows: readonly string[]) => raw(200, 'text/csv', `\uFEFF${[names, ...rows].join('\r\n')}\r\n`);
  const large = page([reportRow('2026-11-01')], { total_number: 200_000, total_page: 200, page_size: 1 });
  const record = '2026-11-01,1701,EUR,12.34,1000,20,3,120.50,0.00,800';
  const pageOfOne = { pageRows: 1 };

  beforeEach(() => {
    tiktok.on(report, large);
    tiktok.on('report/task/create', data({ task_id: '99' }));
    tiktok.on(
      'report/task/check',
      data({ status: 'QUEUING' }),
      data({ status: 'PROCESSING' }),
      data({ status: 'SUCCESS' }),
    );
    tiktok.on('report/task/download', csv([record, record]));
  });

  it('is made as a task, and its rows read alike', async () => {
    const expected = reportRow('2026-11-01', {}, { stat_time_day: '2026-11-01' });
    expect(await read(tiktok.access(), november, pageOfOne)).toEqual([[expected], [expected]]);
    expect(tiktok.of(report)).toHaveLength(1);
    expect(tiktok.of('report/task/create')[0]?.body).toMatchObject({
      data_level: 'AUCTION_CAMPAIGN',
      output_format: 'CSV_STRING',
      enable_report_title_translation: false,
    });
    expect(tiktok.of('report/task/check')).toHaveLength(3);
  });

  it('is one whose answer TikTok cut off at 20,000 ads', async () => {
    tiktok.on(report, page([reportRow('2026-11-01')], {}, { 'x-tt-ads-throttle': 'only top 20k' }));
    expect((await read(tiktok.access(), november, { pageRows: 10 })).flat()).toHaveLength(2);
  });

  it('is one that TikTok finds too large to answer at once', async () => {
    tiktok.on(report, says(40_067, 'query too large'));
    expect((await read(tiktok.access(), november, { pageRows: 10 })).flat()).toHaveLength(2);
  });

  it('is read on in pages where TikTok has not granted tasks', async () => {
    tiktok.on('report/task/create', says(40_001, 'not allowlisted'));
    const rows = rowsOfADay(3);
    const answers = rows.map((row, index) =>
      page([row], { page: index + 1, page_size: 1, total_number: 60_000, total_page: 60_000 }),
    );
    tiktok.on(report, ...answers);
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: { ...quick, pageRows: 1 } });
    const got: RawRow[] = [];
    for await (const some of reader.report(november)) {
      got.push(...some);
      if (got.length === 3) break;
    }
    expect(got).toEqual(rows);
  });

  it('is refused where TikTok cut it off and has not granted tasks', async () => {
    tiktok.on(report, page([reportRow('2026-11-01')], {}, { 'x-tt-ads-throttle': 'only top 20k' }));
    tiktok.on('report/task/create', says(40_001, 'not allowlisted'));
    expect(await failureOf(read(tiktok.access()))).toMatchObject({
      kind: 'rejected',
      platformCode: 'REPORT_TRUNCATED',
    });
  });

  it.each<[string, string, Answer, string]>([
    ['fails', 'report/task/check', data({ status: 'FAILED', message: 'too much' }), 'TASK_FAILED'],
    ['is never done', 'report/task/check', data({ status: 'QUEUING' }), 'TASK_TOO_SLOW'],
    ['has no file', 'report/task/download', raw(200, 'text/csv', ''), 'UNREADABLE_ANSWER'],
    ['has a file of other columns', 'report/task/download', raw(200, 'text/csv', 'a,b\n1,2\n'), 'UNREADABLE_ANSWER'],
    ['has a file that is cut off', 'report/task/download', csv([record, '2026-11-01,17']), 'UNREADABLE_ANSWER'],
    ['answers an envelope for the file', 'report/task/download', data({}), 'UNREADABLE_ANSWER'],
  ])('is unavailable when its task %s', async (_, operation, answer, platformCode) => {
    tiktok.on(operation, answer);
    expect(await failureOf(read(tiktok.access(), november, { ...pageOfOne, attempts: 1 }))).toMatchObject({
      kind: 'unavailable',
      platformCode,
    });
  });

  it('of countries stays synchronous: asynchronous ones name countries instead of coding them', async () => {
    tiktok.on(report, page([reportRow('2026-11-01')], {}, { 'x-tt-ads-throttle': 'only top 20k' }));
    const countries = { ...november, grain: 'country' } as const;
    expect(await failureOf(read(tiktok.access(), countries))).toMatchObject({ platformCode: 'REPORT_TRUNCATED' });
    expect(tiktok.of('report/task/create')).toEqual([]);
  });
});

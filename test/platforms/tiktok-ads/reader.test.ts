import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTikTokAdsReader } from '../../../platforms/tiktok-ads/reader.ts';
import { type Answer, data, FakeTikTok, page, paged, raw, reportRow, says } from './fake-tiktok.ts';
import { account, failureOf, november, quick, read, report, rowsOfADay } from './reading.ts';

let tiktok: FakeTikTok;
beforeEach(async () => {
  tiktok = new FakeTikTok();
  await tiktok.start();
});
afterEach(() => tiktok.stop());

describe('a TikTok report', () => {
  it('is asked for by level and day, with what was deleted', async () => {
    tiktok.on(report, page([reportRow('2026-11-01')]));
    expect(await read(tiktok.access())).toEqual([[reportRow('2026-11-01')]]);
    const [asked] = tiktok.of(report);
    expect(asked?.token).toMatch(/^token-/);
    expect(asked?.parameters).toMatchObject({
      advertiser_id: account.platformId,
      report_type: 'BASIC',
      data_level: 'AUCTION_CAMPAIGN',
      dimensions: '["campaign_id","stat_time_day"]',
      start_date: '2026-11-01',
      end_date: '2026-11-03',
      filtering: '[{"field_name":"campaign_status","filter_type":"IN","filter_value":"[\\"STATUS_ALL\\"]"}]',
      page: '1',
      page_size: '1000',
    });
  });

  it('asks an audience report for a breakdown', async () => {
    tiktok.on(report, page([]));
    await read(tiktok.access(), { ...november, grain: 'country' });
    expect(tiktok.of(report)[0]?.parameters).toMatchObject({
      report_type: 'AUDIENCE',
      dimensions: '["campaign_id","stat_time_day","country_code"]',
    });
  });

  it('comes page by page', async () => {
    const rows = rowsOfADay(25);
    tiktok.on(report, paged(rows));
    const pages = await read(tiktok.access(), november, { pageRows: 10 });
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(rows);
  });

  it('of more than thirty days is asked for in windows of thirty', async () => {
    tiktok.on(report, page([]));
    await read(tiktok.access(), { ...november, window: { from: '2026-09-01', to: '2026-10-31' } });
    expect(tiktok.of(report).map(({ parameters }) => [parameters.start_date, parameters.end_date])).toEqual([
      ['2026-09-01', '2026-09-30'],
      ['2026-10-01', '2026-10-30'],
      ['2026-10-31', '2026-10-31'],
    ]);
  });

  it('in another currency than the one on record is refused', async () => {
    tiktok.on(report, page([reportRow('2026-11-01', { currency: 'USD' })]));
    expect(await failureOf(read(tiktok.access()))).toMatchObject({
      kind: 'rejected',
      platformCode: 'CURRENCY_MISMATCH',
    });
  });

  it('hangs up when the caller stops', async () => {
    const stop = new AbortController();
    tiktok.on(report, () => stop.abort(new Error('stopped')));
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    const pages = reader.report(november, { signal: stop.signal })[Symbol.asyncIterator]();
    await expect(pages.next()).rejects.toThrow('stopped');
    expect(tiktok.of(report)).toHaveLength(1);
  });
});

describe('pages that cannot be right', () => {
  const info = { page_size: 2, total_number: 6, total_page: 3 };
  const two = (from: number) => rowsOfADay(6).slice(from, from + 2);
  const fast = { pageRows: 2, attempts: 1 };

  it.each<[string, readonly Answer[], string]>([
    ['come twice', [page(two(0), { ...info, page: 1 }), page(two(0), { ...info, page: 2 })], 'page 2 twice'],
    ['are not the one asked for', [page(two(0), { ...info, page: 3 })], 'page 3 when asked for page 1'],
    ['are larger than asked for', [page(rowsOfADay(3), { ...info, page: 1 })], '3 rows on a page of 2'],
    ['are short before the end', [page(rowsOfADay(1), { ...info, page: 1 })], 'a short page 1 of 3'],
    ['end before all rows came', [page(two(0), { ...info, page: 1, total_page: 1 })], '2 of 6 rows'],
  ])('are refused when they %s', async (_, answers, message) => {
    tiktok.on(report, ...answers);
    const error = await failureOf(read(tiktok.access(), november, fast));
    expect(error).toMatchObject({ kind: 'unavailable', platformCode: 'UNREADABLE_ANSWER' });
    expect(error.message).toContain(message);
  });

  it('do not go on for ever', async () => {
    let count = 0;
    const endless: Answer = (response, arrival) => {
      count += 1;
      const number = Number(arrival.parameters.page);
      page([reportRow('2026-11-01', { clicks: String(count) })], {
        page: number,
        total_number: 10,
        total_page: number + 1,
      })(response, arrival);
    };
    tiktok.on(report, endless);
    // Without pacing: a thousand pages at thirty a second would be half a minute.
    const unpaced = { acquire: () => Promise.resolve(), refused: () => Promise.resolve() };
    const access = { ...tiktok.access(), limiter: unpaced };
    const error = await failureOf(read(access, november, { pageRows: 1 }));
    expect(error).toMatchObject({ kind: 'rejected', platformCode: 'ENDLESS_LIST', retryable: false });
    expect(count).toBe(1_000);
  });
});

describe('an answer that is no answer', () => {
  const cutOff: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"code":0,"data":{"list":[', () => response.destroy());
  };
  const stalled: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"code":0,');
  };
  const cases: [string, Answer, string][] = [
    ['a gateway’s page', raw(502, 'text/html', '<html>502</html>'), 'HTTP_502'],
    ['text that is no JSON', raw(200, 'application/json', '{"code":0,"data":{"list":['), 'UNREADABLE_ANSWER'],
    ['another shape', data({ rows: [] }), 'UNREADABLE_ANSWER'],
    ['rows that are no objects', page([7]), 'UNREADABLE_ANSWER'],
    ['half an answer', cutOff, 'UND_ERR_SOCKET'],
    ['silence in the middle', stalled, 'TIMEOUT'],
    ['no answer', () => undefined, 'TIMEOUT'],
    ['an error of TikTok’s', says(50_000, 'system error'), '50000'],
    ['maintenance', says(60_001, 'maintenance'), '60001'],
  ];

  it.each(cases)('(%s) is asked for again', async (_, answer) => {
    tiktok.on(report, answer, page([reportRow('2026-11-01')]));
    expect(await read(tiktok.access())).toEqual([[reportRow('2026-11-01')]]);
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it.each(cases)('(%s) is unavailable when it lasts', async (_, answer, platformCode) => {
    tiktok.on(report, answer);
    expect(await failureOf(read(tiktok.access(), november, { attempts: 2 }))).toMatchObject({
      kind: 'unavailable',
      platformCode,
      retryable: true,
    });
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it('in whose place a refusal comes is not asked for again, and tells no secret', async () => {
    tiktok.on(report, says(40_002, 'bad metrics for app-secret'));
    const error = await failureOf(read(tiktok.access()));
    expect(error).toMatchObject({ kind: 'rejected', platformCode: '40002', platformRequestId: 'r1' });
    expect(error.message).toBe('TikTok Ads 40002: bad metrics for [secret]');
    expect(tiktok.of(report)).toHaveLength(1);
  });
});

describe('TikTok’s structure', () => {
  it.each([
    ['campaign', 'campaign/get'],
    ['ad-group', 'adgroup/get'],
    ['ad', 'ad/get'],
  ] as const)('of kind %s is listed with what was deleted', async (structure, operation) => {
    tiktok.on(operation, paged([{ ad_id: '1' }, { ad_id: '2' }, { ad_id: '3' }]));
    const pages = await read(tiktok.access(), { kind: 'structure', structure, account }, { pageRows: 2 });
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(tiktok.of(operation)[0]?.parameters.filtering).toBe('{"primary_status":"STATUS_ALL"}');
  });
});

describe('what the configuration may say', () => {
  it.each([
    [{ endpoints: { api: 'http://business-api.tiktok.com' } }, 'must be an https URL'],
    [{ apiVersion: '../v1' }, 'must read like v1.3'],
    [{ rateLevel: 'unlimited' }, 'must be one of basic, advanced, premium'],
  ])('is checked: %j', async (wrong, message) => {
    await expect(openTikTokAdsReader({ ...tiktok.access(), ...wrong })).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining(message),
    });
  });
});

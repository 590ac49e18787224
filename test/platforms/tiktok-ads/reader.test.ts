import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type PlatformAccess,
  PlatformError,
  type RawRow,
  type ReportRequest,
} from '../../../domain/integrations/platform.ts';
import type { ReadPolicy } from '../../../platforms/read-policy.ts';
import { openTikTokAdsReader } from '../../../platforms/tiktok-ads/reader.ts';
import { type Answer, data, FakeTikTok, page, paged, raw, reportRow, says } from './fake-tiktok.ts';
import { hurry } from './hurried.ts';

const account = { platformId: '7012345678901234567', currency: 'EUR', timeZone: 'Europe/Berlin' };
const november: ReportRequest = {
  kind: 'metrics',
  grain: 'campaign',
  account,
  window: { from: '2026-11-01', to: '2026-11-03' },
};
const quick: Partial<ReadPolicy> = {
  baseDelayMs: 1,
  maxDelayMs: 1_100,
  answerTimeoutMs: 300,
  idleTimeoutMs: 300,
  totalTimeoutMs: 5_000,
};
const report = 'report/integrated/get';
const days = (count: number) =>
  Array.from({ length: count }, (_, index) => reportRow('2026-11-01', { clicks: `${index}` }));

let tiktok: FakeTikTok;
beforeEach(async () => {
  tiktok = new FakeTikTok();
  await tiktok.start();
});
afterEach(() => tiktok.stop());

interface Reading {
  readonly policy?: Partial<ReadPolicy>;
  readonly access?: PlatformAccess;
}

async function read(request: ReportRequest = november, { policy = {}, access = tiktok.access() }: Reading = {}) {
  const reader = await openTikTokAdsReader(access, {
    policy: { ...quick, ...policy },
    taskPatience: { everyMs: 5, totalMs: 100 },
  });
  const pages: RawRow[][] = [];
  for await (const rows of reader.report(request)) pages.push([...rows]);
  return pages;
}

async function failureOf(promise: Promise<unknown>): Promise<PlatformError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PlatformError) return error;
  throw new Error(`expected a PlatformError, got ${String(error)}`, { cause: error });
}

describe('a TikTok report', () => {
  it('is asked for by level and day, with what was deleted', async () => {
    tiktok.on(report, page([reportRow('2026-11-01')]));
    expect(await read()).toEqual([[reportRow('2026-11-01')]]);
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
    await read({ ...november, grain: 'country' });
    expect(tiktok.of(report)[0]?.parameters).toMatchObject({
      report_type: 'AUDIENCE',
      dimensions: '["campaign_id","stat_time_day","country_code"]',
    });
  });

  it('comes page by page', async () => {
    const rows = days(25);
    tiktok.on(report, paged(rows));
    const pages = await read(november, { policy: { pageRows: 10 } });
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(rows);
  });

  it('of more than thirty days is asked for in windows of thirty', async () => {
    tiktok.on(report, page([]));
    await read({ ...november, window: { from: '2026-09-01', to: '2026-10-31' } });
    expect(tiktok.of(report).map(({ parameters }) => [parameters.start_date, parameters.end_date])).toEqual([
      ['2026-09-01', '2026-09-30'],
      ['2026-10-01', '2026-10-30'],
      ['2026-10-31', '2026-10-31'],
    ]);
  });

  it('in another currency than the one on record is refused', async () => {
    tiktok.on(report, page([reportRow('2026-11-01', { currency: 'USD' })]));
    expect(await failureOf(read())).toMatchObject({ kind: 'rejected', platformCode: 'CURRENCY_MISMATCH' });
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
  const two = (from: number) => days(6).slice(from, from + 2);
  const fast = { policy: { pageRows: 2, attempts: 1 } };

  it.each<[string, readonly Answer[], string]>([
    ['come twice', [page(two(0), { ...info, page: 1 }), page(two(0), { ...info, page: 2 })], 'page 2 twice'],
    ['are not the one asked for', [page(two(0), { ...info, page: 3 })], 'page 3 when asked for page 1'],
    ['are larger than asked for', [page(days(3), { ...info, page: 1 })], '3 rows on a page of 2'],
    ['are short before the end', [page(days(1), { ...info, page: 1 })], 'a short page 1 of 3'],
    ['end before all rows came', [page(two(0), { ...info, page: 1, total_page: 1 })], '2 of 6 rows'],
  ])('are refused when they %s', async (_, answers, message) => {
    tiktok.on(report, ...answers);
    const error = await failureOf(read(november, fast));
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
    const error = await failureOf(read(november, { access, policy: { pageRows: 1 } }));
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
    expect(await read()).toEqual([[reportRow('2026-11-01')]]);
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it.each(cases)('(%s) is unavailable when it lasts', async (_, answer, platformCode) => {
    tiktok.on(report, answer);
    expect(await failureOf(read(november, { policy: { attempts: 2 } }))).toMatchObject({
      kind: 'unavailable',
      platformCode,
      retryable: true,
    });
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it('in whose place a refusal comes is not asked for again, and tells no secret', async () => {
    tiktok.on(report, says(40_002, 'bad metrics for app-secret'));
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: 'rejected', platformCode: '40002', platformRequestId: 'r1' });
    expect(error.message).toBe('TikTok Ads 40002: bad metrics for [secret]');
    expect(tiktok.of(report)).toHaveLength(1);
  });
});

describe('a refusal for drawing too much', () => {
  it('of the second is waited out', async () => {
    tiktok.on(report, says(40_100, 'too many requests'), page([reportRow('2026-11-01')]));
    const begun = performance.now();
    expect(await read()).toHaveLength(1);
    expect(performance.now() - begun).toBeGreaterThan(900 / hurry);
  });

  it('that comes again is the minute’s: nothing is asked for five minutes', async () => {
    tiktok.on(report, says(40_100, 'too many requests'));
    const access = tiktok.access();
    expect(await failureOf(read(november, { access }))).toMatchObject({ kind: 'rate-limited', retryAfterSeconds: 300 });
    expect(tiktok.of(report)).toHaveLength(2);
    const next = await failureOf(read(november, { access }));
    expect(next.kind).toBe('rate-limited');
    expect(next.retryAfterSeconds).toBeGreaterThan(290);
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it('of one advertiser keeps from no other', async () => {
    tiktok.on(report, says(40_133, 'advertiser'), says(40_133, 'advertiser'), page([]));
    const access = tiktok.access();
    expect(await failureOf(read(november, { access }))).toMatchObject({
      platformCode: '40133',
      retryAfterSeconds: 300,
    });
    const other = { ...november, account: { ...account, platformId: '7012345678901234599' } };
    expect(await read(other, { access })).toEqual([]);
    expect(await failureOf(read(november, { access }))).toMatchObject({ platformCode: 'NO_PERMIT' });
  });
});

describe('the access token', () => {
  const refresh = 'oauth2/refresh_token';

  it('is fetched with the refresh token when TikTok no longer knows it', async () => {
    tiktok.on(report, says(40_102, 'expired'), page([reportRow('2026-11-01')]));
    tiktok.on(refresh, data({ access_token: 'new', expires_in: 3_600 }));
    expect(await read(november, { access: tiktok.access({ refreshToken: 'r' }) })).toHaveLength(1);
    expect(tiktok.of(report).map(({ token }) => token)).toEqual([expect.stringMatching(/^token-/), 'new']);
    expect(tiktok.of(refresh)[0]?.body).toEqual({
      app_id: '71',
      secret: 'app-secret',
      grant_type: 'refresh_token',
      refresh_token: 'r',
    });
  });

  it('is fetched once for everybody who waits', async () => {
    tiktok.on(report, page([]));
    tiktok.on(refresh, data({ access_token: 'new' }));
    const { accessToken: _, ...credentials } = tiktok.access({ refreshToken: 'r2' }).credentials;
    const access = { ...tiktok.access(), credentials };
    await Promise.all([1, 2, 3].map(() => read(november, { access })));
    expect(tiktok.of(refresh)).toHaveLength(1);
  });

  it('that cannot be renewed is said to be gone', async () => {
    tiktok.on(report, says(40_105, 'invalid token'));
    expect(await failureOf(read())).toMatchObject({ kind: 'unauthorized', platformCode: '40105' });
    expect(tiktok.of(report)).toHaveLength(1);
  });

  it('that is refused with its app is gone as well', async () => {
    tiktok.on(report, says(40_102, 'expired'));
    tiktok.on(refresh, says(40_002, 'secret: app-secret is wrong'));
    const error = await failureOf(read(november, { access: tiktok.access({ refreshToken: 'r' }) }));
    expect(error).toMatchObject({ kind: 'unauthorized', platformCode: '40002', retryable: false });
    expect(error.message).not.toContain('app-secret');
  });

  it('is not fetched again and again', async () => {
    tiktok.on(report, says(40_102, 'expired'));
    tiktok.on(refresh, data({ access_token: 'new' }));
    const access = tiktok.access({ refreshToken: 'r' });
    expect(await failureOf(read(november, { access }))).toMatchObject({ kind: 'unauthorized', platformCode: '40102' });
    expect(tiktok.of(refresh)).toHaveLength(1);
    expect(tiktok.of(report)).toHaveLength(2);
  });

  it.each(['appId', 'appSecret', 'accessToken'])('needs %s', async (name) => {
    const credentials = { ...tiktok.access().credentials, [name]: '' };
    const opened = openTikTokAdsReader({ ...tiktok.access(), credentials });
    await expect(opened).rejects.toMatchObject({ kind: 'unauthorized', message: expect.stringContaining(`"${name}"`) });
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

describe('a report too large for pages', () => {
  const names =
    'stat_time_day,campaign_id,currency,spend,impressions,clicks,conversion,total_purchase_value,total_sales_lead_value,video_play_actions';
  const csv = (rows: readonly string[]) => raw(200, 'text/csv', `\uFEFF${[names, ...rows].join('\r\n')}\r\n`);
  const large = page([reportRow('2026-11-01')], { total_number: 200_000, total_page: 200, page_size: 1 });
  const record = '2026-11-01,1701,EUR,12.34,1000,20,3,120.50,0.00,800';
  const pageOfOne = { policy: { pageRows: 1 } };

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
    expect(await read(november, pageOfOne)).toEqual([[expected], [expected]]);
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
    expect((await read(november, { policy: { pageRows: 10 } })).flat()).toHaveLength(2);
  });

  it('is one that TikTok finds too large to answer at once', async () => {
    tiktok.on(report, says(40_067, 'query too large'));
    expect((await read(november, { policy: { pageRows: 10 } })).flat()).toHaveLength(2);
  });

  it('is read on in pages where TikTok has not granted tasks', async () => {
    tiktok.on('report/task/create', says(40_001, 'not allowlisted'));
    const rows = days(3);
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
    expect(await failureOf(read())).toMatchObject({ kind: 'rejected', platformCode: 'REPORT_TRUNCATED' });
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
    expect(await failureOf(read(november, { policy: { ...pageOfOne.policy, attempts: 1 } }))).toMatchObject({
      kind: 'unavailable',
      platformCode,
    });
  });

  it('of countries stays synchronous: asynchronous ones name countries instead of coding them', async () => {
    tiktok.on(report, page([reportRow('2026-11-01')], {}, { 'x-tt-ads-throttle': 'only top 20k' }));
    const countries = { ...november, grain: 'country' } as const;
    expect(await failureOf(read(countries))).toMatchObject({ platformCode: 'REPORT_TRUNCATED' });
    expect(tiktok.of('report/task/create')).toEqual([]);
  });
});

describe('TikTok’s accounts', () => {
  const info = (id: string, rest: object = {}) => ({
    advertiser_id: id,
    name: `Shop ${id}`,
    currency: 'JPY',
    status: 'STATUS_ENABLE',
    timezone: 'Etc/GMT-9',
    display_timezone: 'Asia/Tokyo',
    ...rest,
  });

  it('come with status, zone and the windows of their conversions', async () => {
    tiktok.on(
      'oauth2/advertiser/get',
      data({
        list: [
          { advertiser_id: '72', advertiser_name: 'b' },
          { advertiser_id: '71', advertiser_name: 'a' },
        ],
      }),
    );
    tiktok.on('advertiser/info', data({ list: [info('71'), info('72', { status: 'STATUS_DISABLE' })] }));
    const adGroup = (optimization_event: string | null, click: string, view: string) => ({
      optimization_event,
      click_attribution_window: click,
      view_attribution_window: view,
    });
    tiktok.on(
      'adgroup/get',
      page([
        adGroup('SHOPPING', 'SEVEN_DAYS', 'ONE_DAY'),
        adGroup('SHOPPING', 'TWENTY_EIGHT_DAYS', 'OFF'),
        adGroup('FORM', 'FOURTEEN_DAYS', 'OFF'),
        adGroup(null, 'SEVEN_DAYS', 'OFF'),
      ]),
    );
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect(await reader.listAccounts()).toEqual([
      {
        platformId: '71',
        name: 'Shop 71',
        currency: 'JPY',
        timeZone: 'Asia/Tokyo',
        status: 'enabled',
        conversionTypes: [
          { platformId: 'FORM', name: 'form', clickWindowDays: 14, viewWindowDays: 0 },
          { platformId: 'SHOPPING', name: 'shopping', clickWindowDays: 28, viewWindowDays: 1 },
        ],
      },
      { platformId: '72', name: 'Shop 72', currency: 'JPY', timeZone: 'Asia/Tokyo', status: 'disabled' },
    ]);
    expect(tiktok.of('adgroup/get').map(({ parameters }) => parameters.advertiser_id)).toEqual(['71']);
  });

  it('are described a hundred at a time', async () => {
    const ids = Array.from({ length: 201 }, (_, index) => String(1_000 + index));
    tiktok.on('oauth2/advertiser/get', data({ list: ids.map((advertiser_id) => ({ advertiser_id })) }));
    tiktok.on('advertiser/info', (response, arrival) => {
      const asked: string[] = JSON.parse(arrival.parameters.advertiser_ids ?? '[]');
      data({ list: asked.map((id) => info(id, { status: 'STATUS_DISABLE' })) })(response, arrival);
    });
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect((await reader.listAccounts()).map(({ platformId }) => platformId)).toEqual(ids);
    expect(tiktok.of('advertiser/info')).toHaveLength(3);
  });

  it('that do not tell their ad groups are listed nevertheless', async () => {
    tiktok.on('oauth2/advertiser/get', data({ list: [{ advertiser_id: '71' }] }));
    tiktok.on('advertiser/info', data({ list: [info('71')] }));
    tiktok.on('adgroup/get', says(40_001, 'no permission'));
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect(await reader.listAccounts()).toMatchObject([{ platformId: '71', status: 'enabled' }]);
  });
});

describe('TikTok’s structure', () => {
  it.each([
    ['campaign', 'campaign/get'],
    ['ad-group', 'adgroup/get'],
    ['ad', 'ad/get'],
  ] as const)('of kind %s is listed with what was deleted', async (structure, operation) => {
    tiktok.on(operation, paged([{ ad_id: '1' }, { ad_id: '2' }, { ad_id: '3' }]));
    const pages = await read({ kind: 'structure', structure, account }, { policy: { pageRows: 2 } });
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(tiktok.of(operation)[0]?.parameters.filtering).toBe('{"primary_status":"STATUS_ALL"}');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { type Caller, europe, japan, open } from './open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());

type Row = Readonly<Record<string, unknown>>;
const everything = { filtering: { primary_status: 'STATUS_ALL' }, page_size: 1000 };
const list = async (operation: string, parameters: Row = {}): Promise<Row[]> =>
  (await call.get(operation, { advertiser_id: europe, page_size: 1000, ...parameters })).body.data.list;

describe('campaigns, ad groups and ads', () => {
  it.each([
    ['campaign/get', 'campaign_id', 5, 6],
    ['adgroup/get', 'adgroup_id', 10, 12],
    ['ad/get', 'ad_id', 24, 28],
  ])('%s leave out what was deleted until they are asked for all', async (operation, id, present, all) => {
    expect(await list(operation)).toHaveLength(present);
    const whole = await list(operation, everything);
    expect(whole).toHaveLength(all);
    const ids = whole.map((row) => String(row[id]));
    expect(ids).toEqual([...ids].sort().reverse());
    expect(new Set(ids).size).toBe(all);
  });

  it('say why they do not deliver: their own switch or one above them', async () => {
    const [clearance, test] = ['TT | Image | Clearance', 'TT | Test | Trail Hooks'];
    const campaigns = new Map((await list('campaign/get', everything)).map((row) => [row['campaign_name'], row]));
    expect(campaigns.get(clearance)).toMatchObject({
      operation_status: 'DISABLE',
      secondary_status: 'CAMPAIGN_STATUS_DISABLE',
    });
    expect(campaigns.get(test)).toMatchObject({ secondary_status: 'CAMPAIGN_STATUS_DELETE' });
    const statuses = (rows: Row[], name: string) => [
      ...new Set(rows.filter((row) => row['campaign_name'] === name).map((row) => row['secondary_status'])),
    ];
    const groups = await list('adgroup/get', everything);
    expect(statuses(groups, clearance)).toEqual(['ADGROUP_STATUS_CAMPAIGN_DISABLE']);
    expect(statuses(groups, test)).toEqual(['ADGROUP_STATUS_CAMPAIGN_DELETE']);
    const ads = await list('ad/get', everything);
    expect(statuses(ads, test)).toEqual(['AD_STATUS_CAMPAIGN_DELETE']);
    expect(new Set(ads.map((row) => row['secondary_status']))).toContain('AD_STATUS_DELIVERY_OK');
  });

  it('have the budget where it was set', async () => {
    const campaigns = await list('campaign/get');
    const groups = await list('adgroup/get');
    expect(campaigns.find((row) => row['campaign_name'] === 'TT | Sales | Bestsellers')).toMatchObject({
      budget: 180,
      budget_mode: 'BUDGET_MODE_DAY',
      budget_optimize_on: true,
    });
    const reach = campaigns.find((row) => row['campaign_name'] === 'TT | Reach | Run Stories');
    expect(reach).toMatchObject({ budget: 0, budget_mode: 'BUDGET_MODE_INFINITE', budget_optimize_on: false });
    const own = groups.filter((row) => row['campaign_id'] === reach?.['campaign_id']);
    expect(own.map((row) => [row['budget'], row['budget_mode']])).toEqual([
      [64, 'BUDGET_MODE_DAY'],
      [96, 'BUDGET_MODE_DAY'],
    ]);
  });

  it('show yen budgets without decimals', async () => {
    for (const row of await list('adgroup/get', { advertiser_id: japan }))
      expect(Number.isInteger(row['budget'])).toBe(true);
  });

  it('have creatives: text, button, page, and the film or picture', async () => {
    const ads = await list('ad/get');
    const film = ads.find((row) => row['ad_format'] === 'SINGLE_VIDEO');
    const picture = ads.find((row) => row['ad_format'] === 'SINGLE_IMAGE');
    expect(film).toMatchObject({
      ad_text: expect.any(String),
      call_to_action: expect.stringMatching(/^[A-Z_]+$/),
      landing_page_url: expect.stringMatching(/^https:/),
      video_id: expect.stringMatching(/^v10033g/),
      image_ids: [],
    });
    expect(picture).toMatchObject({ video_id: null, image_ids: [expect.stringMatching(/^ad-site-i18n-sg\//)] });
    const videos = await list('file/video/ad/info', { video_ids: [film?.['video_id'], 'v1'], page_size: undefined });
    expect(videos).toMatchObject([{ video_id: film?.['video_id'], duration: expect.any(Number) }]);
    const images = await list('file/image/ad/info', { image_ids: picture?.['image_ids'], page_size: undefined });
    expect(images).toMatchObject([{ image_url: expect.stringMatching(/^https:/) }]);
  });

  it('come page by page, and past the end are empty', async () => {
    const page = async (number: number) =>
      (await call.get('ad/get', { advertiser_id: europe, page: number, page_size: 10, fields: ['ad_id'] })).body.data;
    const pages = [await page(1), await page(2), await page(3), await page(4)];
    expect(pages.map(({ list: rows }) => rows.length)).toEqual([10, 10, 4, 0]);
    expect(pages[1].page_info).toEqual({ page: 2, page_size: 10, total_number: 24, total_page: 3 });
    expect(pages.flatMap(({ list: rows }) => rows)).toEqual(await list('ad/get', { fields: ['ad_id'] }));
  });

  it('can be asked for by the ids above them', async () => {
    const [group] = await list('adgroup/get');
    const ads = await list('ad/get', { filtering: { adgroup_ids: [group?.['adgroup_id']] } });
    expect(ads.length).toBeGreaterThan(0);
    expect(new Set(ads.map((row) => row['adgroup_id']))).toEqual(new Set([group?.['adgroup_id']]));
  });

  it('name the click window that holds the latest conversions', async () => {
    const [group] = await list('adgroup/get', { fields: ['click_attribution_window', 'view_attribution_window'] });
    expect(group).toEqual({ click_attribution_window: 'TWENTY_EIGHT_DAYS', view_attribution_window: 'ONE_DAY' });
  });

  it.each([
    ['a page of 1,001', { page_size: 1001 }, 40002],
    ['page 0', { page: 0 }, 40002],
    ['an unknown status', { filtering: { primary_status: 'STATUS_FROZEN' } }, 40002],
    ['an unknown filter', { filtering: { colour: 'red' } }, 40002],
    ['an unknown field', { fields: ['shoe_size'] }, 40002],
    ['101 ids', { filtering: { campaign_ids: Array.from({ length: 101 }, () => '1') } }, 40067],
  ])('are refused for %s', async (_, parameters, code) => {
    const { body } = await call.get('campaign/get', { advertiser_id: europe, ...parameters });
    expect([body.code, body.data]).toEqual([code, {}]);
  });
});

describe('a world of given accounts', () => {
  it('has an empty advertiser, and one of 100,000 ads in a zone and currency of its own', async () => {
    const other = await open();
    try {
      const reset = await fetch(`${other.simulator.control}/control/world`, {
        method: 'POST',
        body: JSON.stringify({
          shop: false,
          accounts: [
            { platform: 'tiktok-ads', name: 'Empty', currency: 'KWD', timeZone: 'Pacific/Auckland' },
            { platform: 'tiktok-ads', id: '7012345678901239999', name: 'Large', campaigns: 1000, ads: 100_000 },
          ],
        }),
      });
      expect(reset.status).toBe(200);
      const { appId, appSecret } = other.simulator.tiktok;
      const { list: found } = (await other.call.get('oauth2/advertiser/get', { app_id: appId, secret: appSecret })).body
        .data;
      expect(found.map((one: { advertiser_name: string }) => one.advertiser_name)).toEqual(['Empty', 'Large']);
      const [empty, large] = found.map((one: { advertiser_id: string }) => one.advertiser_id);
      const none = await other.call.get('ad/get', { advertiser_id: empty });
      expect(none.body.data).toEqual({
        list: [],
        page_info: { page: 1, page_size: 10, total_number: 0, total_page: 0 },
      });
      const last = await other.call.get('ad/get', { advertiser_id: large, page: 100, page_size: 1000 });
      expect(last.body.data.page_info).toMatchObject({ total_number: 100_000, total_page: 100 });
      expect(last.body.data.list).toHaveLength(1000);
    } finally {
      await other.simulator.close();
    }
  });
});

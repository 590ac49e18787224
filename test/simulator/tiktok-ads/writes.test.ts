import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { type Caller, campaignReport, europe, japan, open } from './open.ts';
import { adGroupDraft, campaignDraft, creativeDraft, mp4, png, uploads } from './writing.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());

const listed = async (level: 'campaign' | 'adgroup' | 'ad', id: string) => {
  const filtering = { [`${level}_ids`]: [id], primary_status: 'STATUS_ALL' };
  return (await call.get(`${level}/get`, { advertiser_id: europe, filtering })).body.data.list[0];
};
const newCampaign = async (more: object = {}): Promise<string> =>
  (await call.post('campaign/create', campaignDraft(more))).body.data.campaign_id;
const newAdGroup = async (campaign: string, more: object = {}): Promise<string> =>
  (await call.post('adgroup/create', adGroupDraft(campaign, more))).body.data.adgroup_id;

describe('campaigns', () => {
  it('are listed as they were made, at once', async () => {
    const draft = campaignDraft({
      ...{ budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET', budget: 75.5, budget_optimize_on: true },
      operation_status: 'DISABLE',
    });
    const { body } = await call.post('campaign/create', draft);
    expect(body.code).toBe(0);
    expect(await listed('campaign', body.data.campaign_id)).toMatchObject({
      campaign_name: draft.campaign_name,
      objective_type: 'TRAFFIC',
      budget: 75.5,
      budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET',
      budget_optimize_on: true,
      operation_status: 'DISABLE',
      secondary_status: 'CAMPAIGN_STATUS_DISABLE',
    });
  });

  it('change name and budget, are switched and deleted for good', async () => {
    const id = await newCampaign({ budget_mode: 'BUDGET_MODE_DAY', budget: 60 });
    await call.post('campaign/update', {
      advertiser_id: europe,
      campaign_id: id,
      campaign_name: 'Renamed',
      budget: 90,
    });
    expect(await listed('campaign', id)).toMatchObject({ campaign_name: 'Renamed', budget: 90 });
    const to = (operation_status: string) =>
      call.post('campaign/status/update', { advertiser_id: europe, campaign_ids: [id], operation_status });
    await to('DISABLE');
    expect((await listed('campaign', id)).operation_status).toBe('DISABLE');
    await to('DELETE');
    expect((await listed('campaign', id)).secondary_status).toBe('CAMPAIGN_STATUS_DELETE');
    expect((await to('ENABLE')).body).toMatchObject({
      code: 40002,
      message: expect.stringContaining('has been deleted'),
    });
  });

  it('of one name are refused unless their request ids tell them apart', async () => {
    const draft = campaignDraft();
    expect((await call.post('campaign/create', draft)).body.code).toBe(0);
    const again = (await call.post('campaign/create', draft)).body;
    expect(again).toMatchObject({ code: 40002, message: 'Campaign name already exists. Please try another one.' });
    expect((await call.post('campaign/create', { ...draft, request_id: '901' })).body.code).toBe(0);
  });

  it('are made once for a request id, for some minutes', async () => {
    const draft = campaignDraft({ request_id: '77' });
    const first = (await call.post('campaign/create', draft)).body.data.campaign_id;
    expect((await call.post('campaign/create', draft)).body).toMatchObject({ code: 40050 });
    const filtering = { campaign_name: draft.campaign_name };
    const found = (await call.get('campaign/get', { advertiser_id: europe, filtering })).body.data.list;
    expect(found.map((one: { campaign_id: string }) => one.campaign_id)).toEqual([first]);
    simulator.clock.advance(11 * 60_000);
    expect((await call.post('campaign/create', draft)).body.code).toBe(0);
  });

  it.each([
    ['budget', { budget_mode: 'BUDGET_MODE_DAY', budget: 49.99 }, 'at least 50.00 EUR'],
    ['budget', { budget_mode: 'BUDGET_MODE_DAY' }, 'Missing data'],
    ['budget', { budget_mode: 'BUDGET_MODE_DAY', budget: 60.001 }, 'decimals'],
    ['campaign_name', { campaign_name: 'x'.repeat(513) }, 'between 1 and 512'],
    ['campaign_name', { campaign_name: '名'.repeat(257) }, 'between 1 and 512'],
    ['campaign_name', { campaign_name: 'Sale 🎉' }, 'Emoji'],
    ['objective_type', { objective_type: 'APP_PROMOTION' }, 'one of'],
    ['request_id', { request_id: 'abc' }, '64-bit'],
    ['special_industries', { special_industries: ['CREDIT'] }, 'does not model'],
  ])('refuse a bad %s: %j', async (field, more, why) => {
    const before = (await call.get('campaign/get', { advertiser_id: europe })).body.data.page_info.total_number;
    const { body } = await call.post('campaign/create', campaignDraft(more));
    expect(body).toMatchObject({ code: 40002, message: expect.stringContaining(field) });
    expect(body.message).toContain(why);
    const after = (await call.get('campaign/get', { advertiser_id: europe })).body.data.page_info.total_number;
    expect(after).toBe(before);
  });

  it('of yen have whole budgets of at least 5,000', async () => {
    const draft = { ...campaignDraft({ budget_mode: 'BUDGET_MODE_DAY' }), advertiser_id: japan };
    const codeOf = async (budget: number) => (await call.post('campaign/create', { ...draft, budget })).body.code;
    expect([await codeOf(4_999), await codeOf(5_000.5), await codeOf(5_000)]).toEqual([40002, 40002, 0]);
  });
});

describe('ad groups', () => {
  it('are listed with what they were given', async () => {
    const id = await newAdGroup(await newCampaign(), {
      age_groups: ['AGE_18_24', 'AGE_25_34'],
      gender: 'GENDER_FEMALE',
      languages: ['de'],
      bid_type: 'BID_TYPE_CUSTOM',
      bid_price: 0.8,
    });
    expect(await listed('adgroup', id)).toMatchObject({
      ...{ budget: 30, budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET', bid_type: 'BID_TYPE_CUSTOM', bid_price: 0.8 },
      ...{ location_ids: ['2921044'], languages: ['de'], gender: 'GENDER_FEMALE' },
      age_groups: ['AGE_18_24', 'AGE_25_34'],
    });
  });

  it('keep what an update does not name', async () => {
    const id = await newAdGroup(await newCampaign(), { gender: 'GENDER_MALE', languages: ['en'] });
    const update = { advertiser_id: europe, adgroup_id: id, age_groups: ['AGE_35_44'], budget: 45 };
    expect((await call.post('adgroup/update', update)).body.code).toBe(0);
    const row = await listed('adgroup', id);
    expect(row).toMatchObject({ gender: 'GENDER_MALE', languages: ['en'], age_groups: ['AGE_35_44'], budget: 45 });
  });

  it('overlook a budget of their own beneath a campaign that optimises its budget', async () => {
    const campaign = await newCampaign({
      ...{ budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET', budget: 100, budget_optimize_on: true },
    });
    const row = await listed('adgroup', await newAdGroup(campaign, { budget: 30 }));
    expect(row).toMatchObject({ budget: 0, budget_mode: 'BUDGET_MODE_INFINITE' });
  });

  it.each([
    ['budget', { budget: 19.99 }],
    ['budget_mode', { budget_mode: 'BUDGET_MODE_INFINITE' }],
    ['location_ids', { location_ids: ['1'] }],
    ['location_ids', { location_ids: undefined }],
    ['languages', { languages: ['xx'] }],
    ['age_groups', { age_groups: ['AGE_1_2'] }],
    ['optimization_goal', { optimization_goal: 'CONVERT' }],
    ['billing_event', { billing_event: 'CPM' }],
    ['bid_price', { bid_type: 'BID_TYPE_CUSTOM' }],
    ['bid_price', { bid_type: 'BID_TYPE_CUSTOM', bid_price: 31 }],
    ['schedule_start_time', { schedule_start_time: 'today' }],
    ['schedule_end_time', { schedule_type: 'SCHEDULE_START_END', schedule_end_time: '2026-11-19 00:00:00' }],
    ['promotion_type', { promotion_type: undefined }],
  ])('refuse a bad %s: %j', async (field, more) => {
    const { body } = await call.post('adgroup/create', adGroupDraft(await newCampaign(), more));
    expect(body).toMatchObject({ code: 40002, message: expect.stringContaining(field) });
  });

  it('are refused beneath a campaign that was deleted', async () => {
    const campaign = await newCampaign();
    const gone = { advertiser_id: europe, campaign_ids: [campaign], operation_status: 'DELETE' };
    await call.post('campaign/status/update', gone);
    expect((await call.post('adgroup/create', adGroupDraft(campaign))).body).toMatchObject({ code: 40002 });
  });
});

describe('ads', () => {
  const made = async (creative: object, adGroup?: string) => {
    const group = adGroup ?? (await newAdGroup(await newCampaign()));
    return (await call.post('ad/create', { advertiser_id: europe, adgroup_id: group, creatives: [creative] })).body;
  };

  it('are in review for some hours, and delivered after it', async () => {
    const campaign = await newCampaign();
    const id = (await made(await creativeDraft(call), await newAdGroup(campaign))).data.ad_ids[0];
    expect((await listed('ad', id)).secondary_status).toBe('AD_STATUS_AUDIT');
    simulator.clock.advance(24 * 3_600_000);
    expect((await listed('ad', id)).secondary_status).toBe('AD_STATUS_DELIVERY_OK');
  });

  it('are rejected by the review for what they claim', async () => {
    const id = (await made(await creativeDraft(call, { ad_text: 'A guaranteed cure for tired feet' }))).data.ad_ids[0];
    simulator.clock.advance(24 * 3_600_000);
    expect((await listed('ad', id)).secondary_status).toBe('AD_STATUS_AUDIT_DENY');
  });

  it('spend once they are through, on the days after', async () => {
    const campaign = await newCampaign();
    const creative = await creativeDraft(call);
    await made(creative, await newAdGroup(campaign));
    simulator.clock.advance(4 * 86_400_000);
    const dates = { start_date: '2026-11-20', end_date: '2026-11-30' };
    const filtering = [{ field_name: 'campaign_ids', filter_type: 'IN', filter_value: JSON.stringify([campaign]) }];
    const { body } = await call.get('report/integrated/get', { ...campaignReport, ...dates, filtering });
    const spent = body.data.list.map((row: { metrics: { spend: string } }) => Number(row.metrics.spend));
    expect(spent.length).toBeGreaterThan(0);
    expect(Math.max(...spent)).toBeGreaterThan(0);
    // 125 % of a dynamic daily budget is the most a day may cost.
    expect(Math.max(...spent)).toBeLessThanOrEqual(30 * 1.25);
  });

  it.each([
    ['ad_text', { ad_text: 'x'.repeat(101) }],
    ['ad_text', { ad_text: '靴'.repeat(51) }],
    ['identity_id', { identity_id: '1' }],
    ['video_id', { video_id: 'v1' }],
    ['image_ids', { image_ids: ['i1'] }],
    ['image_ids', { image_ids: [] }],
    ['call_to_action', { call_to_action: 'CLICK_HERE' }],
    ['landing_page_url', { landing_page_url: 'nowhere' }],
    ['music_id', { music_id: '1' }],
  ])('refuse a bad %s: %j', async (field, more) => {
    const body = await made(await creativeDraft(call, more));
    expect(body).toMatchObject({ code: 40002, message: expect.stringContaining(field) });
  });
});

describe('files', () => {
  it.each(['image', 'video'] as const)('are in the library after an upload: %s', async (kind) => {
    const bytes = kind === 'image' ? png() : mp4();
    const { body } = await uploads(simulator, kind, bytes);
    expect(body.code).toBe(0);
    const file = kind === 'image' ? body.data : body.data[0];
    const { list } = (await call.get(`file/${kind}/ad/search`, { advertiser_id: europe })).body.data;
    expect(list[0]).toMatchObject({ [`${kind}_id`]: file[`${kind}_id`], signature: file.signature });
    const info = await call.get(`file/${kind}/ad/info`, {
      advertiser_id: europe,
      [`${kind}_ids`]: [file[`${kind}_id`]],
    });
    expect(info.body.data.list).toEqual([list[0]]);
  });

  it.each([
    ['another signature', png('other'), { image_signature: 'f'.repeat(32) }, 40900],
    ['no bytes', new Uint8Array(), {}, 40906],
    ['a page that is no picture', new Uint8Array(Buffer.from('<!DOCTYPE html><p>Not found')), {}, 40908],
  ])('are refused with %s', async (_, bytes, more, code) => {
    expect((await uploads(simulator, 'image', bytes, more)).body.code).toBe(code);
  });

  it('have names of their own', async () => {
    await uploads(simulator, 'image', png('one'), { file_name: 'shoe.png' });
    expect((await uploads(simulator, 'image', png('two'), { file_name: 'shoe.png' })).body.code).toBe(40911);
  });
});

describe('what goes wrong', () => {
  const platform = 'tiktok-ads';
  const writes = () => simulator.writes.list().filter(({ operation }) => operation === 'campaign/create');

  it('happens after the campaign was made: it is there, and nobody was told', async () => {
    const draft = campaignDraft();
    const match = { platform, operation: 'campaign/create' };
    simulator.faults.add({ kind: 'act-then-reset', match, times: 1, retryAfterSeconds: 0 });
    await expect(call.post('campaign/create', draft)).rejects.toThrow();
    expect(writes().at(-1)).toMatchObject({ outcome: 'done', answered: false });
    const filtering = { campaign_name: draft.campaign_name };
    const { list } = (await call.get('campaign/get', { advertiser_id: europe, filtering })).body.data;
    expect(list).toHaveLength(1);
  });

  it('is maintenance: nothing is made', async () => {
    const match = { platform, operation: 'campaign/create' };
    simulator.faults.add({ kind: 'maintenance', match, times: 1, retryAfterSeconds: 0 });
    expect((await call.post('campaign/create', campaignDraft())).body.code).toBe(60001);
    expect(writes().at(-1)).toMatchObject({ outcome: 'refused', objectIds: [] });
  });
});

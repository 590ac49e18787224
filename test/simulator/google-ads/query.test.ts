import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { berlin, type Caller, codeOf, managerAccount, noon, open, tokyo } from '../open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());

async function rows(query: string, account = berlin) {
  const answer = await call.search(account, query);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.results ?? [];
}

const day = "segments.date BETWEEN '2026-11-01' AND '2026-11-03'";

describe('resources', () => {
  it.each([
    ['customer', 'customer.id', 1],
    ['campaign', 'campaign.id', 13],
    ['campaign_budget', 'campaign_budget.id', 13],
    ['ad_group', 'ad_group.id', 16],
    ['ad_group_ad', 'ad_group_ad.ad.id', 48],
    ['ad_group_criterion', 'ad_group_criterion.criterion_id', 51],
    ['keyword_view', 'ad_group_criterion.criterion_id', 51],
    ['asset_group', 'asset_group.id', 5],
  ])('%s has every object, removed ones too', async (from, field, count) => {
    const found = await rows(`SELECT ${field} FROM ${from}`);
    expect(found).toHaveLength(count);
  });

  it('lists the hierarchy below a manager with levels', async () => {
    const found = await rows(
      'SELECT customer_client.id, customer_client.level, customer_client.manager, customer_client.status, customer_client.currency_code FROM customer_client',
      managerAccount,
    );
    expect(
      found.map(({ customerClient: c }: { customerClient: Record<string, unknown> }) => [
        c['id'],
        c['level'],
        c['manager'],
        c['status'],
        c['currencyCode'],
      ]),
    ).toEqual([
      ['9100000001', '0', true, 'ENABLED', 'EUR'],
      ['9100000002', '1', true, 'ENABLED', 'USD'],
      ['4210000002', '2', false, 'ENABLED', 'USD'],
      ['4210000003', '2', false, 'ENABLED', 'JPY'],
      ['4210000001', '1', false, 'ENABLED', 'EUR'],
      ['4210000004', '1', false, 'CANCELED', 'GBP'],
    ]);
  });

  it('has no campaigns under a manager itself', async () => {
    expect(await rows('SELECT campaign.id FROM campaign', managerAccount)).toEqual([]);
  });

  it('describes objects in Google`s own vocabulary', async () => {
    const [campaign] = await rows(
      "SELECT campaign.name, campaign.status, campaign.advertising_channel_type, campaign.bidding_strategy_type, campaign_budget.amount_micros FROM campaign WHERE campaign.name = 'Search | Clearance'",
    );
    expect(campaign).toEqual({
      campaign: {
        resourceName: `customers/${berlin}/campaigns/20010080000`,
        name: 'Search | Clearance',
        status: 'PAUSED',
        advertisingChannelType: 'SEARCH',
        biddingStrategyType: 'MANUAL_CPC',
      },
      campaignBudget: { resourceName: `customers/${berlin}/campaignBudgets/70010080000`, amountMicros: '50000000' },
    });
  });

  it('leaves out resource names nobody selected when asked to', async () => {
    expect(
      (await rows('SELECT campaign.id FROM campaign LIMIT 1 PARAMETERS omit_unselected_resource_names = true'))[0],
    ).toEqual({
      campaign: { id: '20010010000' },
    });
  });

  it('writes texts in the account`s language', async () => {
    const [ad] = await rows(
      'SELECT ad_group_ad.ad.responsive_search_ad.headlines, ad_group_ad.ad.final_urls FROM ad_group_ad LIMIT 1',
      tokyo,
    );
    expect(ad.adGroupAd.ad).toMatchObject({
      responsiveSearchAd: { headlines: expect.arrayContaining([{ text: '当日発送' }]) },
      finalUrls: ['https://www.strider.example/jp/start'],
    });
  });
});

describe('metrics', () => {
  it('come with zeros for objects without activity when nothing segments them', async () => {
    const found = await rows(
      `SELECT campaign.id, metrics.clicks, metrics.ctr FROM campaign WHERE campaign.status = 'REMOVED' AND ${day}`,
    );
    expect(found).toEqual([
      { campaign: { resourceName: expect.any(String), id: '20010090000' }, metrics: { clicks: '0' } },
    ]);
  });

  it('leave out days without activity when segmented', async () => {
    expect(
      await rows(
        `SELECT campaign.id, segments.date, metrics.clicks FROM campaign WHERE campaign.status = 'REMOVED' AND ${day}`,
      ),
    ).toEqual([]);
  });

  it.each([
    ['segments.date', 3],
    ['segments.month', 1],
    ['segments.year', 1],
    ['segments.week', 2],
    ['segments.quarter', 1],
    ['segments.day_of_week', 3],
  ])('split by %s add up to the whole', async (segment, parts) => {
    const brand = `campaign.id = 20010010000 AND ${day}`;
    const split = await rows(`SELECT ${segment}, metrics.cost_micros FROM campaign WHERE ${brand}`);
    const [whole] = await rows(`SELECT metrics.cost_micros FROM campaign WHERE ${brand}`);
    expect(split).toHaveLength(parts);
    const sum = split.reduce(
      (total: number, row: { metrics: { costMicros: string } }) => total + Number(row.metrics.costMicros),
      0,
    );
    expect(String(sum)).toBe(whole.metrics.costMicros);
  });

  it('agree with the truth to the micro', async () => {
    const found = await rows(
      `SELECT campaign.id, segments.date, metrics.impressions, metrics.cost_micros, metrics.conversions, metrics.conversions_value FROM campaign WHERE ${day}`,
      tokyo,
    );
    const truth = await (
      await fetch(
        `${simulator.control}/control/truth?platform=google-ads&account=${tokyo}&grain=campaign&from=2026-11-01&to=2026-11-03`,
      )
    ).json();
    expect(
      found.map(({ campaign, segments, metrics }: Record<string, Record<string, string | number>>) => ({
        date: segments?.['date'],
        campaignId: campaign?.['id'],
        impressions: Number(metrics?.['impressions']),
        costMicros: Number(metrics?.['costMicros']),
        conversionsMicros: Math.round(Number(metrics?.['conversions']) * 1e6),
        valueMicros: Math.round(Number(metrics?.['conversionsValue']) * 1e6),
      })),
    ).toEqual(truth.rows.map(({ clicks, videoViews, ...row }: { clicks: number; videoViews: number }) => row));
  });

  it('of a past day grow when its conversions come in late', async () => {
    const conversions = async () =>
      (await rows("SELECT metrics.conversions FROM customer WHERE segments.date = '2026-11-18'"))[0].metrics
        .conversions;
    const before = await conversions();
    simulator.clock.advance(5 * 86_400_000);
    expect(await conversions()).toBeGreaterThan(before);
    simulator.clock.setTo(noon);
  });

  it('are ratios of their parts', async () => {
    const [row] = await rows(
      `SELECT metrics.clicks, metrics.impressions, metrics.cost_micros, metrics.ctr, metrics.average_cpc FROM customer WHERE ${day}`,
    );
    const { clicks, impressions, costMicros, ctr, averageCpc } = row.metrics;
    expect(ctr).toBeCloseTo(clicks / impressions, 12);
    expect(averageCpc).toBeCloseTo(costMicros / clicks, 6);
  });
});

describe('conditions', () => {
  it.each([
    ["campaign.status = 'ENABLED'", 11],
    ["campaign.status != 'ENABLED'", 2],
    ['campaign.status IN (PAUSED, REMOVED)', 2],
    ["campaign.status NOT IN ('PAUSED')", 12],
    ['campaign.id = 20010010000', 1],
    ['campaign.id > 20010110000', 2],
    ['campaign.id BETWEEN 20010010000 AND 20010030000', 3],
    ["campaign.name LIKE 'Search%'", 9],
    ["campaign.name LIKE 'search | b_and'", 1],
    ["campaign.name NOT LIKE '%|%'", 0],
    ["campaign.name REGEXP_MATCH '(PMax|Video).*'", 4],
    ['campaign.name IS NULL', 0],
    ['campaign.name IS NOT NULL', 13],
    ['campaign_budget.amount_micros >= 175000000', 3],
    ["customer.currency_code = 'EUR'", 13],
    ["campaign.advertising_channel_type = 'VIDEO' AND campaign.status = 'ENABLED'", 2],
    ['campaign_budget.explicitly_shared = FALSE', 13],
  ])('%s keeps %i campaigns', async (condition, count) => {
    expect(await rows(`SELECT campaign.id FROM campaign WHERE ${condition}`)).toHaveLength(count);
  });

  it.each([
    ["= '2026-11-10'", ['2026-11-10', '2026-11-10']],
    ["= '20261110'", ['2026-11-10', '2026-11-10']],
    ["IN ('2026-11-10', '2026-11-12')", ['2026-11-10', '2026-11-12']],
    ['DURING TODAY', ['2026-11-20', '2026-11-20']],
    ['DURING YESTERDAY', ['2026-11-19', '2026-11-19']],
    ['DURING LAST_7_DAYS', ['2026-11-13', '2026-11-19']],
    ['DURING LAST_30_DAYS', ['2026-10-21', '2026-11-19']],
    ['DURING THIS_MONTH', ['2026-11-01', '2026-11-20']],
    ['DURING LAST_MONTH', ['2026-10-01', '2026-10-31']],
    ['DURING LAST_WEEK_MON_SUN', ['2026-11-09', '2026-11-15']],
    ['DURING LAST_WEEK_SUN_SAT', ['2026-11-08', '2026-11-14']],
    ['DURING THIS_WEEK_SUN_TODAY', ['2026-11-15', '2026-11-20']],
    ['DURING LAST_BUSINESS_WEEK', ['2026-11-09', '2026-11-13']],
  ])('segments.date %s reaches from %j', async (condition, ends) => {
    const dates = (
      await rows(
        `SELECT segments.date, metrics.clicks FROM customer WHERE segments.date ${condition} ORDER BY segments.date`,
      )
    ).map((row: { segments: { date: string } }) => row.segments.date);
    expect([dates[0], dates.at(-1)]).toEqual(ends);
  });

  it('dates today in the account`s zone', async () => {
    simulator.clock.setTo(Date.parse('2026-11-20T15:30:00Z'));
    const today = async (account: string) =>
      (await rows('SELECT segments.date, metrics.clicks FROM customer WHERE segments.date DURING TODAY', account))[0]
        .segments.date;
    expect([await today(berlin), await today(tokyo)]).toEqual(['2026-11-20', '2026-11-21']);
    simulator.clock.setTo(noon);
  });

  it('orders and limits', async () => {
    const found = await rows(
      `SELECT campaign.id, metrics.cost_micros FROM campaign WHERE ${day} ORDER BY metrics.cost_micros DESC LIMIT 4`,
    );
    const costs = found.map((row: { metrics: { costMicros: string } }) => Number(row.metrics.costMicros));
    expect(costs).toEqual([...costs].sort((a, b) => b - a));
    expect(costs).toHaveLength(4);
  });
});

describe('refusals', () => {
  it.each([
    ['SELECT campaign.nme FROM campaign', 'UNRECOGNIZED_FIELD'],
    ['SELECT campaign.url_custom_parameters FROM campaign', 'PROHIBITED_FIELD_IN_SELECT_CLAUSE'],
    ['SELECT campaign.optimization_score FROM campaign', 'UNRECOGNIZED_FIELD'],
    ['SELECT campaign.id FROM campaigns', 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE'],
    ['SELECT video.id FROM video', 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE'],
    ['SELECT ad_group.id FROM campaign', 'PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE'],
    ["SELECT campaign.id FROM campaign WHERE ad_group.name = 'x'", 'PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE'],
    ['SELECT metrics.clicks FROM ad_group_criterion', 'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE'],
    [
      "SELECT customer_client.id FROM customer_client WHERE segments.date = '2026-11-01'",
      'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE',
    ],
    ['SELECT segments.date, metrics.clicks FROM campaign', 'EXPECTED_FILTERS_ON_DATE_RANGE'],
    [
      "SELECT segments.date, metrics.clicks FROM campaign WHERE segments.date >= '2026-11-01'",
      'EXPECTED_FILTERS_ON_DATE_RANGE',
    ],
    [
      "SELECT metrics.clicks FROM campaign WHERE segments.day_of_week = 'MONDAY'",
      'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE',
    ],
    ['SELECT campaign.id FROM campaign ORDER BY metrics.clicks', 'EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE'],
    ["SELECT campaign.id FROM campaign WHERE campaign.status = 'ON'", 'BAD_ENUM_CONSTANT'],
    ["SELECT campaign.id FROM campaign WHERE campaign.status = 'UNKNOWN'", 'PROHIBITED_ENUM_CONSTANT'],
    ["SELECT campaign.id FROM campaign WHERE campaign.status > 'ENABLED'", 'OPERATOR_FIELD_MISMATCH'],
    ["SELECT campaign.id FROM campaign WHERE campaign.id LIKE '2%'", 'OPERATOR_FIELD_MISMATCH'],
    ['SELECT campaign.id FROM campaign WHERE campaign.name DURING TODAY', 'OPERATOR_FIELD_MISMATCH'],
    ["SELECT campaign.id FROM campaign WHERE campaign.id = 'abc'", 'BAD_NUMBER'],
    ["SELECT customer.id FROM customer WHERE customer.manager = 'yes'", 'BAD_VALUE'],
    ["SELECT metrics.clicks FROM campaign WHERE segments.date = '2026-13-01'", 'INVALID_DATE_FORMAT'],
    ["SELECT metrics.clicks FROM campaign WHERE segments.month = '2026-11-02'", 'MISALIGNED_DATE_FOR_FILTER'],
    [
      'SELECT metrics.clicks FROM campaign WHERE segments.date DURING LAST_5_DAYS',
      'INVALID_VALUE_WITH_DURING_OPERATOR',
    ],
    [
      "SELECT metrics.clicks FROM campaign WHERE segments.date BETWEEN '2026-11-05' AND '2026-11-01'",
      'INVALID_VALUE_WITH_BETWEEN_OPERATOR',
    ],
  ])('%s is refused with %s', async (query, code) => {
    const answer = await call.search(berlin, query);
    expect([answer.status, codeOf(answer)]).toEqual([400, `queryError.${code}`]);
  });

  it('refuses metrics of a manager account', async () => {
    expect(codeOf(await call.search(managerAccount, 'SELECT metrics.clicks FROM customer'))).toBe(
      'queryError.REQUESTED_METRICS_FOR_MANAGER',
    );
  });

  it('names what the simulator does not model', async () => {
    const answer = await call.search(berlin, 'SELECT campaign.optimization_score FROM campaign');
    expect(answer.body.error.details[0].errors[0].message).toBe(
      "The simulator does not model the field 'campaign.optimization_score'.",
    );
  });
});

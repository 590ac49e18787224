import { describe, expect, it } from 'vitest';
import { tiktokAdsDescriptor } from '../../../platforms/tiktok-ads/descriptor.ts';
import { tiktokAdsMapping } from '../../../platforms/tiktok-ads/mapping.ts';
import { metricsOf, reportShape } from '../../../platforms/tiktok-ads/reports.ts';
import { reportRow } from './fake-tiktok.ts';

const { toFact, toStructure, sources } = tiktokAdsMapping;
const rejectionOf = (mapped: ReturnType<typeof toFact>) => (mapped.ok ? undefined : mapped.rejection);

describe('a row of a TikTok report', () => {
  it('becomes a fact with money in exact micros', () => {
    expect(toFact('campaign', reportRow('2026-11-01'))).toEqual({
      ok: true,
      row: {
        date: '2026-11-01',
        campaignPlatformId: '1701',
        adGroupPlatformId: null,
        adPlatformId: null,
        keywordPlatformId: null,
        segment: null,
        impressions: 1_000,
        clicks: 20,
        spendMicros: 12_340_000,
        conversionsMicros: 3_000_000,
        conversionValueMicros: 120_500_000,
        videoViews: 800,
        reportedCurrency: 'EUR',
      },
    });
  });

  it.each([
    ['0.07', 70_000],
    // 1.1 and 2.2 as doubles miss their micros when multiplied.
    ['1.1', 1_100_000],
    ['1234567.89', 1_234_567_890_000],
    ['310', 310_000_000],
    ['0', 0],
  ])('reads a spend of %s as %i micros', (spend, spendMicros) => {
    expect(toFact('campaign', reportRow('2026-11-01', { spend }))).toMatchObject({ ok: true, row: { spendMicros } });
  });

  it.each([['spend'], ['impressions'], ['clicks']])('is refused where %s is a dash, which is no zero', (metric) => {
    expect(rejectionOf(toFact('campaign', reportRow('2026-11-01', { [metric]: '-' })))?.field).toBe(
      `metrics.${metric}`,
    );
  });

  it('tells what TikTok does not report as not reported', () => {
    const dashes = { conversion: '-', total_purchase_value: '-', video_play_actions: '-' };
    expect(toFact('campaign', reportRow('2026-11-01', dashes))).toMatchObject({
      ok: true,
      row: { conversionsMicros: null, conversionValueMicros: null, videoViews: null },
    });
  });

  it('adds the value of leads to that of purchases', () => {
    const values = { total_purchase_value: '10.10', total_sales_lead_value: '0.25' };
    expect(toFact('campaign', reportRow('2026-11-01', values))).toMatchObject({
      row: { conversionValueMicros: 10_350_000 },
    });
  });

  it.each([
    ['spend', 'twelve'],
    ['spend', '-3.00'],
    ['clicks', '1.5'],
    ['impressions', '-4'],
  ])('is refused by field where %s is "%s"', (metric, text) => {
    expect(rejectionOf(toFact('campaign', reportRow('2026-11-01', { [metric]: text })))?.field).toBe(
      `metrics.${metric}`,
    );
  });

  it('is refused for a day that no calendar has', () => {
    expect(rejectionOf(toFact('campaign', reportRow('2026-02-30')))?.field).toBe('dimensions.stat_time_day');
  });

  it('takes the day without its midnight as well, as asynchronous reports may write it', () => {
    const row = reportRow('2026-11-01', {}, { stat_time_day: '2026-11-01' });
    expect(toFact('campaign', row)).toMatchObject({ row: { date: '2026-11-01' } });
  });

  it('names its parents from the metrics where the report has one id alone', () => {
    const row = reportRow('2026-11-01', { campaign_id: '1', adgroup_id: '2' }, { ad_id: '3' });
    expect(toFact('ad', row)).toMatchObject({
      row: { campaignPlatformId: '1', adGroupPlatformId: '2', adPlatformId: '3' },
    });
  });

  it.each([
    ['age', 'age', 'AGE_18_24', '18-24'],
    ['age', 'age', 'AGE_55_100', '55+'],
    ['age', 'age', 'NONE', 'unknown'],
    ['age', 'age', 'AGE_99', 'other:AGE_99'],
    ['gender', 'gender', 'FEMALE', 'female'],
    ['gender', 'gender', 'NONE', 'unknown'],
    ['country', 'country_code', 'DE', 'DE'],
    ['country', 'country_code', 'NONE', 'ZZ'],
    ['country', 'country_code', 'Germany', 'other:Germany'],
    ['placement', 'placement', 'PLACEMENT_TIKTOK', 'tiktok'],
    ['placement', 'placement', 'Global App Bundle', 'global-app-bundle'],
  ] as const)('maps %s of %s "%s" to %s', (grain, dimension, value, segment) => {
    expect(toFact(grain, reportRow('2026-11-01', {}, { [dimension]: value }))).toMatchObject({ row: { segment } });
  });

  it('refuses to map a grain that TikTok has not', () => {
    expect(() => toFact('keyword', reportRow('2026-11-01'))).toThrow('TikTok Ads has no facts of grain keyword');
  });
});

describe('the table of TikTok’s columns', () => {
  it.each(tiktokAdsDescriptor.supports.grains.map((grain) => [grain]))(
    'reads nothing for %s that its report does not ask for',
    (grain) => {
      const shape = reportShape(grain);
      const asked = new Set([
        ...shape.dimensions.map((name) => `dimensions.${name}`),
        ...metricsOf(shape).map((name) => `metrics.${name}`),
      ]);
      const read = Object.values(sources(grain)).flatMap(({ paths }) => paths);
      expect(read.filter((path) => !asked.has(path))).toEqual([]);
    },
  );
});

describe('TikTok’s structure', () => {
  const campaign = {
    campaign_id: '1701',
    campaign_name: 'Spring',
    objective_type: 'WEB_CONVERSIONS',
    budget: 50.1,
    budget_mode: 'BUDGET_MODE_DAY',
    operation_status: 'ENABLE',
    secondary_status: 'CAMPAIGN_STATUS_ENABLE',
  };

  it('knows a campaign with its daily budget', () => {
    expect(toStructure('campaign', campaign)).toEqual({
      ok: true,
      row: {
        kind: 'campaign',
        platformId: '1701',
        name: 'Spring',
        status: 'enabled',
        campaignPlatformId: null,
        adGroupPlatformId: null,
        type: 'web-conversions',
        dailyBudgetMicros: 50_100_000,
        creative: null,
      },
    });
  });

  it.each([
    ['BUDGET_MODE_TOTAL', 500, null],
    ['BUDGET_MODE_INFINITE', 0, null],
    ['BUDGET_MODE_DYNAMIC_DAILY_BUDGET', 20, 20_000_000],
    ['BUDGET_MODE_DAY', 0, null],
  ])('reads %s of %d as %s a day', (budget_mode, budget, dailyBudgetMicros) => {
    expect(toStructure('campaign', { ...campaign, budget_mode, budget })).toMatchObject({ row: { dailyBudgetMicros } });
  });

  it.each([
    ['ENABLE', 'ADGROUP_STATUS_DELIVERY_OK', 'enabled'],
    ['ENABLE', 'ADGROUP_STATUS_CAMPAIGN_DELETE', 'removed'],
    ['DISABLE', 'ADGROUP_STATUS_DISABLE', 'paused'],
    ['DELETE', undefined, 'removed'],
  ])('takes %s and %s for %s', (operation_status, secondary_status, status) => {
    const row = {
      campaign_id: '1',
      adgroup_id: '2',
      adgroup_name: 'Runners',
      optimization_goal: 'CONVERT',
      operation_status,
      secondary_status,
    };
    expect(toStructure('ad-group', row)).toMatchObject({ row: { status, type: 'convert' } });
  });

  it('keeps what an ad shows', () => {
    const ad = {
      campaign_id: '1',
      adgroup_id: '2',
      ad_id: '3',
      ad_name: 'Ad',
      ad_format: 'SINGLE_VIDEO',
      operation_status: 'ENABLE',
      secondary_status: 'AD_STATUS_DELIVERY_OK',
      ad_text: 'Run further',
      call_to_action: 'SHOP_NOW',
      landing_page_url: 'https://shop.example/run',
      video_id: 'v100',
      image_ids: ['tos/cover'],
    };
    expect(toStructure('ad', ad)).toMatchObject({
      row: {
        type: 'single-video',
        creative: {
          platformId: 'v100',
          headlines: [],
          bodies: ['Run further'],
          callToAction: 'SHOP_NOW',
          landingPageUrl: 'https://shop.example/run',
          imageUrl: null,
          videoId: 'v100',
        },
      },
    });
  });
});

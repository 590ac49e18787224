/**
 * One whole raw row of each platform, as it answers: every path that some grain of its mapping reads, with values that differ,
 * and keys beside them that nothing reads.
 */
import type { Grain, PlatformId, RawRow } from '../../domain/integrations/platform.ts';

const linkedInGroup = 'urn:li:sponsoredCampaignGroup:11';
const linkedInPivots: Readonly<Partial<Record<Grain, readonly string[]>>> = {
  account: ['urn:li:sponsoredAccount:1'],
  campaign: [linkedInGroup],
  'ad-group': [linkedInGroup, 'urn:li:sponsoredCampaign:22'],
  ad: [linkedInGroup, 'urn:li:sponsoredCampaign:22', 'urn:li:sponsoredCreative:33'],
  country: ['urn:li:geo:101282230'],
  device: [linkedInGroup, 'DESKTOP_WEB'],
  placement: [linkedInGroup, 'LINKEDIN_FEED'],
};

export const sampleRows: Readonly<Record<PlatformId, (grain: Grain) => RawRow>> = {
  'google-ads': () => ({
    customer: { resourceName: 'customers/1', id: '1', currencyCode: 'EUR' },
    campaign: { resourceName: 'customers/1/campaigns/11', id: '11' },
    adGroup: { resourceName: 'customers/1/adGroups/22', id: '22' },
    adGroupAd: { ad: { resourceName: 'customers/1/ads/33', id: '33' } },
    adGroupCriterion: {
      criterionId: '44',
      ageRange: { type: 'AGE_RANGE_25_34' },
      gender: { type: 'FEMALE' },
    },
    searchTermView: { searchTerm: 'running shoes 42' },
    asset: { resourceName: 'customers/1/assets/55', id: '55' },
    userLocationView: { countryCriterionId: '2276', targetingLocation: true },
    segments: { date: '2026-11-01', device: 'MOBILE', adNetworkType: 'SEARCH' },
    metrics: {
      impressions: '1001',
      clicks: '42',
      costMicros: '12340003',
      conversions: 4.5,
      conversionsValue: 99.25,
      videoTrueviewViews: '67',
      allConversions: 8,
    },
  }),
  'tiktok-ads': (grain) => ({
    dimensions: {
      stat_time_day: '2026-11-01 00:00:00',
      advertiser_id: '1',
      ...(grain === 'ad-group' || grain === 'ad' ? {} : { campaign_id: '11' }),
      adgroup_id: '22',
      ad_id: '33',
      age: 'AGE_25_34',
      gender: 'FEMALE',
      country_code: 'DE',
      placement: 'PLACEMENT_TIKTOK',
    },
    metrics: {
      campaign_id: '11',
      adgroup_id: '22',
      currency: 'EUR',
      spend: '12.34',
      impressions: '1001',
      clicks: '42',
      conversion: '5',
      real_time_conversion: '6',
      total_purchase_value: '99.25',
      total_sales_lead_value: '7.50',
      video_play_actions: '800',
      video_watched_2s: '500',
    },
  }),
  'linkedin-ads': (grain) => ({
    dateRange: { start: { year: 2026, month: 11, day: 1 }, end: { year: 2026, month: 11, day: 2 } },
    pivotValues: linkedInPivots[grain] ?? [],
    ...(grain === 'country' && { askedCampaignGroup: linkedInGroup }),
    impressions: 1001,
    clicks: 42,
    costInLocalCurrency: '12.340003',
    costInUsd: '14.5',
    externalWebsiteConversions: 4,
    oneClickLeads: 3,
    conversionValueInLocalCurrency: '99.25',
    videoViews: 67,
    landingPageClicks: 40,
  }),
};

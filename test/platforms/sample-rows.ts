/**
 * One whole raw row of each platform, as it answers: every path that some grain of its mapping reads, with values that differ,
 * and keys beside them that nothing reads.
 */
import type { Grain, PlatformId, RawRow } from '../../domain/integrations/platform.ts';

export const sampleRows: Readonly<Partial<Record<PlatformId, (grain: Grain) => RawRow>>> = {
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
};

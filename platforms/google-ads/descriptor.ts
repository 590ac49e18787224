import { grains, type PlatformDescriptor, structureKinds } from '../../domain/integrations/platform.ts';

/** Google Ads as data. The version is the one `google-ads-api` 25 speaks; both move together. */
export const googleAdsDescriptor: PlatformDescriptor = {
  id: 'google-ads',
  name: 'Google Ads',
  apiVersion: 'v25',
  apiVersionSunset: null,
  supports: { grains, structure: structureKinds },
  limits: {
    /** Conversions are attributed to the click's day and arrive up to 30 days later by default. */
    lookBackDays: 30,
    /** The longest window an advertiser can set for a conversion action. */
    maxLookBackDays: 90,
    /** Google sets none; a month keeps one answer of a large account at some tens of megabytes. */
    maxWindowDays: 31,
  },
  /** Basic access; a whole search stream counts as one operation. https://developers.google.com/google-ads/api/docs/best-practices/quotas */
  callBudget: { perDay: 15_000, rowsPerCall: null },
  spendGaps: [
    {
      grains: ['ad-group', 'ad', 'keyword', 'search-term', 'asset', 'age', 'gender'],
      campaignTypes: ['performance-max'],
      reason: 'Performance Max has no ad groups, and no report beneath the campaign holds its spend',
    },
    { grains: ['ad'], campaignTypes: ['video'], reason: 'Part of the spend of video campaigns belongs to no ad' },
  ],
};

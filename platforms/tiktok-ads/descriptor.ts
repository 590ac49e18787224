import { type PlatformDescriptor, structureKinds } from '../../domain/integrations/platform.ts';

/** TikTok Ads as data. Its reports know operating systems but no kind of device, and no keywords: those grains are left out. */
export const tiktokAdsDescriptor: PlatformDescriptor = {
  id: 'tiktok-ads',
  name: 'TikTok Ads',
  apiVersion: 'v1.3',
  /** Business API v1.3 has no announced end. */
  apiVersionSunset: null,
  supports: {
    grains: ['account', 'campaign', 'ad-group', 'ad', 'age', 'gender', 'country', 'placement'],
    structure: structureKinds,
  },
  limits: {
    /** Conversions count on the day of the impression; 28 days after the click is the longest window of a website ad group. */
    lookBackDays: 28,
    /** TWENTY_EIGHT_DAYS and its relatives end here; the 180 days of mini series would reload half a year every hour. */
    maxLookBackDays: 32,
    /** What a report with `stat_time_day` allows. */
    maxWindowDays: 30,
  },
  /** Limits are by the second and the minute; nothing is counted a day. */
  callBudget: { perDay: null, rowsPerCall: 1_000 },
  spendGaps: [
    {
      grains: ['age', 'gender', 'country', 'placement'],
      newestDays: 1,
      reason: 'Audience reports are some 11 hours late, while the others are minutes late',
    },
  ],
};

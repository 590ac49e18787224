/** LinkedIn's words that this system has words for. Source: learn.microsoft.com/linkedin/marketing, account structure. */
import type { Device } from '../../domain/integrations/segments.ts';

/** Campaign groups, campaigns and creatives (`intendedStatus`) share these. What is over or never began spends nothing. */
export const statuses = {
  ACTIVE: 'enabled',
  PAUSED: 'paused',
  DRAFT: 'paused',
  COMPLETED: 'paused',
  ARCHIVED: 'removed',
  CANCELED: 'removed',
  CANCELLED: 'removed',
  PENDING_DELETION: 'removed',
  REMOVED: 'removed',
} as const;

/** `objectiveType` of campaign groups. */
export const objectives: ReadonlySet<string> = new Set([
  'BRAND_AWARENESS',
  'ENGAGEMENT',
  'JOB_APPLICANT',
  'LEAD_GENERATION',
  'TALENT_LEAD',
  'VIDEO_VIEW',
  'WEBSITE_CONVERSION',
  'WEBSITE_TRAFFIC',
  'WEBSITE_VISIT',
]);

/** `type` of campaigns. */
export const campaignTypes: ReadonlySet<string> = new Set([
  'TEXT_AD',
  'SPONSORED_UPDATES',
  'SPONSORED_INMAILS',
  'DYNAMIC',
  'EVENT_AD',
]);

/** `adContext.dscAdType` of posts. */
export const postTypes: ReadonlySet<string> = new Set([
  'STANDARD',
  'VIDEO',
  'CAROUSEL',
  'JOB_POSTING',
  'NATIVE_DOCUMENT',
  'EVENT',
]);

/** IMPRESSION_DEVICE_TYPE. */
export const deviceWords: Readonly<Record<string, Device>> = {
  MOBILE_APP: 'mobile',
  MOBILE_WEB: 'mobile',
  TABLET_APP: 'tablet',
  TABLET_WEB: 'tablet',
  DESKTOP_WEB: 'desktop',
  CONNECTED_TV: 'connected-tv',
  UNDETECTED: 'unknown',
  UNKNOWN: 'unknown',
};

/** PLACEMENT_NAME. */
export const placementWords: Readonly<Record<string, string>> = {
  LINKEDIN_FEED: 'feed',
  LINKEDIN_RIGHT_RAIL: 'right-rail',
  LINKEDIN_MESSAGING: 'messaging',
  LINKEDIN_AUDIENCE_NETWORK: 'audience-network',
  UNDETECTED: 'unknown',
  UNKNOWN: 'unknown',
};

/**
 * TikTok's enum values in our words. Synchronous reports answer enum names, asynchronous ones what people read; both stand here.
 * Source: the enumerations of the Business API v1.3.
 */
import { unknownCountry } from '../../domain/integrations/segments.ts';

export const ageWords: Readonly<Record<string, string>> = {
  AGE_13_17: '13-17',
  AGE_18_24: '18-24',
  AGE_25_34: '25-34',
  AGE_35_44: '35-44',
  AGE_45_54: '45-54',
  AGE_55_100: '55+',
  NONE: 'unknown',
  '13-17': '13-17',
  '18-24': '18-24',
  '25-34': '25-34',
  '35-44': '35-44',
  '45-54': '45-54',
  '55+': '55+',
};

export const genderWords: Readonly<Record<string, string>> = {
  FEMALE: 'female',
  MALE: 'male',
  NONE: 'unknown',
  female: 'female',
  male: 'male',
};

export const placementWords: Readonly<Record<string, string>> = {
  PLACEMENT_TIKTOK: 'tiktok',
  PLACEMENT_PANGLE: 'pangle',
  PLACEMENT_GLOBAL_APP_BUNDLE: 'global-app-bundle',
  PLACEMENT_TOPBUZZ: 'topbuzz',
  PLACEMENT_HELO: 'helo',
  TikTok: 'tiktok',
  Pangle: 'pangle',
  'Global App Bundle': 'global-app-bundle',
};

export const noCountry: Readonly<Record<string, string>> = {
  NONE: unknownCountry,
  None: unknownCountry,
  '-1': unknownCountry,
};

/** `objective_type` of campaigns. */
export const objectives: ReadonlySet<string> = new Set([
  'REACH',
  'RF_REACH',
  'TRAFFIC',
  'VIDEO_VIEWS',
  'ENGAGEMENT',
  'APP_INSTALL',
  'APP_PROMOTION',
  'LEAD_GENERATION',
  'CONVERSIONS',
  'WEB_CONVERSIONS',
  'CATALOG_SALES',
  'PRODUCT_SALES',
  'SHOP_PURCHASES',
  'TOPVIEW_REACH',
]);

/** `optimization_goal` of ad groups. */
export const optimizationGoals: ReadonlySet<string> = new Set([
  'CLICK',
  'CONVERT',
  'INSTALL',
  'IN_APP_EVENT',
  'SHOW',
  'REACH',
  'VIDEO_VIEW',
  'ENGAGED_VIEW',
  'ENGAGED_VIEW_FIFTEEN',
  'LEAD_GENERATION',
  'FOLLOWERS',
  'PAGE_VISIT',
  'PROFILE_VIEWS',
  'TRAFFIC_LANDING_PAGE_VIEW',
  'VALUE',
  'AUTOMATIC_VALUE_OPTIMIZATION',
  'GMV',
  'PURCHASE',
  'DESTINATION_VISIT',
]);

/** `ad_format` of ads. */
export const adFormats: ReadonlySet<string> = new Set([
  'SINGLE_IMAGE',
  'SINGLE_VIDEO',
  'LIVE_CONTENT',
  'CAROUSEL_ADS',
  'CATALOG_CAROUSEL',
]);

/** Days of `click_attribution_window` and `view_attribution_window`. */
export const windowDays: Readonly<Record<string, number>> = {
  OFF: 0,
  ONE_DAY: 1,
  SEVEN_DAYS: 7,
  FOURTEEN_DAYS: 14,
  TWENTY_EIGHT_DAYS: 28,
  THIRTY_DAYS: 30,
  THIRTY_TWO_DAYS: 32,
  ONE_HUNDRED_EIGHTY_DAYS: 180,
};

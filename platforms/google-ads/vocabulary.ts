/** Enum names of API v25 that this system has words for. Source: the enum definitions of `google-ads-node` 25.1. */
import type { AgeRange, Device, Gender } from '../../domain/integrations/segments.ts';

/** Campaign, ad group and ad status share these; UNKNOWN and UNSPECIFIED are no status one can act on. */
export const statuses = { ENABLED: 'enabled', PAUSED: 'paused', REMOVED: 'removed' } as const;

/** AdvertisingChannelTypeEnum. */
export const channelTypes: ReadonlySet<string> = new Set([
  'SEARCH',
  'DISPLAY',
  'SHOPPING',
  'HOTEL',
  'VIDEO',
  'MULTI_CHANNEL',
  'LOCAL',
  'SMART',
  'PERFORMANCE_MAX',
  'LOCAL_SERVICES',
  'TRAVEL',
  'DEMAND_GEN',
]);

/** AdGroupTypeEnum. */
export const adGroupTypes: ReadonlySet<string> = new Set([
  'SEARCH_STANDARD',
  'DISPLAY_STANDARD',
  'SHOPPING_PRODUCT_ADS',
  'HOTEL_ADS',
  'SHOPPING_SMART_ADS',
  'VIDEO_BUMPER',
  'VIDEO_TRUE_VIEW_IN_STREAM',
  'VIDEO_TRUE_VIEW_IN_DISPLAY',
  'VIDEO_NON_SKIPPABLE_IN_STREAM',
  'SEARCH_DYNAMIC_ADS',
  'SHOPPING_COMPARISON_LISTING_ADS',
  'PROMOTED_HOTEL_ADS',
  'VIDEO_RESPONSIVE',
  'VIDEO_EFFICIENT_REACH',
  'SMART_CAMPAIGN_ADS',
  'TRAVEL_ADS',
  'YOUTUBE_AUDIO',
]);

/** AdTypeEnum. */
export const adTypes: ReadonlySet<string> = new Set([
  'TEXT_AD',
  'EXPANDED_TEXT_AD',
  'EXPANDED_DYNAMIC_SEARCH_AD',
  'HOTEL_AD',
  'SHOPPING_SMART_AD',
  'SHOPPING_PRODUCT_AD',
  'VIDEO_AD',
  'IMAGE_AD',
  'RESPONSIVE_SEARCH_AD',
  'LEGACY_RESPONSIVE_DISPLAY_AD',
  'APP_AD',
  'LEGACY_APP_INSTALL_AD',
  'RESPONSIVE_DISPLAY_AD',
  'LOCAL_AD',
  'HTML5_UPLOAD_AD',
  'DYNAMIC_HTML5_AD',
  'APP_ENGAGEMENT_AD',
  'SHOPPING_COMPARISON_LISTING_AD',
  'VIDEO_BUMPER_AD',
  'VIDEO_NON_SKIPPABLE_IN_STREAM_AD',
  'VIDEO_TRUEVIEW_IN_STREAM_AD',
  'VIDEO_RESPONSIVE_AD',
  'SMART_CAMPAIGN_AD',
  'CALL_AD',
  'APP_PRE_REGISTRATION_AD',
  'IN_FEED_VIDEO_AD',
  'DEMAND_GEN_MULTI_ASSET_AD',
  'DEMAND_GEN_CAROUSEL_AD',
  'TRAVEL_AD',
  'DEMAND_GEN_VIDEO_RESPONSIVE_AD',
  'DEMAND_GEN_PRODUCT_AD',
  'YOUTUBE_AUDIO_AD',
]);

/** AgeRangeTypeEnum; UNDETERMINED is Google's "Unknown" on its pages. */
export const ageWords: Readonly<Record<string, AgeRange>> = {
  AGE_RANGE_18_24: '18-24',
  AGE_RANGE_25_34: '25-34',
  AGE_RANGE_35_44: '35-44',
  AGE_RANGE_45_54: '45-54',
  AGE_RANGE_55_64: '55-64',
  AGE_RANGE_65_UP: '65+',
  AGE_RANGE_UNDETERMINED: 'unknown',
  UNKNOWN: 'unknown',
};

/** GenderTypeEnum. */
export const genderWords: Readonly<Record<string, Gender>> = {
  FEMALE: 'female',
  MALE: 'male',
  UNDETERMINED: 'unknown',
  UNKNOWN: 'unknown',
};

/** DeviceEnum. */
export const deviceWords: Readonly<Record<string, Device>> = {
  MOBILE: 'mobile',
  TABLET: 'tablet',
  DESKTOP: 'desktop',
  CONNECTED_TV: 'connected-tv',
  OTHER: 'other',
  UNKNOWN: 'unknown',
};

/** AdNetworkTypeEnum. CONTENT is what Google's pages call the Display Network, MIXED spend it does not divide. */
export const networkWords: Readonly<Record<string, string>> = {
  SEARCH: 'search',
  SEARCH_PARTNERS: 'search-partners',
  CONTENT: 'display',
  MIXED: 'mixed',
  YOUTUBE: 'youtube',
  GOOGLE_TV: 'google-tv',
  GOOGLE_OWNED_CHANNELS: 'google-owned-channels',
  GMAIL: 'gmail',
  DISCOVER: 'discover',
  MAPS: 'maps',
  UNKNOWN: 'unknown',
};

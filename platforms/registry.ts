/** What every platform is and how its rows read: light and pure. The clients that call the platforms stand in readers.ts. */
import type { PlatformDescriptor, PlatformId, PlatformMapping } from '../domain/integrations/platform.ts';
import { googleAdsDescriptor } from './google-ads/descriptor.ts';
import { googleAdsMapping } from './google-ads/mapping.ts';
import { linkedInAdsDescriptor } from './linkedin-ads/descriptor.ts';
import { linkedInAdsMapping } from './linkedin-ads/mapping.ts';
import { tiktokAdsDescriptor } from './tiktok-ads/descriptor.ts';
import { tiktokAdsMapping } from './tiktok-ads/mapping.ts';

export const descriptors: Readonly<Record<PlatformId, PlatformDescriptor>> = {
  'google-ads': googleAdsDescriptor,
  'tiktok-ads': tiktokAdsDescriptor,
  'linkedin-ads': linkedInAdsDescriptor,
};

export const mappings: Readonly<Record<PlatformId, PlatformMapping>> = {
  'google-ads': googleAdsMapping,
  'tiktok-ads': tiktokAdsMapping,
  'linkedin-ads': linkedInAdsMapping,
};

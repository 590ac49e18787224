/** How people authorize us at each platform: pure, and apart from registry.ts, which every step of a load carries. */
import type { PlatformAuthorization } from '../domain/integrations/oauth.ts';
import type { PlatformId } from '../domain/integrations/platform.ts';
import { googleAdsAuthorization } from './google-ads/authorization.ts';
import { linkedinAdsAuthorization } from './linkedin-ads/authorization.ts';
import { tiktokAdsAuthorization } from './tiktok-ads/authorization.ts';

export const authorizations: Readonly<Record<PlatformId, PlatformAuthorization>> = {
  'google-ads': googleAdsAuthorization,
  'tiktok-ads': tiktokAdsAuthorization,
  'linkedin-ads': linkedinAdsAuthorization,
};

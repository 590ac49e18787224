import type { PlatformAccess } from '../../domain/integrations/platform.ts';
import { processRateLimiter, takePermits } from '../rate-limiter.ts';
import { defaultReadPolicy, type ReadPolicy } from '../read-policy.ts';
import { sharedAccessToken } from './access-token.ts';
import type { Connection } from './client.ts';
import { credentialsFrom } from './credentials.ts';
import { tiktokAdsDescriptor } from './descriptor.ts';
import { apiBase } from './endpoints.ts';
import { Permits } from './permits.ts';
import { refreshed } from './refresh.ts';

/** What reading and writing share: one token, one set of permits. Throws `PlatformError` when the access lacks something. */
export function openConnection(access: PlatformAccess, given: Partial<ReadPolicy> = {}): Connection {
  const policy = { ...defaultReadPolicy, ...given };
  const credentials = credentialsFrom(access.credentials);
  const api = apiBase(access.endpoints, access.apiVersion ?? tiktokAdsDescriptor.apiVersion);
  const permits = new Permits(credentials.appId, access.rateLevel ?? 'basic');
  const limiter = access.limiter ?? processRateLimiter();
  const fetchToken = async (refreshToken: string) => {
    await takePermits(limiter, 'tiktok-ads', [permits.app], { patienceMs: policy.maxDelayMs });
    return refreshed(api, { ...credentials, refreshToken }, policy);
  };
  const token = sharedAccessToken(credentials, api, fetchToken, access.renewed);
  return { api, credentials, token, policy, permits, limiter };
}

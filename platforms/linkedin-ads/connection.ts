import type { PlatformAccess } from '../../domain/integrations/platform.ts';
import { processRateLimiter } from '../rate-limiter.ts';
import { defaultReadPolicy, type ReadPolicy } from '../read-policy.ts';
import { sharedAccessToken } from './access-token.ts';
import type { Connection } from './client.ts';
import { credentialsFrom } from './credentials.ts';
import { linkedInAdsDescriptor } from './descriptor.ts';
import { checkedVersion, endpointsFrom } from './endpoints.ts';

export interface OpenOptions {
  readonly policy?: Partial<ReadPolicy>;
  /** Epoch milliseconds; tests move it. */
  readonly now?: () => number;
}

/** What reading and writing share: version, token, permits. Throws `PlatformError` when the access lacks something. */
export function openConnection(access: PlatformAccess, options: OpenOptions): Connection {
  const policy = { ...defaultReadPolicy, ...options.policy };
  const now = options.now ?? Date.now;
  const credentials = credentialsFrom(access.credentials);
  const { api, oauth } = endpointsFrom(access.endpoints);
  return {
    api,
    version: checkedVersion(access.apiVersion ?? linkedInAdsDescriptor.apiVersion),
    credentials,
    token: sharedAccessToken(credentials, oauth, { policy, now, renewed: access.renewed }),
    policy,
    limiter: access.limiter ?? processRateLimiter(),
    now,
  };
}

import type {
  DiscoveredAccount,
  PlatformAccess,
  PlatformReader,
  RawRow,
  ReportRequest,
} from '../../domain/integrations/platform.ts';
import { processRateLimiter } from '../rate-limiter.ts';
import { defaultReadPolicy, type ReadPolicy } from '../read-policy.ts';
import { sharedAccessToken } from './access-token.ts';
import { discoverAccounts } from './accounts.ts';
import { analytics } from './analytics.ts';
import { LinkedInClient } from './client.ts';
import { credentialsFrom } from './credentials.ts';
import { linkedInAdsDescriptor } from './descriptor.ts';
import { checkedVersion, endpointsFrom } from './endpoints.ts';
import { structure } from './structure.ts';
import { inBatches } from './urns.ts';

interface OpenOptions {
  readonly policy?: Partial<ReadPolicy>;
  /** Epoch milliseconds; tests move it. */
  readonly now?: () => number;
}

/** Opens the reading side of LinkedIn Ads for one connection. */
export async function openLinkedInAdsReader(
  access: PlatformAccess,
  options: OpenOptions = {},
): Promise<PlatformReader> {
  const policy = { ...defaultReadPolicy, ...options.policy };
  const now = options.now ?? Date.now;
  const credentials = credentialsFrom(access.credentials);
  const { api, oauth } = endpointsFrom(access.endpoints);
  const client = new LinkedInClient({
    api,
    version: checkedVersion(access.apiVersion ?? linkedInAdsDescriptor.apiVersion),
    credentials,
    token: sharedAccessToken(credentials, oauth, { policy, now, renewed: access.renewed }),
    policy,
    limiter: access.limiter ?? processRateLimiter(),
    now,
  });
  return new LinkedInAdsReader(client);
}

class LinkedInAdsReader implements PlatformReader {
  readonly #client: LinkedInClient;

  constructor(client: LinkedInClient) {
    this.#client = client;
  }

  listAccounts(options: { readonly signal?: AbortSignal } = {}): Promise<readonly DiscoveredAccount[]> {
    return discoverAccounts(this.#client, options.signal);
  }

  async *report(
    request: ReportRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncIterable<readonly RawRow[]> {
    const scope = { client: this.#client, accountId: request.account.platformId, signal: options.signal };
    const answers =
      request.kind === 'structure'
        ? structure(scope, request.structure)
        : analytics(scope, request.grain, request.window);
    for await (const rows of answers) yield* inBatches(rows, this.#client.policy.pageRows);
  }
}

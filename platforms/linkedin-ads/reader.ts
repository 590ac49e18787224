import type {
  DiscoveredAccount,
  PlatformAccess,
  PlatformReader,
  RawRow,
  ReportRequest,
} from '../../domain/integrations/platform.ts';
import { discoverAccounts } from './accounts.ts';
import { analytics } from './analytics.ts';
import { LinkedInClient } from './client.ts';
import { type OpenOptions, openConnection } from './connection.ts';
import { structure } from './structure.ts';
import { inBatches } from './urns.ts';

/** Opens the reading side of LinkedIn Ads for one connection. */
export async function openLinkedInAdsReader(
  access: PlatformAccess,
  options: OpenOptions = {},
): Promise<PlatformReader> {
  return new LinkedInAdsReader(new LinkedInClient(openConnection(access, options)));
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

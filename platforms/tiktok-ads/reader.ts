import {
  type AccountRef,
  type DiscoveredAccount,
  type PlatformAccess,
  PlatformError,
  type PlatformReader,
  type RawRow,
  type ReportRequest,
} from '../../domain/integrations/platform.ts';
import { processRateLimiter, takePermits } from '../rate-limiter.ts';
import { defaultReadPolicy, type ReadPolicy } from '../read-policy.ts';
import { splitWindow } from '../window.ts';
import { sharedAccessToken } from './access-token.ts';
import { discoverAccounts } from './accounts.ts';
import { type Connection, TikTokClient } from './client.ts';
import { credentialsFrom } from './credentials.ts';
import { tiktokAdsDescriptor } from './descriptor.ts';
import { apiBase } from './endpoints.ts';
import { metricsPages } from './metrics.ts';
import { largestPage, pagesOf } from './pages.ts';
import { Permits } from './permits.ts';
import { refreshed } from './refresh.ts';
import { structureQuestion } from './structure.ts';
import { defaultTaskPatience, type TaskPatience } from './task-report.ts';

export interface TikTokReaderOptions {
  readonly policy?: Partial<ReadPolicy>;
  readonly taskPatience?: TaskPatience;
}

/** Opens the reading side of TikTok Ads for one connection. */
export async function openTikTokAdsReader(
  access: PlatformAccess,
  options: TikTokReaderOptions = {},
): Promise<PlatformReader> {
  const policy = { ...defaultReadPolicy, ...options.policy };
  const credentials = credentialsFrom(access.credentials);
  const api = apiBase(access.endpoints, access.apiVersion ?? tiktokAdsDescriptor.apiVersion);
  const permits = new Permits(credentials.appId, access.rateLevel ?? 'basic');
  const limiter = access.limiter ?? processRateLimiter();
  const fetchToken = async (refreshToken: string) => {
    await takePermits(limiter, 'tiktok-ads', [permits.app], { patienceMs: policy.maxDelayMs });
    return refreshed(api, { ...credentials, refreshToken }, policy);
  };
  const token = sharedAccessToken(credentials, api, fetchToken, access.renewed);
  return new TikTokAdsReader({ api, credentials, token, policy, permits, limiter }, options.taskPatience);
}

class TikTokAdsReader implements PlatformReader {
  readonly #connection: Connection;
  readonly #client: TikTokClient;
  readonly #patience: TaskPatience;

  constructor(connection: Connection, patience: TaskPatience = defaultTaskPatience) {
    this.#connection = connection;
    this.#client = new TikTokClient(connection);
    this.#patience = patience;
  }

  listAccounts(options: { readonly signal?: AbortSignal } = {}): Promise<readonly DiscoveredAccount[]> {
    return discoverAccounts(this.#client, this.#connection.credentials, options.signal);
  }

  async *report(
    request: ReportRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncIterable<readonly RawRow[]> {
    const { signal } = options;
    const advertiserId = request.account.platformId;
    if (request.kind === 'structure') {
      const question = structureQuestion(request.structure, advertiserId, signal);
      const pageSize = Math.min(largestPage, this.#connection.policy.pageRows);
      for await (const page of pagesOf(this.#client, question, pageSize)) yield page.rows;
      return;
    }
    const { grain } = request;
    for (const window of splitWindow(request.window, tiktokAdsDescriptor.limits.maxWindowDays)) {
      const pages = metricsPages(
        this.#client,
        this.#connection,
        { grain, advertiserId, window },
        { patience: this.#patience, signal },
      );
      for await (const page of pages) {
        for (const row of page) assertCurrency(row, request.account);
        yield page;
      }
    }
  }
}

/** Money without its currency is no money: an account whose currency is not the one on record is not loaded. */
function assertCurrency(row: RawRow, account: AccountRef): void {
  const metrics = row.metrics as Readonly<Record<string, unknown>> | undefined;
  const answered = metrics?.currency;
  if (typeof answered !== 'string' || answered === account.currency || answered === '-') return;
  throw new PlatformError(
    'rejected',
    `TikTok Ads answered for advertiser ${account.platformId} in ${answered}, on record is ${account.currency}; list the accounts again.`,
    { platform: 'tiktok-ads', platformCode: 'CURRENCY_MISMATCH' },
  );
}

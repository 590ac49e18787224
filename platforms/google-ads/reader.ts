import {
  type AccountRef,
  type DiscoveredAccount,
  type PlatformAccess,
  PlatformError,
  type PlatformReader,
  type RawRow,
  type ReportRequest,
} from '../../domain/integrations/platform.ts';
import { decideRetry, defaultReadPolicy, type ReadPolicy, realRetryWorld } from '../read-policy.ts';
import { splitWindow } from '../window.ts';
import { sharedAccessToken } from './access-token.ts';
import { type Connection, type CustomerTarget, GoogleAdsCustomer } from './client.ts';
import { withConversionTypes } from './conversion-types.ts';
import { credentialsFrom } from './credentials.ts';
import { googleAdsDescriptor } from './descriptor.ts';
import { endpointsFrom } from './endpoints.ts';
import { isStaleToken } from './errors.ts';
import { discoverAccounts } from './hierarchy.ts';
import { metricsQuery, structureQuery } from './queries.ts';
import { type OperationBudget, SharedPermits, sharedBudget } from './quota.ts';

/** Opens the reading side of Google Ads for one connection. */
export async function openGoogleAdsReader(
  access: PlatformAccess,
  options: { readonly policy?: Partial<ReadPolicy> } = {},
): Promise<PlatformReader> {
  const policy = { ...defaultReadPolicy, ...options.policy };
  assertVersion(access.apiVersion);
  const credentials = credentialsFrom(access.credentials);
  const endpoints = endpointsFrom(access.endpoints);
  const token = sharedAccessToken(credentials, endpoints.oauth, {
    timeoutMs: policy.answerTimeoutMs,
    renewed: access.renewed,
  });
  const budget = sharedBudget(credentials.developerToken, endpoints.api);
  // People copy ids as Google shows them, 910-000-0001.
  const manager = access.managerPlatformId?.replaceAll('-', '');
  const shared = access.limiter && new SharedPermits(access.limiter, credentials.developerToken, endpoints.api);
  return new GoogleAdsReader({ credentials, endpoints, token, policy }, { budget, shared }, manager);
}

/** The client package speaks one version: another one in the configuration would be ignored, so it is refused. */
function assertVersion(configured: string | undefined): void {
  const { apiVersion } = googleAdsDescriptor;
  if (configured === undefined || configured === apiVersion) return;
  throw new PlatformError(
    'rejected',
    `Google Ads BAD_VERSION: the configuration asks for ${configured}, but this release reads ${apiVersion}; remove the setting, or update the package google-ads-api.`,
    { platform: 'google-ads', platformCode: 'BAD_VERSION' },
  );
}

/** How fast this process asks, and what it shares with others where somebody shares. */
interface Pace {
  readonly budget: OperationBudget;
  readonly shared: SharedPermits | undefined;
}

class GoogleAdsReader implements PlatformReader {
  readonly #connection: Connection;
  readonly #pace: Pace;
  readonly #manager: string | undefined;

  constructor(connection: Connection, pace: Pace, manager: string | undefined) {
    this.#connection = connection;
    this.#pace = pace;
    this.#manager = manager;
  }

  async listAccounts(options: { readonly signal?: AbortSignal } = {}): Promise<readonly DiscoveredAccount[]> {
    const { signal } = options;
    const roots = this.#manager === undefined ? await this.#accessibleCustomerIds(signal) : [this.#manager];
    const accounts = await discoverAccounts(roots, (root, query) =>
      this.#pages({ customerId: root, loginCustomerId: root, signal }, query),
    );
    return withConversionTypes(accounts, ({ platformId, managerPlatformId }, query) =>
      this.#pages({ customerId: platformId, loginCustomerId: managerPlatformId, signal }, query),
    );
  }

  async *report(
    request: ReportRequest,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncIterable<readonly RawRow[]> {
    const { account } = request;
    const target = {
      customerId: account.platformId,
      loginCustomerId: account.managerPlatformId,
      signal: options.signal,
    };
    for (const query of queriesOf(request)) {
      for await (const page of this.#pages(target, query)) {
        for (const row of page) assertCurrency(row, account);
        yield page;
      }
    }
  }

  async #accessibleCustomerIds(signal: AbortSignal | undefined): Promise<readonly string[]> {
    const customer = new GoogleAdsCustomer(this.#connection, { customerId: '' });
    return this.#repeated(signal, () => customer.accessibleCustomerIds());
  }

  /**
   * The rows of one query in pages. A failure before the first page is repeated; after it the rows handed out cannot be
   * taken back, so it goes to the caller, whose whole extract can be repeated.
   */
  async *#pages(target: CustomerTarget, query: string): AsyncGenerator<readonly RawRow[]> {
    const { pageRows } = this.#connection.policy;
    const first = await this.#repeated(target.signal, async () => {
      const pages = inPages(new GoogleAdsCustomer(this.#connection, target).rows(query), pageRows);
      return { pages, opened: await pages.next() };
    });
    if (first.opened.done) return;
    try {
      yield first.opened.value;
      yield* first.pages;
    } finally {
      // A caller that stops at the first page has not touched the rest: hang up on its behalf.
      await first.pages.return(undefined);
    }
  }

  /** Runs one read operation within the budget, again as the policy says, and once with a new token when the old is unknown. */
  async #repeated<T>(signal: AbortSignal | undefined, operation: () => Promise<T>): Promise<T> {
    const { policy, token } = this.#connection;
    const { budget, shared } = this.#pace;
    let refreshed = false;
    for (let failures = 0; ; ) {
      await budget.take(policy.maxDelayMs, signal);
      await shared?.take(policy.maxDelayMs, signal);
      let shown: string | undefined;
      try {
        // Before the operation: a refused sign-in then speaks for itself and is not wrapped by whoever asked for the token.
        shown = await token.get();
        const result = await operation();
        budget.accepted();
        return result;
      } catch (error) {
        if (error instanceof PlatformError && error.kind === 'rate-limited') {
          budget.refused(error.retryAfterSeconds);
          await shared?.refused(error.retryAfterSeconds);
        }
        if (isStaleToken(error) && !refreshed && shown !== undefined) {
          refreshed = true;
          token.discard(shown);
          continue;
        }
        failures += 1;
        const decision = decideRetry(error, failures, policy, realRetryWorld.random);
        if (decision.kind === 'give-up') throw error;
        await realRetryWorld.wait(decision.afterMs, signal);
      }
    }
  }
}

function queriesOf(request: ReportRequest): readonly string[] {
  if (request.kind === 'structure') return [structureQuery(request.structure)];
  const windows = splitWindow(request.window, googleAdsDescriptor.limits.maxWindowDays);
  return windows.map((window) => metricsQuery(request.grain, window));
}

async function* inPages<T>(rows: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[], undefined> {
  let page: T[] = [];
  for await (const row of rows) {
    page.push(row);
    if (page.length === size) {
      yield page;
      page = [];
    }
  }
  if (page.length > 0) yield page;
  return undefined;
}

/** Money without its currency is no money: an account whose currency is not the one on record is not loaded. */
function assertCurrency(row: RawRow, account: AccountRef): void {
  const customer = row.customer as Readonly<Record<string, unknown>> | undefined;
  const answered = customer?.currencyCode;
  if (answered === account.currency) return;
  throw new PlatformError(
    'rejected',
    `Google Ads CURRENCY_MISMATCH: account ${account.platformId} is on record in ${account.currency} and answers in ${String(answered)}; list the accounts again.`,
    { platform: 'google-ads', platformCode: 'CURRENCY_MISMATCH' },
  );
}

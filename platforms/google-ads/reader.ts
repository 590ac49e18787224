import {
  type AccountRef,
  type DiscoveredAccount,
  type PlatformAccess,
  PlatformError,
  type PlatformReader,
  type RawRow,
  type ReportRequest,
} from '../../domain/integrations/platform.ts';
import { defaultReadPolicy, type ReadPolicy } from '../read-policy.ts';
import { splitWindow } from '../window.ts';
import { Calls } from './calls.ts';
import { type CustomerTarget, GoogleAdsCustomer } from './client.ts';
import { withConversionTypes } from './conversion-types.ts';
import { googleAdsDescriptor } from './descriptor.ts';
import { discoverAccounts } from './hierarchy.ts';
import { metricsQuery, structureQuery } from './queries.ts';

/** Opens the reading side of Google Ads for one connection. */
export async function openGoogleAdsReader(
  access: PlatformAccess,
  options: { readonly policy?: Partial<ReadPolicy> } = {},
): Promise<PlatformReader> {
  // People copy ids as Google shows them, 910-000-0001.
  const manager = access.managerPlatformId?.replaceAll('-', '');
  return new GoogleAdsReader(new Calls(access, { ...defaultReadPolicy, ...options.policy }), manager);
}

class GoogleAdsReader implements PlatformReader {
  readonly #calls: Calls;
  readonly #manager: string | undefined;

  constructor(calls: Calls, manager: string | undefined) {
    this.#calls = calls;
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
    const customer = new GoogleAdsCustomer(this.#calls.connection, { customerId: '' });
    return this.#calls.reading(signal, () => customer.accessibleCustomerIds());
  }

  /**
   * The rows of one query in pages. A failure before the first page is repeated; after it the rows handed out cannot be
   * taken back, so it goes to the caller, whose whole extract can be repeated.
   */
  async *#pages(target: CustomerTarget, query: string): AsyncGenerator<readonly RawRow[]> {
    const { pageRows } = this.#calls.connection.policy;
    const first = await this.#calls.reading(target.signal, async () => {
      const pages = inPages(new GoogleAdsCustomer(this.#calls.connection, target).rows(query), pageRows);
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

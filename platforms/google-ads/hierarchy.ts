import { type DiscoveredAccount, PlatformError, type RawRow } from '../../domain/integrations/platform.ts';
import { RawFields, UnusableField } from '../raw-fields.ts';
import { accountsQuery } from './queries.ts';

/** Runs a query on a customer that is its own login customer. */
export type RunQuery = (customerId: string, query: string) => AsyncIterable<readonly RawRow[]>;

/**
 * The advertising accounts below some customers, managers resolved and left out: they spend nothing themselves. An
 * account reached several ways is taken directly where that is possible, else through the first manager that has it.
 * Disabled accounts are listed as such; a disabled root answers nothing about itself, so it is found only through a
 * manager.
 */
export async function discoverAccounts(roots: readonly string[], run: RunQuery): Promise<readonly DiscoveredAccount[]> {
  const found = new Map<string, DiscoveredAccount>();
  for (const root of roots) {
    for (const account of await accountsBelow(root, roots.length > 1, run)) {
      const known = found.get(account.platformId);
      if (!known || (known.managerPlatformId !== undefined && account.managerPlatformId === undefined)) {
        found.set(account.platformId, account);
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.platformId < b.platformId ? -1 : 1));
}

async function accountsBelow(root: string, others: boolean, run: RunQuery): Promise<readonly DiscoveredAccount[]> {
  const accounts: DiscoveredAccount[] = [];
  try {
    for await (const page of run(root, accountsQuery)) {
      for (const row of page) {
        const account = accountIn(row, root);
        if (account) accounts.push(account);
      }
    }
  } catch (error) {
    // One closed account among several must not hide the rest; alone it is the answer.
    if (others && error instanceof PlatformError && error.platformCode === 'CUSTOMER_NOT_ENABLED') return [];
    throw error;
  }
  return accounts;
}

/** `undefined` for a manager. */
function accountIn(row: RawRow, root: string): DiscoveredAccount | undefined {
  const fields = new RawFields(row);
  try {
    if (fields.flag('customerClient.manager')) return undefined;
    const platformId = fields.id('customerClient.id');
    return {
      platformId,
      name: fields.optionalText('customerClient.descriptiveName') ?? `Account ${platformId}`,
      currency: fields.text('customerClient.currencyCode'),
      timeZone: fields.text('customerClient.timeZone'),
      status: fields.text('customerClient.status') === 'ENABLED' ? 'enabled' : 'disabled',
      ...(platformId === root ? {} : { managerPlatformId: root }),
    };
  } catch (error) {
    if (!(error instanceof UnusableField)) throw error;
    const { field, reason } = error.rejection;
    throw new PlatformError(
      'unavailable',
      `Google Ads UNREADABLE_ANSWER: account list of ${root}: ${field}: ${reason}`,
      {
        platform: 'google-ads',
        platformCode: 'UNREADABLE_ANSWER',
      },
    );
  }
}

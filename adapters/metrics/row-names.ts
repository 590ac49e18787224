import type { MetricRow } from '../../contracts/schemas/metrics.ts';
import type { AccountRecord } from '../stores/account-store.ts';
import type { WorkspaceStores } from '../stores/stores.ts';
import type { NameCache, ReadNames } from './name-cache.ts';

/** One BatchGetItem each, this many at a time. */
const idsPerRead = 100;
const readsAtOnce = 16;

type NameStore = { names(ids: readonly string[]): Promise<Map<string, string>> };

/** Names from the state, in as many reads at once as it bears. */
export const readFrom =
  (store: NameStore): ReadNames =>
  async (ids) => {
    const names = new Map<string, string>();
    for (let start = 0; start < ids.length; start += idsPerRead * readsAtOnce) {
      const reads: Promise<Map<string, string>>[] = [];
      const end = Math.min(ids.length, start + idsPerRead * readsAtOnce);
      for (let at = start; at < end; at += idsPerRead) reads.push(store.names(ids.slice(at, at + idsPerRead)));
      for (const found of await Promise.all(reads)) for (const [id, name] of found) names.set(id, name);
    }
    return names;
  };

/**
 * The rows with the present names of what they speak of. Facts hold ids only, so a renamed campaign has one row; what the
 * platform never listed has no name.
 */
export async function withNames(
  rows: readonly MetricRow[],
  stores: Pick<WorkspaceStores, 'campaigns' | 'adGroups' | 'ads'>,
  accounts: ReadonlyMap<string, AccountRecord>,
  cached: NameCache = (read, ids) => read(ids),
): Promise<MetricRow[]> {
  const namesOf = (store: NameStore, idOf: (row: MetricRow) => string | undefined) =>
    cached(readFrom(store), [...new Set(rows.flatMap((row) => idOf(row) ?? []))]);
  const [campaigns, adGroups, ads] = await Promise.all([
    namesOf(stores.campaigns, (row) => row.campaignId),
    namesOf(stores.adGroups, (row) => row.adGroupId),
    namesOf(stores.ads, (row) => row.adId),
  ]);
  const named = (field: string, name: string | undefined) => (name === undefined ? {} : { [field]: name });
  return rows.map((row) => ({
    ...row,
    ...named('accountName', accounts.get(row.accountId ?? '')?.name),
    ...named('campaignName', campaigns.get(row.campaignId ?? '')),
    ...named('adGroupName', adGroups.get(row.adGroupId ?? '')),
    ...named('adName', ads.get(row.adId ?? '')),
  }));
}

import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { MetricRow } from '../../../contracts/schemas/metrics.ts';

type Named = { readonly name: string };

/** One BatchGetItem each, this many at a time. */
const idsPerRead = 100;
const readsAtOnce = 16;

async function namesOf<T extends Named>(
  store: { getMany(ids: readonly string[]): Promise<Map<string, T>> },
  ids: readonly (string | undefined)[],
): Promise<Map<string, T>> {
  const wanted = [...new Set(ids.filter((id) => id !== undefined))];
  const names = new Map<string, T>();
  for (let start = 0; start < wanted.length; start += idsPerRead * readsAtOnce) {
    const reads: Promise<Map<string, T>>[] = [];
    const end = Math.min(wanted.length, start + idsPerRead * readsAtOnce);
    for (let at = start; at < end; at += idsPerRead) reads.push(store.getMany(wanted.slice(at, at + idsPerRead)));
    for (const found of await Promise.all(reads)) for (const [id, record] of found) names.set(id, record);
  }
  return names;
}

/**
 * The rows with the present names of what they speak of. Facts hold ids only, so a renamed campaign has one row; what the
 * platform never listed has no name.
 */
export async function withNames(
  rows: readonly MetricRow[],
  stores: Pick<WorkspaceStores, 'campaigns' | 'adGroups' | 'ads'>,
  accounts: ReadonlyMap<string, AccountRecord>,
): Promise<MetricRow[]> {
  const [campaigns, adGroups, ads] = await Promise.all([
    namesOf(
      stores.campaigns,
      rows.map((row) => row.campaignId),
    ),
    namesOf(
      stores.adGroups,
      rows.map((row) => row.adGroupId),
    ),
    namesOf(
      stores.ads,
      rows.map((row) => row.adId),
    ),
  ]);
  const named = (field: string, id: string | undefined, names: ReadonlyMap<string, Named>) => {
    const name = id === undefined ? undefined : names.get(id)?.name;
    return name === undefined ? {} : { [field]: name };
  };
  return rows.map((row) => ({
    ...row,
    ...named('accountName', row.accountId, accounts),
    ...named('campaignName', row.campaignId, campaigns),
    ...named('adGroupName', row.adGroupId, adGroups),
    ...named('adName', row.adId, ads),
  }));
}

import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { CampaignBudget } from '../../../domain/changes/spend-effect.ts';
import { AppError } from '../../../domain/errors.ts';
import type { WriteRules } from '../../../domain/integrations/platform-writer.ts';
import type { StructureStores } from './known-things.ts';

const pageSize = 1_000;
/** A workspace with more enabled campaigns, or ad groups that keep budgets, is refused rather than reckoned in part. */
const pageLimit = 50;

/** Daily budgets of the whole workspace as its structure was last loaded: of what is enabled, and of the campaigns named. */
export async function budgetsNow(
  stores: StructureStores,
  accounts: readonly AccountRecord[],
  rulesOf: (platform: AccountRecord['platform']) => WriteRules,
  named: { readonly campaigns: readonly string[]; readonly adGroups: readonly string[] },
): Promise<CampaignBudget[]> {
  const withAdGroups = accounts.filter(({ platform }) => rulesOf(platform).budgetLevels.includes('ad-group'));
  const [enabled, others, adGroups, namedAdGroups] = await Promise.all([
    everyPage((cursor) => stores.campaigns.list({ status: 'enabled', limit: pageSize, ...cursor })),
    stores.campaigns.getMany(named.campaigns),
    Promise.all(
      withAdGroups.map(({ id }) =>
        everyPage((cursor) => stores.adGroups.list({ accountId: id, status: 'enabled', limit: pageSize, ...cursor })),
      ),
    ),
    stores.adGroups.getMany(named.adGroups),
  ]);
  const campaigns = new Map([...enabled, ...others.values()].map((one) => [one.id, one]));
  const children = new Map([...adGroups.flat(), ...namedAdGroups.values()].map((one) => [one.id, one]));
  const byCampaign = Map.groupBy(children.values(), (one) => one.campaignId);
  const holder = (one: { id: string; status: string; dailyBudgetMicros: number | null }) => ({
    id: one.id,
    enabled: one.status === 'enabled',
    dailyBudgetMicros: one.dailyBudgetMicros,
  });
  return [...campaigns.values()].map((campaign) => ({
    ...holder(campaign),
    accountId: campaign.accountId,
    adGroups: (byCampaign.get(campaign.id) ?? []).map(holder),
  }));
}

async function everyPage<T>(
  page: (cursor: { cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: { cursor?: string } = {};
  for (let turn = 0; turn < pageLimit; turn += 1) {
    const { items: some, nextCursor } = await page(cursor);
    items.push(...some);
    if (nextCursor === null) return items;
    cursor = { cursor: nextCursor };
  }
  throw new AppError(
    'conflict',
    `There are more than ${pageLimit * pageSize} enabled objects with budgets: the effect on spend cannot be reckoned in one answer.`,
  );
}

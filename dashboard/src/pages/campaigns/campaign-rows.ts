import type { Account, Campaign, MetricsAnswer, MetricValues } from '../../../../sdks/javascript/src/generated/api.ts';
import { noValues } from '../../format/metrics.ts';
import { platformName } from '../../format/platforms.ts';

export interface CampaignRow {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly platform: string;
  readonly platformId: string;
  readonly type: string;
  readonly status: Campaign['status'];
  /** Of the account; the budget is in it. */
  readonly budgetCurrency: string;
  readonly dailyBudgetMicros: number | null;
  /** Null when nobody knows: the account failed to load, so that 0 would be a lie. */
  readonly values: MetricValues | null;
  /** The field that shows what is being applied and not yet so on the platform. */
  readonly pending?: 'budget' | 'status';
}

/** Campaigns with their numbers of the period. One without facts has spent nothing, if its account is loaded. */
export function campaignRows(
  campaigns: readonly Campaign[],
  accounts: readonly Account[],
  pages: readonly MetricsAnswer[],
): CampaignRow[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const isKnown = (account: Account | undefined): boolean =>
    account !== undefined && account.lastLoadedAt !== null && account.lastError === null;
  const values = new Map(pages.flatMap(({ rows }) => rows).map((row) => [row.campaignId, row.values]));
  return campaigns.map((campaign) => ({
    id: campaign.id,
    name: campaign.name,
    accountId: campaign.accountId,
    accountName: byId.get(campaign.accountId)?.name ?? campaign.accountId,
    platform: campaign.platform,
    platformId: campaign.platformId,
    type: campaign.type,
    status: campaign.status,
    budgetCurrency: campaign.currency,
    dailyBudgetMicros: campaign.dailyBudgetMicros,
    values: values.get(campaign.id) ?? (isKnown(byId.get(campaign.accountId)) ? noValues : null),
  }));
}

export interface CampaignFilter {
  readonly text: string;
  /** Empty for all of them, as the others. */
  readonly platform: string;
  readonly accountId: string;
  readonly status: string;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word must occur in the name, platform, account, type or id; accents and case do not matter. */
export function filterRows(
  rows: readonly CampaignRow[],
  { text, platform, accountId, status }: CampaignFilter,
): CampaignRow[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (platform !== '' && row.platform !== platform) return false;
    if (accountId !== '' && row.accountId !== accountId) return false;
    if (status !== '' && row.status !== status) return false;
    if (words.length === 0) return true;
    const own = plain(`${row.name} ${platformName(row.platform)} ${row.accountName} ${row.type} ${row.platformId}`);
    return words.every((word) => own.includes(word));
  });
}

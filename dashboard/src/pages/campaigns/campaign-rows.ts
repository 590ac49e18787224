import type { Account, Campaign, MetricsAnswer, MetricValues } from '../../../../sdks/javascript/src/generated/api.ts';
import { noValues } from '../../format/metrics.ts';

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
  readonly values: MetricValues;
}

/** Campaigns with their numbers of the period; one without facts has spent nothing. */
export function campaignRows(
  campaigns: readonly Campaign[],
  accounts: readonly Account[],
  pages: readonly MetricsAnswer[],
): CampaignRow[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const values = new Map(pages.flatMap(({ rows }) => rows).map((row) => [row.campaignId, row.values]));
  return campaigns.map((campaign) => ({
    id: campaign.id,
    name: campaign.name,
    accountId: campaign.accountId,
    accountName: names.get(campaign.accountId) ?? campaign.accountId,
    platform: campaign.platform,
    platformId: campaign.platformId,
    type: campaign.type,
    status: campaign.status,
    budgetCurrency: campaign.currency,
    dailyBudgetMicros: campaign.dailyBudgetMicros,
    values: values.get(campaign.id) ?? noValues,
  }));
}

export interface CampaignFilter {
  readonly text: string;
  readonly accountId: string;
  readonly status: string;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Every word must occur in the name, account, type or id; accents and case do not matter. */
export function filterRows(rows: readonly CampaignRow[], { text, accountId, status }: CampaignFilter): CampaignRow[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    if (accountId !== '' && row.accountId !== accountId) return false;
    if (status !== '' && row.status !== status) return false;
    if (words.length === 0) return true;
    const own = plain(`${row.name} ${row.accountName} ${row.type} ${row.platformId}`);
    return words.every((word) => own.includes(word));
  });
}

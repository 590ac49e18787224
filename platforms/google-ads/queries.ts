import type { DateWindow, Grain, StructureKind } from '../../domain/integrations/platform.ts';

/** What a report selects and from which resource; fields in GAQL spelling. */
interface Selection {
  readonly from: string;
  readonly fields: readonly string[];
}

const account = ['customer.id', 'customer.currency_code'] as const;
const measures = [
  'segments.date',
  'metrics.impressions',
  'metrics.clicks',
  'metrics.cost_micros',
  'metrics.conversions',
  'metrics.conversions_value',
] as const;

/** One resource a grain: a finer one lacks Performance Max and video spend, so none is derived from another. */
const metricSelections: Readonly<Record<Grain, Selection>> = {
  account: { from: 'customer', fields: [] },
  campaign: { from: 'campaign', fields: ['campaign.id'] },
  'ad-group': { from: 'ad_group', fields: ['campaign.id', 'ad_group.id'] },
  ad: { from: 'ad_group_ad', fields: ['campaign.id', 'ad_group.id', 'ad_group_ad.ad.id'] },
  keyword: { from: 'keyword_view', fields: ['campaign.id', 'ad_group.id', 'ad_group_criterion.criterion_id'] },
};

const structureSelections: Readonly<Record<StructureKind, Selection>> = {
  campaign: {
    from: 'campaign',
    fields: [
      'campaign.id',
      'campaign.name',
      'campaign.status',
      'campaign.advertising_channel_type',
      'campaign_budget.period',
      'campaign_budget.amount_micros',
    ],
  },
  'ad-group': {
    from: 'ad_group',
    fields: ['campaign.id', 'ad_group.id', 'ad_group.name', 'ad_group.status', 'ad_group.type'],
  },
  ad: {
    from: 'ad_group_ad',
    fields: [
      'campaign.id',
      'ad_group.id',
      'ad_group_ad.ad.id',
      'ad_group_ad.ad.name',
      'ad_group_ad.ad.type',
      'ad_group_ad.status',
    ],
  },
};

/** Daily metrics of one grain over a window, both ends included. Rows without impressions or spend are not answered. */
export function metricsQuery(grain: Grain, window: DateWindow): string {
  const { from, fields } = metricSelections[grain];
  return `SELECT ${[...account, ...fields, ...measures].join(', ')} FROM ${from} WHERE segments.date BETWEEN '${window.from}' AND '${window.to}'`;
}

/** Everything of one kind that exists or existed. */
export function structureQuery(structure: StructureKind): string {
  const { from, fields } = structureSelections[structure];
  return `SELECT ${[...account, ...fields].join(', ')} FROM ${from}`;
}

/** A manager's accounts with their own managers' accounts, itself included (level 0). */
export const accountsQuery = `SELECT ${[
  'customer_client.id',
  'customer_client.descriptive_name',
  'customer_client.currency_code',
  'customer_client.time_zone',
  'customer_client.status',
  'customer_client.manager',
  'customer_client.level',
].join(', ')} FROM customer_client`;

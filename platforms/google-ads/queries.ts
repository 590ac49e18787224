import type { DateWindow, Grain, StructureKind } from '../../domain/integrations/platform.ts';
import { fieldsOf, reports } from './reports.ts';

/** What a query selects and from which resource; fields in GAQL spelling. */
interface Selection {
  readonly from: string;
  readonly fields: readonly string[];
}

const account = ['customer.id', 'customer.currency_code'] as const;

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
      'ad_group_ad.ad.final_urls',
      'ad_group_ad.ad.responsive_search_ad.headlines',
      'ad_group_ad.ad.responsive_search_ad.descriptions',
      'ad_group_ad.ad.responsive_display_ad.headlines',
      'ad_group_ad.ad.responsive_display_ad.descriptions',
      'ad_group_ad.ad.responsive_display_ad.call_to_action_text',
      'ad_group_ad.ad.video_responsive_ad.headlines',
      'ad_group_ad.ad.video_responsive_ad.descriptions',
      'ad_group_ad.ad.video_responsive_ad.call_to_actions',
      'ad_group_ad.ad.video_responsive_ad.videos',
      'ad_group_ad.ad.video_ad.video.asset',
      'ad_group_ad.ad.image_ad.image_url',
    ],
  },
};

/** Daily metrics of one grain over a window, both ends included. Rows without impressions or spend are not answered. */
export function metricsQuery(grain: Grain, window: DateWindow): string {
  const report = reports[grain];
  const fields = new Set([...account, ...fieldsOf(report)]);
  return `SELECT ${[...fields].join(', ')} FROM ${report.from} WHERE segments.date BETWEEN '${window.from}' AND '${window.to}'`;
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

/** The conversion actions that `metrics.conversions` counts, removed ones excepted: they credit nothing any more. */
export const conversionActionsQuery = `SELECT ${[
  'conversion_action.id',
  'conversion_action.name',
  'conversion_action.click_through_lookback_window_days',
  'conversion_action.view_through_lookback_window_days',
].join(
  ', ',
)} FROM conversion_action WHERE conversion_action.status != 'REMOVED' AND conversion_action.include_in_conversions_metric = TRUE`;

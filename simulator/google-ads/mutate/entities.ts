/** What mutates may be of: the operations of MutateOperation that the simulator models. */
export const entities = [
  'campaign_budget',
  'campaign',
  'campaign_criterion',
  'ad_group',
  'ad_group_criterion',
  'ad_group_ad',
  'asset',
  'asset_group',
  'asset_group_asset',
] as const;
export type EntityName = (typeof entities)[number];

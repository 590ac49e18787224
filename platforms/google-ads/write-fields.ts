/**
 * Fields of mutates in the words of our operations: whoever wrote an operation looks for what they wrote. Steps of a path as Google
 * names it, without what stands around every resource; the longest table entry that ends the path counts.
 */
const ours: readonly (readonly [RegExp, (index: string) => string])[] = [
  [/campaign_budget_operation\..*amount_micros$/, () => 'dailyBudget'],
  [/(campaign|ad_group|asset_group|asset)_operation\.(create|update)\.name$/, () => 'name'],
  [/\.contains_eu_political_advertising$/, () => 'politicalAdvertising'],
  [/\.start_date_time$/, () => 'startDate'],
  [/\.end_date_time$/, () => 'endDate'],
  [/\.final_url_suffix$/, () => 'utmTemplate'],
  [/\.advertising_channel_type$/, () => 'type'],
  [/\.(cpc_bid_micros|cpc_bid_ceiling_micros|target_cpa_micros)$/, () => 'bidding.amount'],
  [/\.target_roas$/, () => 'bidding.targetRoas'],
  [
    /\.(campaign_bidding_strategy|manual_cpc|target_spend|maximize_conversions|maximize_conversion_value)$/,
    () => 'bidding.strategy',
  ],
  [/\.headlines\[(\d+)\](\.text)?$/, (index) => `creative.headlines.${index}`],
  [/\.headlines$/, () => 'creative.headlines'],
  [/\.descriptions\[(\d+)\](\.text)?$/, (index) => `creative.descriptions.${index}`],
  [/\.descriptions$/, () => 'creative.descriptions'],
  [/\.path([12])$/, (index) => `creative.path.${Number(index) - 1}`],
  [/\.final_urls(\[\d+\])?$/, () => 'creative.landingPageUrl'],
  [/\.image_asset\.data$/, () => 'url'],
  [/_criterion_operation\..*\.keyword\.text$/, () => 'targeting.keywords'],
  [/\.geo_target_constant$/, () => 'targeting.countries'],
  [/\.language_constant$/, () => 'targeting.languages'],
  [/\.user_list$/, () => 'targeting.audiences'],
];

/** Our name of a field, or Google's path where we have none. */
export function fieldNamed(path: string): string {
  for (const [pattern, name] of ours) {
    const found = pattern.exec(path);
    if (found !== null) return name(found[1] ?? '');
  }
  return path;
}

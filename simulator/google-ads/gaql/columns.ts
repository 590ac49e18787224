import type { Breakdown } from '../../market/breakdowns.ts';
import { type Day, isoOf, weekdayOf } from '../../market/calendar.ts';
import type { Measures } from '../../market/market.ts';
import type { Settings, Status } from '../../market/world.ts';
import type { Criterion } from '../mutate/criterion.ts';
import { ageCriteria, countryCriterion, deviceTypes, genderCriteria, networkTypes } from './criteria.ts';
import { monday, monthStart, quarterStart } from './date-ranges.ts';
import type { Subject } from './subject.ts';

/** `undefined` is a field without a value: absent from the answer, matched by IS NULL. */
export type Value = string | number | boolean | readonly string[] | undefined;

const upper = (status: Status | undefined): string | undefined => status?.toUpperCase();
const customerName = (s: Subject) => `customers/${s.account.id}`;

function assetName(s: Subject): string {
  return `${customerName(s)}/assets/${s.asset?.id ?? s.media?.id}`;
}
const fieldTypeOf = (s: Subject) => s.asset?.kind.toUpperCase();
/** Campaigns target the market's own country; who is elsewhere was shown an ad for another reason. */
const isTargeted = (s: Subject) => s.country === s.account.market;

/** Texts of a video ad; an empty list is not written. */
const inVideo = (s: Subject, texts: readonly string[] = []) =>
  s.ad?.format === 'video' && texts.length > 0 ? texts : undefined;

/** The resource name each message carries in every row it appears in. */
export const resourceNames: Readonly<Record<string, (s: Subject) => string>> = {
  customer: customerName,
  customer_client: (s) => `${customerName(s)}/customerClients/${s.client?.account.id}`,
  campaign: (s) => `${customerName(s)}/campaigns/${s.campaign?.id}`,
  campaign_budget: (s) => `${customerName(s)}/campaignBudgets/${s.campaign?.budgetId}`,
  ad_group: (s) => `${customerName(s)}/adGroups/${s.adGroup?.id}`,
  ad_group_ad: (s) => `${customerName(s)}/adGroupAds/${s.adGroup?.id}~${s.ad?.id}`,
  'ad_group_ad.ad': (s) => `${customerName(s)}/ads/${s.ad?.id}`,
  ad_group_criterion: (s) => `${customerName(s)}/adGroupCriteria/${s.adGroup?.id}~${criterionIdOf(s)}`,
  keyword_view: (s) => `${customerName(s)}/keywordViews/${s.adGroup?.id}~${s.keyword?.id}`,
  asset_group: (s) => `${customerName(s)}/assetGroups/${s.assetGroup?.id}`,
  asset: assetName,
  campaign_criterion: (s) => `${customerName(s)}/campaignCriteria/${s.campaign?.id}~${s.criterion?.id}`,
  conversion_action: (s) => `${customerName(s)}/conversionActions/${s.conversionAction?.id}`,
  search_term_view: (s) =>
    `${customerName(s)}/searchTermViews/${s.campaign?.id}~${s.adGroup?.id}~${Buffer.from(s.searchTerm ?? '').toString('base64url')}`,
  ad_group_ad_asset_view: (s) =>
    `${customerName(s)}/adGroupAdAssetViews/${s.adGroup?.id}~${s.ad?.id}~${s.asset?.id}~${fieldTypeOf(s)}`,
  age_range_view: (s) => `${customerName(s)}/ageRangeViews/${s.adGroup?.id}~${s.criterionId}`,
  gender_view: (s) => `${customerName(s)}/genderViews/${s.adGroup?.id}~${s.criterionId}`,
  user_location_view: (s) =>
    `${customerName(s)}/userLocationViews/${countryCriterion(s.country) ?? 0}~${isTargeted(s) ? 'TARGETING' : 'NOT_TARGETING'}`,
};

const channelTypes: Readonly<Record<string, string>> = {
  search: 'SEARCH',
  'performance-max': 'PERFORMANCE_MAX',
  video: 'VIDEO',
};
const biddingTypes = {
  'manual-cpc': 'MANUAL_CPC',
  'maximize-clicks': 'TARGET_SPEND',
  // Google has nothing of the name; its writes refuse it.
  'maximize-delivery': 'UNSPECIFIED',
  'target-roas': 'TARGET_ROAS',
  'maximize-conversions': 'MAXIMIZE_CONVERSIONS',
  'maximize-conversion-value': 'MAXIMIZE_CONVERSION_VALUE',
  'target-cpa': 'TARGET_CPA',
  'target-cpm': 'TARGET_CPM',
} as const;

const channel = (s: Subject) => (s.campaign === undefined ? undefined : channelTypes[s.campaign.channel]);
const accountStatus = (s: Subject) => (s.client?.account.status === 'disabled' ? 'CANCELED' : 'ENABLED');
const statusOf = (s: Subject, entity: Parameters<Subject['settings']>[0] | undefined) =>
  entity === undefined ? undefined : upper(s.settings(entity).status);
const eligibility = (s: Subject, entity: Parameters<Subject['settings']>[0] | undefined) =>
  ({ ENABLED: 'ELIGIBLE', PAUSED: 'PAUSED', REMOVED: 'REMOVED' })[statusOf(s, entity) ?? ''];

const criterionIdOf = (s: Subject) => s.keyword?.id ?? s.criterion?.id ?? s.criterionId;
/** What an edit kept of an object in Google's own words. */
const ownText = (entity: { readonly own?: Readonly<Record<string, unknown>> } | undefined, key: string): Value => {
  const value = entity?.own?.[key];
  return typeof value === 'string' ? value : undefined;
};
const criterionValue = (s: Subject, type: Criterion['type']): Value =>
  s.criterion?.type === type ? s.criterion.value : undefined;

/** Of the bidding strategy in force, where Google shows it in the member of this type. */
const bidAmount = (s: Subject, type: string): Value =>
  strategyType(s) === type && s.campaign !== undefined ? s.settings(s.campaign).bids?.amountMicros : undefined;
const bidRoas = (s: Subject, type: string): Value =>
  strategyType(s) === type && s.campaign !== undefined ? s.settings(s.campaign).bids?.targetRoas : undefined;
function strategyType(s: Subject): Value {
  if (s.campaign === undefined) return undefined;
  return ownText(s.campaign, 'biddingType') ?? biddingTypes[s.campaign.bidding];
}

type Reviewed = { readonly id: string; readonly settings: Settings };
const because = (reasons: readonly (string | false | undefined)[]): Value => {
  const given = reasons.filter((reason): reason is string => typeof reason === 'string');
  return given.length === 0 ? undefined : given;
};
const campaignReasons = (s: Subject): readonly (string | false)[] => [
  statusOf(s, s.campaign) === 'PAUSED' && 'CAMPAIGN_PAUSED',
  statusOf(s, s.campaign) === 'REMOVED' && 'CAMPAIGN_REMOVED',
];
const approvals: Readonly<Record<string, string>> = { approved: 'APPROVED', rejected: 'DISAPPROVED' };
const inReview = (s: Subject, entity: Reviewed | undefined) =>
  entity === undefined ? undefined : s.standing(entity)?.review;
const dateAt = (s: Subject, side: 'startDate' | 'endDate', clock: string): Value => {
  const date = s.campaign === undefined ? undefined : s.settings(s.campaign)[side];
  return typeof date === 'string' ? `${date} ${clock}` : undefined;
};

/** Fields that describe an object, beside its resource name. */
export const attributes: Readonly<Record<string, (s: Subject) => Value>> = {
  'customer.id': (s) => s.account.id,
  'customer.descriptive_name': (s) => s.account.name,
  'customer.currency_code': (s) => s.account.currency,
  'customer.time_zone': (s) => s.account.timeZone,
  'customer.manager': (s) => s.account.kind === 'manager',
  'customer.status': (s) => (s.account.status === 'disabled' ? 'CANCELED' : 'ENABLED'),
  'customer.test_account': () => false,
  'customer.auto_tagging_enabled': () => true,

  'customer_client.id': (s) => s.client?.account.id,
  'customer_client.client_customer': (s) => `customers/${s.client?.account.id}`,
  'customer_client.descriptive_name': (s) => s.client?.account.name,
  'customer_client.currency_code': (s) => s.client?.account.currency,
  'customer_client.time_zone': (s) => s.client?.account.timeZone,
  'customer_client.level': (s) => s.client?.level,
  'customer_client.manager': (s) => s.client?.account.kind === 'manager',
  'customer_client.status': accountStatus,
  'customer_client.hidden': () => false,
  'customer_client.test_account': () => false,

  'campaign.id': (s) => s.campaign?.id,
  'campaign.name': (s) => s.campaign?.name,
  'campaign.status': (s) => statusOf(s, s.campaign),
  'campaign.serving_status': (s) => (statusOf(s, s.campaign) === 'REMOVED' ? 'ENDED' : 'SERVING'),
  'campaign.primary_status': (s) => eligibility(s, s.campaign),
  'campaign.advertising_channel_type': channel,
  'campaign.primary_status_reasons': (s) =>
    because([
      ...campaignReasons(s),
      s.campaign !== undefined && s.standing(s.campaign)?.learning === true && 'BIDDING_STRATEGY_LEARNING',
    ]),
  'campaign.bidding_strategy_type': strategyType,
  'campaign.maximize_conversions.target_cpa_micros': (s) => bidAmount(s, 'MAXIMIZE_CONVERSIONS'),
  'campaign.maximize_conversion_value.target_roas': (s) => bidRoas(s, 'MAXIMIZE_CONVERSION_VALUE'),
  'campaign.target_cpa.target_cpa_micros': (s) => bidAmount(s, 'TARGET_CPA'),
  'campaign.target_roas.target_roas': (s) => bidRoas(s, 'TARGET_ROAS'),
  'campaign.target_spend.cpc_bid_ceiling_micros': (s) => bidAmount(s, 'TARGET_SPEND'),
  'campaign.final_url_suffix': (s) => ownText(s.campaign, 'finalUrlSuffix'),
  'campaign.tracking_url_template': (s) => ownText(s.campaign, 'trackingUrlTemplate'),
  'campaign.start_date_time': (s) => dateAt(s, 'startDate', '00:00:00'),
  'campaign.end_date_time': (s) => dateAt(s, 'endDate', '23:59:59'),
  'campaign.campaign_budget': (s) => resourceNames['campaign_budget']?.(s),
  'campaign.contains_eu_political_advertising': (s) =>
    ownText(s.campaign, 'euPolitical') ?? 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',

  'campaign_budget.id': (s) => s.campaign?.budgetId,
  'campaign_budget.name': (s) => s.campaign?.name,
  'campaign_budget.amount_micros': (s) =>
    s.campaign === undefined ? undefined : s.settings(s.campaign).dailyBudgetMicros,
  'campaign_budget.delivery_method': () => 'STANDARD',
  'campaign_budget.explicitly_shared': () => false,
  'campaign_budget.period': () => 'DAILY',
  'campaign_budget.status': (s) => (statusOf(s, s.campaign) === 'REMOVED' ? 'REMOVED' : 'ENABLED'),
  'campaign_budget.type': () => 'STANDARD',
  'campaign_budget.reference_count': (s) => (statusOf(s, s.campaign) === 'REMOVED' ? 0 : 1),

  'ad_group.id': (s) => s.adGroup?.id,
  'ad_group.name': (s) => s.adGroup?.name,
  'ad_group.status': (s) => statusOf(s, s.adGroup),
  'ad_group.primary_status': (s) => eligibility(s, s.adGroup),
  'ad_group.primary_status_reasons': (s) =>
    because([
      ...campaignReasons(s),
      statusOf(s, s.adGroup) === 'PAUSED' && 'AD_GROUP_PAUSED',
      statusOf(s, s.adGroup) === 'REMOVED' && 'AD_GROUP_REMOVED',
    ]),
  'ad_group.type': (s) => (s.campaign?.channel === 'video' ? 'VIDEO_RESPONSIVE' : 'SEARCH_STANDARD'),
  'ad_group.campaign': (s) => resourceNames['campaign']?.(s),
  'ad_group.cpc_bid_micros': (s) => {
    if (s.adGroup === undefined || s.campaign === undefined) return undefined;
    return s.settings(s.adGroup).bidMicros || s.settings(s.campaign).bidMicros;
  },

  'ad_group_ad.status': (s) => statusOf(s, s.ad),
  'ad_group_ad.primary_status': (s) => eligibility(s, s.ad),
  'ad_group_ad.policy_summary.review_status': (s) =>
    inReview(s, s.ad) === 'in-review' ? 'REVIEW_IN_PROGRESS' : 'REVIEWED',
  'ad_group_ad.policy_summary.approval_status': (s) => approvals[inReview(s, s.ad) ?? ''],
  'ad_group_ad.ad_group': (s) => resourceNames['ad_group']?.(s),
  'ad_group_ad.ad.id': (s) => s.ad?.id,
  'ad_group_ad.ad.name': (s) => s.ad?.name || undefined,
  'ad_group_ad.ad.type': (s) => (s.ad?.format === 'video' ? 'VIDEO_RESPONSIVE_AD' : 'RESPONSIVE_SEARCH_AD'),
  'ad_group_ad.ad.final_urls': (s) => (s.ad === undefined ? undefined : [s.ad.finalUrl]),
  'ad_group_ad.ad.final_url_suffix': (s) => ownText(s.ad, 'finalUrlSuffix'),
  'ad_group_ad.ad.responsive_search_ad.headlines': (s) =>
    s.ad?.format === 'responsive-search' ? s.ad.headlines : undefined,
  'ad_group_ad.ad.responsive_search_ad.descriptions': (s) =>
    s.ad?.format === 'responsive-search' ? s.ad.descriptions : undefined,

  'ad_group_ad.ad.responsive_search_ad.path1': (s) => ownText(s.ad, 'path1'),
  'ad_group_ad.ad.responsive_search_ad.path2': (s) => ownText(s.ad, 'path2'),

  'ad_group_ad.ad.video_responsive_ad.headlines': (s) => inVideo(s, s.ad?.headlines),
  'ad_group_ad.ad.video_responsive_ad.descriptions': (s) => inVideo(s, s.ad?.descriptions),
  'ad_group_ad.ad.video_responsive_ad.call_to_actions': () => undefined,
  'ad_group_ad.ad.video_responsive_ad.videos': (s) =>
    s.ad?.format === 'video' ? [`${customerName(s)}/assets/${s.ad.mediaId ?? s.ad.id}`] : undefined,
  // Types of ads that the shop has none of.
  'ad_group_ad.ad.responsive_display_ad.headlines': () => undefined,
  'ad_group_ad.ad.responsive_display_ad.descriptions': () => undefined,
  'ad_group_ad.ad.responsive_display_ad.call_to_action_text': () => undefined,
  'ad_group_ad.ad.video_ad.video.asset': () => undefined,
  'ad_group_ad.ad.image_ad.image_url': () => undefined,

  'ad_group_criterion.criterion_id': criterionIdOf,
  'ad_group_criterion.status': (s) => (s.keyword === undefined ? 'ENABLED' : statusOf(s, s.keyword)),
  'ad_group_criterion.type': (s) =>
    s.criterion !== undefined
      ? s.criterion.type
      : s.gender === undefined
        ? s.ageRange === undefined
          ? 'KEYWORD'
          : 'AGE_RANGE'
        : 'GENDER',
  'ad_group_criterion.age_range.type': (s) => criterionValue(s, 'AGE_RANGE') ?? ageCriteria[s.ageRange ?? '']?.type,
  'ad_group_criterion.gender.type': (s) => criterionValue(s, 'GENDER') ?? genderCriteria[s.gender ?? '']?.type,
  'ad_group_criterion.user_list.user_list': (s) => criterionValue(s, 'USER_LIST'),
  'ad_group_criterion.negative': (s) => s.criterion?.negative ?? false,
  'ad_group_criterion.ad_group': (s) => resourceNames['ad_group']?.(s),
  'ad_group_criterion.keyword.text': (s) => s.keyword?.name ?? criterionValue(s, 'KEYWORD'),
  'ad_group_criterion.keyword.match_type': (s) => s.keyword?.matchType.toUpperCase() ?? s.criterion?.matchType,

  'campaign_criterion.criterion_id': (s) => s.criterion?.id,
  'campaign_criterion.campaign': (s) => resourceNames['campaign']?.(s),
  'campaign_criterion.type': (s) => s.criterion?.type,
  'campaign_criterion.status': () => 'ENABLED',
  'campaign_criterion.negative': (s) => s.criterion?.negative ?? false,
  'campaign_criterion.location.geo_target_constant': (s) => criterionValue(s, 'LOCATION'),
  'campaign_criterion.language.language_constant': (s) => criterionValue(s, 'LANGUAGE'),
  'campaign_criterion.keyword.text': (s) => criterionValue(s, 'KEYWORD'),
  'campaign_criterion.keyword.match_type': (s) => s.criterion?.matchType,

  'asset_group.id': (s) => s.assetGroup?.id,
  'asset_group.name': (s) => s.assetGroup?.name,
  'asset_group.status': (s) => statusOf(s, s.assetGroup),
  'asset_group.primary_status': (s) => eligibility(s, s.assetGroup),
  'asset_group.primary_status_reasons': (s) =>
    because([
      ...campaignReasons(s),
      statusOf(s, s.assetGroup) === 'PAUSED' && 'ASSET_GROUP_PAUSED',
      statusOf(s, s.assetGroup) === 'REMOVED' && 'ASSET_GROUP_REMOVED',
      inReview(s, s.assetGroup) === 'in-review' && 'ASSET_GROUP_UNDER_REVIEW',
      inReview(s, s.assetGroup) === 'rejected' && 'ASSET_GROUP_DISAPPROVED',
    ]),
  'asset_group.campaign': (s) => resourceNames['campaign']?.(s),
  'asset_group.final_urls': (s) => (s.assetGroup === undefined ? undefined : [s.assetGroup.finalUrl]),

  'asset.id': (s) => s.asset?.id ?? s.media?.id,
  'asset.type': (s) => (s.media === undefined ? 'TEXT' : 'IMAGE'),
  'asset.name': (s) => s.media?.name,
  'asset.image_asset.file_size': (s) => s.media?.bytes,
  'asset.image_asset.mime_type': (s) => ownText(s.media, 'mimeType'),
  'asset.text_asset.text': (s) => s.asset?.text,

  'conversion_action.id': (s) => s.conversionAction?.id,
  'conversion_action.name': (s) => s.conversionAction?.name,
  'conversion_action.status': () => 'ENABLED',
  'conversion_action.type': () => 'WEBPAGE',
  'conversion_action.category': () => 'PURCHASE',
  'conversion_action.include_in_conversions_metric': () => true,
  'conversion_action.click_through_lookback_window_days': (s) => s.conversionAction?.clickWindowDays,
  'conversion_action.view_through_lookback_window_days': (s) => s.conversionAction?.viewWindowDays,

  'search_term_view.search_term': (s) => s.searchTerm,
  'search_term_view.ad_group': (s) => resourceNames['ad_group']?.(s),
  'ad_group_ad_asset_view.asset': assetName,
  'ad_group_ad_asset_view.ad_group_ad': (s) => resourceNames['ad_group_ad']?.(s),
  'ad_group_ad_asset_view.field_type': fieldTypeOf,
  'ad_group_ad_asset_view.enabled': () => true,
  'user_location_view.country_criterion_id': (s) => countryCriterion(s.country),
  'user_location_view.targeting_location': isTargeted,
};

/** Repeated messages, by the one of their fields that is modelled. */
export const repeatedMessages: Readonly<Record<string, 'text' | 'asset'>> = {
  'ad_group_ad.ad.responsive_search_ad.headlines': 'text',
  'ad_group_ad.ad.responsive_search_ad.descriptions': 'text',
  'ad_group_ad.ad.video_responsive_ad.headlines': 'text',
  'ad_group_ad.ad.video_responsive_ad.descriptions': 'text',
  'ad_group_ad.ad.video_responsive_ad.videos': 'asset',
};

const perMillion = (micros: number) => micros / 1_000_000;
const ratio = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);

export const metrics: Readonly<Record<string, (m: Measures) => Value>> = {
  'metrics.impressions': (m) => m.impressions,
  'metrics.clicks': (m) => m.clicks,
  'metrics.interactions': (m) => m.clicks,
  'metrics.cost_micros': (m) => m.costMicros,
  'metrics.conversions': (m) => perMillion(m.conversionsMicros),
  'metrics.conversions_value': (m) => perMillion(m.valueMicros),
  'metrics.all_conversions': (m) => perMillion(m.conversionsMicros),
  'metrics.all_conversions_value': (m) => perMillion(m.valueMicros),
  'metrics.video_trueview_views': (m) => m.videoViews,
  'metrics.ctr': (m) => ratio(m.clicks, m.impressions),
  'metrics.average_cpc': (m) => ratio(m.costMicros, m.clicks),
  'metrics.average_cpm': (m) => ratio(m.costMicros * 1000, m.impressions),
  'metrics.cost_per_conversion': (m) => ratio(m.costMicros * 1_000_000, m.conversionsMicros),
  'metrics.conversions_from_interactions_rate': (m) => ratio(perMillion(m.conversionsMicros), m.clicks),
  'metrics.value_per_conversion': (m) => ratio(m.valueMicros, m.conversionsMicros),
};

const weekdayNames = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;

/** Segments that derive from the day. */
export const segments: Readonly<Record<string, (day: Day) => Value>> = {
  'segments.date': isoOf,
  'segments.week': (day) => isoOf(monday(day)),
  'segments.month': (day) => isoOf(monthStart(day)),
  'segments.quarter': (day) => isoOf(quarterStart(day)),
  'segments.year': (day) => Number(isoOf(day).slice(0, 4)),
  'segments.day_of_week': (day) => weekdayNames[weekdayOf(day)],
};

/** Segments that divide an object's traffic: the market's breakdown and its words in Google's enum. */
export const divisions: Readonly<
  Record<string, { readonly grain: Breakdown; readonly names: Readonly<Record<string, string>> }>
> = {
  'segments.device': { grain: 'device', names: deviceTypes },
  'segments.ad_network_type': { grain: 'placement', names: networkTypes },
};

/** These may filter without being selected, and selecting one needs a finite filter on one. */
export const dateSegments: ReadonlySet<string> = new Set([
  'segments.date',
  'segments.week',
  'segments.month',
  'segments.quarter',
  'segments.year',
]);

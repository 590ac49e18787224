import type { Kind, Parameter, Published } from './published-shapes.ts';

/**
 * What TikTok publishes about writing, from the same commit as published-shapes.ts. The bodies have no file in `yml_files/`; the
 * generated `js_sdk/docs/` name their fields, types and which are required, without enums or bounds. What is answered they do not
 * name: `data` holds ids and fields of the body.
 */
const named = (kind: Kind, names: string, required?: true): Record<string, Parameter> =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, required ? { kind, required } : { kind }]));

const page = { page: { kind: 'number', min: 1 }, page_size: { kind: 'number', min: 1 } } as const;
const advertiser = named('text', 'advertiser_id', true);

const campaign = {
  ...named('text', 'advertiser_id campaign_name objective_type', true),
  ...named(
    'text',
    `app_id app_promotion_type bid_type budget_mode campaign_app_profile_page_state campaign_product_source campaign_type
    deep_bid_type internal_channel operation_status optimization_goal plugin_partner po_number postback_window_mode request_id
    rf_campaign_type rta_id sales_destination virtual_objective_type`,
  ),
  ...named('number', 'budget roas_bid'),
  ...named(
    'boolean',
    `budget_optimize_on catalog_enabled disable_skan_campaign is_advanced_dedicated_campaign is_search_campaign
    rta_bid_enabled rta_product_selection_enabled`,
  ),
  ...named('list', 'special_industries'),
};

/** Of ad groups, whether they are made or changed. */
const targeting = {
  ...named(
    'list',
    `actions age_groups audience_ids blocked_pangle_app_ids carrier_ids category_exclusion_ids contextual_tag_ids
    device_model_ids device_price_ranges excluded_audience_ids excluded_custom_actions excluded_pangle_audience_package_ids
    household_income included_custom_actions included_pangle_audience_package_ids interest_category_ids interest_keyword_ids
    isp_ids languages location_ids network_types operating_systems purchase_intention_keyword_ids search_keywords zipcode_ids`,
  ),
  ...named(
    'text',
    `audience_type bid_type brand_safety_type catalog_authorized_bc_id dayparting deep_bid_type deep_funnel_event_source
    deep_funnel_event_source_id deep_funnel_optimization_event deep_funnel_optimization_status gender ios14_targeting
    min_android_version min_ios_version saved_audience_id schedule_end_time secondary_optimization_event
    shopping_ads_retargeting_custom_audience_relation shopping_ads_retargeting_type spending_power vertical_sensitivity_id`,
  ),
  ...named('object', 'audience_rule'),
  ...named(
    'boolean',
    `automated_keywords_enabled comment_disabled is_hfss is_lhf_compliance search_result_enabled share_disabled
    smart_audience_enabled smart_interest_behavior_enabled`,
  ),
  ...named(
    'number',
    `bid_price conversion_bid_price deep_cpa_bid frequency frequency_schedule next_day_retention roas_bid
    shopping_ads_retargeting_actions_days`,
  ),
};

const createAdGroup = {
  ...targeting,
  ...named(
    'text',
    `adgroup_name advertiser_id billing_event budget_mode campaign_id optimization_goal pacing schedule_start_time
    schedule_type`,
    true,
  ),
  ...named('number', 'budget', true),
  ...named('list', 'app_config placements tiktok_subplacements'),
  ...named(
    'text',
    `adgroup_app_profile_page_state app_id attribution_event_count bid_display_mode brand_safety_partner catalog_id
    click_attribution_window creative_material_mode custom_conversion_id engaged_view_attribution_window
    identity_authorized_bc_id identity_id identity_type message_event_set_id messaging_app_account_id messaging_app_type
    operation_status optimization_event phone_number phone_region_calling_code phone_region_code pixel_id placement_type
    product_source promotion_target_type promotion_type promotion_website_type request_id shopping_ads_type statistic_type
    store_authorized_bc_id store_id vbo_window view_attribution_window`,
  ),
  ...named('boolean', 'skip_learning_phase video_download_disabled'),
};

const updateAdGroup = {
  ...targeting,
  ...named('text', 'adgroup_id advertiser_id', true),
  ...named('text', 'adgroup_name pacing schedule_start_time schedule_type'),
  ...named('object', 'targeting_expansion'),
  ...named('boolean', 'auto_targeting_enabled exclude_age_under_eighteen'),
  ...named('number', 'budget'),
};

const post = (source: string, parameters: Published['parameters'], data: string): Published => ({
  source: `${source}.md`,
  method: 'POST',
  parameters,
  data: data.split(' '),
});

const status = (level: string, more: Published['parameters']): Published => ({
  source: `${level}StatusUpdateBody.md`,
  method: 'POST',
  parameters: more,
  data: [`${level.toLowerCase()}_ids`, 'status'],
});

export const publishedWrites: Readonly<Record<string, Published>> = {
  'campaign/create': post(
    'CampaignCreateBody',
    campaign,
    'advertiser_id campaign_id campaign_name objective_type budget budget_mode budget_optimize_on operation_status',
  ),
  'campaign/update': post(
    'CampaignUpdateBody',
    {
      ...named('text', 'advertiser_id campaign_id', true),
      ...named('text', 'campaign_name po_number'),
      ...named('number', 'budget'),
      ...named('list', 'special_industries'),
    },
    'advertiser_id campaign_id campaign_name budget',
  ),
  'campaign/status/update': status('Campaign', {
    ...named('text', 'advertiser_id operation_status postback_window_mode'),
    ...named('list', 'campaign_ids'),
  }),
  'adgroup/create': post('AdgroupCreateBody', createAdGroup, `adgroup_id ${Object.keys(createAdGroup).join(' ')}`),
  'adgroup/update': post('AdgroupUpdateBody', updateAdGroup, `campaign_id ${Object.keys(updateAdGroup).join(' ')}`),
  'adgroup/status/update': status('Adgroup', {
    ...named('list', 'adgroup_ids', true),
    ...named('text', 'advertiser_id operation_status', true),
    ...named('boolean', 'allow_partial_success'),
  }),
  'ad/create': post(
    'AdCreateBody',
    { ...named('text', 'adgroup_id advertiser_id', true), ...named('list', 'creatives', true) },
    'ad_ids creatives need_audit',
  ),
  'ad/update': post(
    'AdUpdateBody',
    {
      ...named('text', 'adgroup_id advertiser_id', true),
      ...named('list', 'creatives', true),
      ...named('boolean', 'patch_update'),
    },
    'ad_ids creatives need_audit',
  ),
  'ad/status/update': status('Ad', {
    ...named('text', 'advertiser_id operation_status', true),
    ...named('list', 'ad_ids aco_ad_ids'),
  }),
};

/** What a writer asks before it writes. */
export const publishedLookups: Readonly<Record<string, Published>> = {
  'identity/get': {
    source: 'IdentityApi.md',
    method: 'GET',
    parameters: {
      ...advertiser,
      identity_type: { kind: 'text', values: ['CUSTOMIZED_USER', 'AUTH_CODE', 'TT_USER', 'BC_AUTH_TT'] },
      identity_authorized_bc_id: { kind: 'text' },
      ...page,
    },
    data: ['identity_list', 'page_info'],
  },
  'file/video/ad/search': {
    source: 'FileApi.md',
    method: 'GET',
    parameters: {
      ...advertiser,
      filtering: { kind: 'object', json: true },
      page: page.page,
      page_size: { kind: 'number', min: 1, max: 100 },
    },
    data: ['list', 'page_info'],
  },
  'tool/region': {
    source: 'ToolApi.md',
    method: 'GET',
    parameters: {
      ...advertiser,
      placements: { kind: 'list', json: true, required: true },
      objective_type: { kind: 'text', required: true },
      promotion_target_type: { kind: 'text', values: ['INSTANT_PAGE', 'EXTERNAL_WEBSITE'] },
      operating_system: { kind: 'text', values: ['ANDROID', 'IOS'] },
      brand_safety_type: { kind: 'text' },
      brand_safety_partner: { kind: 'text', values: ['IAS', 'OPEN_SLATE'] },
      level_range: { kind: 'text', values: ['ALL', 'TO_COUNTRY', 'TO_PROVINCE', 'TO_CITY', 'TO_DISTRICT'] },
      rf_campaign_type: { kind: 'text', values: ['STANDARD', 'PULSE'] },
    },
    data: ['region_info', 'region_list'],
  },
  'tool/language': { source: 'ToolApi.md', method: 'GET', parameters: advertiser, data: ['languages'] },
};

/**
 * What TikTok itself publishes about the operations the simulator answers: names, types, bounds and enum values, taken as facts.
 * Source: github.com/tiktok/tiktok-business-api-sdk at f809c39 (MIT), OpenAPI 3.0.1 in `yml_files/`. The files type the envelope and
 * the request; of `data` they name the parts (`x-open-rules.response_rule`) without types. Lists of campaigns, ad groups and ads
 * have no file there: their rows are typed as the same fields are where they are written (`js_sdk/docs/`).
 */
export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'object';

export interface Parameter {
  readonly kind: Kind;
  readonly required?: true;
  /** JSON within the query. */
  readonly json?: true;
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly string[];
}

export interface Published {
  /** File in `yml_files/` or `js_sdk/docs/`. */
  readonly source: string;
  readonly method: 'GET' | 'POST';
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Parts of `data` that may be there. */
  readonly data: readonly string[];
  /** Types of a list's rows, as far as they are published. */
  readonly row?: Readonly<Record<string, Kind>>;
}

/** The envelope of every operation; each part may be null. */
export const envelope = {
  code: 'number',
  message: 'text',
  request_id: 'text',
  data: 'object',
} as const satisfies Record<string, Kind>;

const text = { kind: 'text' } as const;
const flag = { kind: 'boolean' } as const;
const texts = { kind: 'list', json: true } as const;
const dataLevels = ['AD', 'ADGROUP', 'ADVERTISER', 'CAMPAIGN'].flatMap((level) => [
  `AUCTION_${level}`,
  `RESERVATION_${level}`,
]);
const order = { kind: 'text', values: ['ASC', 'DESC'] } as const;
const status = {
  operation_status: 'text',
  secondary_status: 'text',
  create_time: 'text',
  modify_time: 'text',
} as const;
const budget = { budget: 'number', budget_mode: 'text' } as const;
const lists = {
  advertiser_id: { ...text, required: true },
  fields: texts,
  exclude_field_types_in_response: texts,
  filtering: { kind: 'object', json: true },
  page: { kind: 'number', min: 1 },
  page_size: { kind: 'number', min: 1, max: 1000 },
} as const;

export const published: Readonly<Record<string, Published>> = {
  'advertiser/info': {
    source: 'advertiser_info.yml',
    method: 'GET',
    parameters: { advertiser_ids: { ...texts, required: true }, fields: texts },
    data: ['list'],
  },
  'report/integrated/get': {
    source: 'report_integrated_get.yml',
    method: 'GET',
    parameters: {
      page: { kind: 'number', min: 1 },
      page_size: { kind: 'number', min: 1, max: 1000 },
      enable_total_metrics: flag,
      multi_adv_report_in_utc_time: flag,
      query_mode: { kind: 'text', values: ['REGULAR', 'CHUNK'] },
      advertiser_id: text,
      advertiser_ids: texts,
      bc_id: text,
      service_type: { kind: 'text', values: ['AUCTION', 'RESERVATION'] },
      report_type: {
        kind: 'text',
        required: true,
        values: ['AUDIENCE', 'BASIC', 'BC', 'CATALOG', 'PLAYABLE_MATERIAL', 'TT_SHOP'],
      },
      data_level: { kind: 'text', values: dataLevels },
      dimensions: texts,
      metrics: texts,
      start_date: text,
      end_date: text,
      query_lifetime: flag,
      order_field: text,
      order_type: order,
      filtering: { kind: 'list', json: true },
    },
    data: ['list', 'page_info', 'total_metrics'],
    row: { dimensions: 'object', metrics: 'object' },
  },
  'report/task/create': {
    source: 'report_task_create.yml',
    method: 'POST',
    parameters: {
      advertiser_id: text,
      advertiser_ids: { kind: 'list', max: 5 },
      data_level: { kind: 'text', values: dataLevels },
      dimensions: { kind: 'list', required: true },
      enable_report_title_translation: flag,
      end_date: text,
      file_name: text,
      filtering: { kind: 'list' },
      metrics: { kind: 'list' },
      order_field: text,
      order_type: order,
      output_format: { kind: 'text', values: ['CSV_DOWNLOAD', 'CSV_STRING', 'XLSX_DOWNLOAD'] },
      query_lifetime: flag,
      report_type: { kind: 'text', required: true, values: ['AUDIENCE', 'BASIC', 'CATALOG'] },
      service_type: { kind: 'text', values: ['AUCTION', 'RESERVATION'] },
      start_date: text,
    },
    data: ['task_id'],
  },
  'report/task/check': {
    source: 'report_task_check.yml',
    method: 'GET',
    parameters: { task_id: { ...text, required: true }, advertiser_id: { ...text, required: true } },
    data: ['message', 'status'],
  },
  'report/task/cancel': {
    source: 'report_task_cancel.yml',
    method: 'POST',
    parameters: { task_id: { ...text, required: true }, advertiser_id: { ...text, required: true } },
    data: ['message', 'status'],
  },
  'campaign/get': {
    source: 'CampaignCreateBody.md',
    method: 'GET',
    parameters: lists,
    data: ['list', 'page_info'],
    row: {
      ...{
        advertiser_id: 'text',
        campaign_id: 'text',
        campaign_name: 'text',
        campaign_type: 'text',
        objective_type: 'text',
      },
      ...{ campaign_automation_type: 'text', budget_optimize_on: 'boolean', is_search_campaign: 'boolean' },
      ...{ is_smart_performance_campaign: 'boolean', ...budget, ...status },
    },
  },
  'adgroup/get': {
    source: 'AdgroupCreateBody.md',
    method: 'GET',
    parameters: lists,
    data: ['list', 'page_info'],
    row: {
      ...{
        advertiser_id: 'text',
        campaign_id: 'text',
        campaign_name: 'text',
        adgroup_id: 'text',
        adgroup_name: 'text',
      },
      ...{ promotion_type: 'text', placement_type: 'text', placements: 'list', optimization_goal: 'text' },
      ...{
        optimization_event: 'text',
        pixel_id: 'text',
        billing_event: 'text',
        bid_type: 'text',
        schedule_type: 'text',
        pacing: 'text',
      },
      ...{ gender: 'text', age_groups: 'list', click_attribution_window: 'text', view_attribution_window: 'text' },
      ...{
        bid_price: 'number',
        conversion_bid_price: 'number',
        schedule_start_time: 'text',
        schedule_end_time: 'text',
      },
      ...{ location_ids: 'list', languages: 'list', interest_category_ids: 'list', audience_ids: 'list' },
      ...{ attribution_event_count: 'text', ...budget, ...status },
    },
  },
  'ad/get': {
    source: 'AdcreateCreatives.md',
    method: 'GET',
    parameters: lists,
    data: ['list', 'page_info'],
    row: {
      ...{
        advertiser_id: 'text',
        campaign_id: 'text',
        campaign_name: 'text',
        adgroup_id: 'text',
        adgroup_name: 'text',
      },
      ...{
        ad_id: 'text',
        ad_name: 'text',
        ad_format: 'text',
        ad_text: 'text',
        ad_texts: 'list',
        call_to_action: 'text',
      },
      ...{ landing_page_url: 'text', display_name: 'text', identity_type: 'text', identity_id: 'text' },
      ...{ video_id: 'text', image_ids: 'list' },
      ...status,
    },
  },
};

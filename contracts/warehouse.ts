/**
 * The fact tables, column by column. Glue tables, the Parquet files, the MERGE statements and the data dictionary are made
 * from this list: a new measure is one line here and one in each platform's mapping.
 */
import type { Grain } from './schemas/primitives.ts';

/** Types that Athena, Iceberg, Parquet and DuckDB all have. */
export type ColumnType = 'string' | 'bigint' | 'date' | 'timestamp';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
}

/** Present on every row of every fact table. */
const identity = [
  { name: 'workspace_id', type: 'string', description: 'The tenant' },
  { name: 'platform', type: 'string', description: 'Platform id, `google-ads`' },
  { name: 'account_platform_id', type: 'string', description: 'The platform’s own account id' },
] as const satisfies readonly Column[];

const objectKeys = {
  campaign: { name: 'campaign_platform_id', type: 'string', description: 'The platform’s own campaign id' },
  'ad-group': { name: 'ad_group_platform_id', type: 'string', description: 'The platform’s own ad group id' },
  ad: { name: 'ad_platform_id', type: 'string', description: 'The platform’s own ad id' },
  keyword: {
    name: 'keyword_platform_id',
    type: 'string',
    description: 'The platform’s own criterion id of the keyword',
  },
} as const satisfies Record<string, Column>;

const keysByGrain: Readonly<Record<Grain, readonly Column[]>> = {
  account: [],
  campaign: [objectKeys.campaign],
  'ad-group': [objectKeys.campaign, objectKeys['ad-group']],
  ad: [objectKeys.campaign, objectKeys['ad-group'], objectKeys.ad],
  keyword: [objectKeys.campaign, objectKeys['ad-group'], objectKeys.keyword],
};

const day: Column = { name: 'date', type: 'date', description: 'The day in the account’s time zone' };

export const measureColumns = [
  { name: 'impressions', type: 'bigint', description: 'Times shown' },
  { name: 'clicks', type: 'bigint', description: 'Clicks, net of those the platform found invalid' },
  { name: 'spend_micros', type: 'bigint', description: 'Cost, micros of the account’s currency' },
  { name: 'conversions_micros', type: 'bigint', description: 'Conversions in millionths: platforms report fractions' },
  {
    name: 'conversion_value_micros',
    type: 'bigint',
    description: 'Value of conversions, micros of the account’s currency',
  },
] as const satisfies readonly Column[];

const provenance = [
  { name: 'currency', type: 'string', description: 'The account’s currency, ISO 4217' },
  { name: 'time_zone', type: 'string', description: 'The account’s IANA time zone' },
  { name: 'loaded_at', type: 'timestamp', description: 'When this value was loaded, UTC' },
  { name: 'run_id', type: 'string', description: 'The pipeline run that loaded it' },
] as const satisfies readonly Column[];

/** The columns that tell one row of a grain from another. */
export const keyColumns = (grain: Grain): readonly Column[] => [...identity, ...keysByGrain[grain], day];

export const factColumns = (grain: Grain): readonly Column[] => [
  ...keyColumns(grain),
  ...measureColumns,
  ...provenance,
];

const underscored = (grain: Grain): string => grain.replace('-', '_');
export const factTable = (grain: Grain): string => `fact_${underscored(grain)}_daily`;
export const stagingTable = (grain: Grain): string => `staging_${underscored(grain)}_daily`;

/** Partitions of the staging tables, in path order; each load reads exactly one leaf. */
export const stagingPartitions = ['workspace', 'run', 'item'] as const;
/** The folder of one load's staged Parquet inside the lake bucket, ending in a slash. */
export const stagingPrefix = (
  grain: Grain,
  leaf: Readonly<Record<(typeof stagingPartitions)[number], string>>,
): string => `staging/${underscored(grain)}/workspace=${leaf.workspace}/run=${leaf.run}/item=${leaf.item}/`;

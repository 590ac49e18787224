/**
 * The fact tables, column by column. Glue tables, the Parquet files, the MERGE statements and the data dictionary are made
 * from this list: a new measure is one line here and one in each platform's mapping.
 */
import type { Grain, SegmentGrain } from './schemas/primitives.ts';

/** Types that Athena, Iceberg, Parquet and DuckDB all have. */
export type ColumnType = 'string' | 'bigint' | 'date' | 'timestamp';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
  /** Null is "not reported", which is not zero. */
  readonly nullable?: true;
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

/** What the rows of a segment grain are divided by: the column that holds the fact's `segment`. */
export const segmentColumns = {
  'search-term': {
    name: 'search_term',
    type: 'string',
    description: 'The words searched for, as the platform shows them',
  },
  asset: {
    name: 'asset_platform_id',
    type: 'string',
    description: 'The platform’s own id of the text, image or video',
  },
  age: { name: 'age_range', type: 'string', description: 'Age range as the platform cuts it: `25-34`, `unknown`' },
  gender: { name: 'gender', type: 'string', description: '`female`, `male` or `unknown`' },
  country: {
    name: 'country',
    type: 'string',
    description: 'ISO 3166-1 alpha-2; `ZZ` where the platform does not know',
  },
  device: { name: 'device', type: 'string', description: '`mobile`, `tablet`, `desktop`, `connected-tv`, …' },
  placement: { name: 'placement', type: 'string', description: 'Where it was shown, in the platform’s own words' },
} as const satisfies Readonly<Record<SegmentGrain, Column>>;

const inCampaign = [objectKeys.campaign] as const;
const inAdGroup = [objectKeys.campaign, objectKeys['ad-group']] as const;

const keysByGrain: Readonly<Record<Grain, readonly Column[]>> = {
  account: [],
  campaign: inCampaign,
  'ad-group': inAdGroup,
  ad: [...inAdGroup, objectKeys.ad],
  keyword: [...inAdGroup, objectKeys.keyword],
  'search-term': [...inAdGroup, segmentColumns['search-term']],
  asset: [...inAdGroup, segmentColumns.asset],
  age: [...inCampaign, segmentColumns.age],
  gender: [...inCampaign, segmentColumns.gender],
  country: [...inCampaign, segmentColumns.country],
  device: [...inCampaign, segmentColumns.device],
  placement: [...inCampaign, segmentColumns.placement],
};

const day: Column = { name: 'date', type: 'date', description: 'The day in the account’s time zone' };

const firstMeasures = [
  { name: 'impressions', type: 'bigint', description: 'Times shown' },
  { name: 'clicks', type: 'bigint', description: 'Clicks, net of those the platform found invalid' },
  { name: 'spend_micros', type: 'bigint', description: 'Cost, micros of the account’s currency' },
  {
    name: 'conversions_micros',
    type: 'bigint',
    description:
      'Conversions in millionths: platforms report fractions; null where the platform reports none for the grain',
    nullable: true,
  },
  {
    name: 'conversion_value_micros',
    type: 'bigint',
    description: 'Value of conversions, micros of the account’s currency; null as above',
    nullable: true,
  },
] as const satisfies readonly Column[];

/**
 * Columns that came after the first release, in the order they came. They stand last in the tables: Iceberg knows a column by
 * its number, so columns are appended and never moved.
 */
const laterMeasures = [
  {
    name: 'video_views',
    type: 'bigint',
    description: 'Plays that the platform counts as views; null where it does not report them for the grain',
    nullable: true,
  },
] as const satisfies readonly Column[];

export const measureColumns = [...firstMeasures, ...laterMeasures] as const;

/** What a row says of itself; appended like measures, and after those that were there before it. */
const laterProvenance = [
  {
    name: 'source',
    type: 'string',
    description:
      'Null for what the platform’s API answered; `import` for a report that somebody downloaded and imported',
    nullable: true,
  },
] as const satisfies readonly Column[];

const provenance = [
  { name: 'currency', type: 'string', description: 'The account’s currency, ISO 4217' },
  { name: 'time_zone', type: 'string', description: 'The account’s IANA time zone' },
  { name: 'loaded_at', type: 'timestamp', description: 'When this value was loaded, UTC' },
  { name: 'run_id', type: 'string', description: 'The pipeline run that loaded it' },
] as const satisfies readonly Column[];

/** Columns of the object or segment a row speaks of, without account and day. */
export const objectColumns = (grain: Grain): readonly Column[] => keysByGrain[grain];

/** The columns that tell one row of a grain from another. */
export const keyColumns = (grain: Grain): readonly Column[] => [...identity, ...keysByGrain[grain], day];

/**
 * What a template makes a table with. It never changes: CloudFormation would replace the table. Later columns are added by
 * `integrations/maintain-warehouse`, to new tables and old ones alike.
 */
export const releasedColumns = (grain: Grain): readonly Column[] => [
  ...keyColumns(grain),
  ...firstMeasures,
  ...provenance,
];

export const factColumns = (grain: Grain): readonly Column[] => [
  ...keyColumns(grain),
  ...firstMeasures,
  ...provenance,
  ...laterMeasures,
  ...laterProvenance,
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

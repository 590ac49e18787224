import type { Dimension, MetricRow } from '../../contracts/schemas/metrics.ts';

/** How a value is written: `money` and `parts` are micros and millionths. */
export type ExportKind = 'text' | 'day' | 'count' | 'money' | 'parts' | 'ratio';
export interface ExportColumn {
  readonly name: string;
  readonly kind: ExportKind;
  readonly of: (row: MetricRow) => string | number | null;
}

const text = (name: string, of: (row: MetricRow) => string | undefined): ExportColumn => ({
  name,
  kind: 'text',
  of: (row) => of(row) ?? null,
});
const day = (name: string, of: (row: MetricRow) => string | undefined): ExportColumn => ({
  name,
  kind: 'day',
  of: (row) => of(row) ?? null,
});

const dimensionColumns: Readonly<Record<Dimension, readonly ExportColumn[]>> = {
  platform: [text('platform', (row) => row.platform)],
  account: [text('account_id', (row) => row.accountId), text('account_name', (row) => row.accountName)],
  campaign: [text('campaign_id', (row) => row.campaignId), text('campaign_name', (row) => row.campaignName)],
  'ad-group': [text('ad_group_id', (row) => row.adGroupId), text('ad_group_name', (row) => row.adGroupName)],
  ad: [text('ad_id', (row) => row.adId), text('ad_name', (row) => row.adName)],
  keyword: [text('keyword_id', (row) => row.keywordId)],
  'search-term': [text('search_term', (row) => row.searchTerm)],
  asset: [text('asset_platform_id', (row) => row.assetPlatformId)],
  age: [text('age', (row) => row.age)],
  gender: [text('gender', (row) => row.gender)],
  country: [text('country', (row) => row.country)],
  device: [text('device', (row) => row.device)],
  placement: [text('placement', (row) => row.placement)],
  date: [day('date', (row) => row.date)],
  week: [day('week', (row) => row.week)],
  month: [text('month', (row) => row.month)],
};

type Values = MetricRow['values'];
const measures: readonly { name: string; kind: ExportKind; of: (values: Values) => number | null }[] = [
  { name: 'impressions', kind: 'count', of: (values) => values.impressions },
  { name: 'clicks', kind: 'count', of: (values) => values.clicks },
  { name: 'spend', kind: 'money', of: (values) => values.spendMicros },
  // Answers hold conversions as fractions of millionths: rounding gives the whole millionths back.
  {
    name: 'conversions',
    kind: 'parts',
    of: ({ conversions }) => (conversions === null ? null : Math.round(conversions * 1_000_000)),
  },
  { name: 'conversion_value', kind: 'money', of: (values) => values.conversionValueMicros },
  { name: 'video_views', kind: 'count', of: (values) => values.videoViews },
  { name: 'ctr', kind: 'ratio', of: (values) => values.ctr },
  { name: 'cpc', kind: 'money', of: (values) => values.cpcMicros },
  { name: 'cpa', kind: 'money', of: (values) => values.cpaMicros },
  { name: 'roas', kind: 'ratio', of: (values) => values.roas },
];

/** The columns of an exported table: what rows are grouped by, the currency of all money, the measures, then those before. */
export function exportColumns(groupBy: readonly Dimension[], currency: string, compared: boolean): ExportColumn[] {
  return [
    ...groupBy.flatMap((name) => dimensionColumns[name]),
    text('currency', () => currency),
    ...measures.map(({ of, ...column }) => ({ ...column, of: (row: MetricRow) => of(row.values) })),
    text('unreported', (row) => row.values.unreported?.join(' ')),
    ...(compared
      ? measures.map(({ name, kind, of }) => ({
          name: `previous_${name}`,
          kind,
          of: (row: MetricRow) => (row.previous ? of(row.previous) : null),
        }))
      : []),
  ];
}

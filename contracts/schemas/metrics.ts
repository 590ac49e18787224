import * as z from 'zod/mini';
import {
  accountId,
  adGroupId,
  adId,
  campaignId,
  count,
  currency,
  cursor,
  grain,
  instant,
  isoDate,
  keywordId,
  micros,
  nextCursor,
  pageLimit,
  platformId,
} from './primitives.ts';

/** What rows can be grouped by, coarse to fine; each names the grain whose facts know it. */
export const dimensions = {
  platform: 'account',
  account: 'account',
  date: 'account',
  week: 'account',
  month: 'account',
  campaign: 'campaign',
  'ad-group': 'ad-group',
  ad: 'ad',
  keyword: 'keyword',
  'search-term': 'search-term',
  asset: 'asset',
  age: 'age',
  gender: 'gender',
  country: 'country',
  device: 'device',
  placement: 'placement',
} as const;
export type Dimension = keyof typeof dimensions;
export const dimensionNames = Object.keys(dimensions) as readonly Dimension[];

export const metricNames = [
  'impressions',
  'clicks',
  'spendMicros',
  'conversions',
  'conversionValueMicros',
  'videoViews',
  'ctr',
  'cpcMicros',
  'cpaMicros',
  'roas',
] as const;
export type MetricName = (typeof metricNames)[number];

/** Measures that a platform may not report for a grain: null is "not reported", never zero. */
export const optionalMeasures = ['conversions', 'conversionValueMicros', 'videoViews'] as const;
export type OptionalMeasure = (typeof optionalMeasures)[number];

const ratio = () => z.nullable(z.number());
export const metricValues = z
  .object({
    impressions: count,
    clicks: count,
    spendMicros: micros,
    conversions: z.nullable(z.number()).register(z.globalRegistry, {
      description: 'Platforms report fractions of a conversion; null where none of the rows has any report of them',
    }),
    conversionValueMicros: z
      .nullable(micros)
      .register(z.globalRegistry, { description: 'Null where none of the rows has any report of it' }),
    videoViews: z.nullable(count).register(z.globalRegistry, {
      description: 'Plays the platform counts as views; null where none of the rows has any report of them',
    }),
    ctr: ratio().register(z.globalRegistry, {
      description: 'Clicks by impressions, a fraction; null without impressions',
    }),
    cpcMicros: z.nullable(micros).register(z.globalRegistry, {
      description: 'Spend by clicks; null without clicks, and where money is unconverted',
    }),
    cpaMicros: z.nullable(micros).register(z.globalRegistry, {
      description:
        'Spend by conversions; null without conversions, and where money is unconverted or conversions unreported',
    }),
    roas: ratio().register(z.globalRegistry, {
      description: 'Conversion value by spend; null without spend, and where value is unreported',
    }),
    unreported: z.optional(z.array(z.enum(optionalMeasures))).register(z.globalRegistry, {
      description:
        'Measures that some of the rows do not report: their sums are of the others. Absent when there are none',
    }),
  })
  .register(z.globalRegistry, { id: 'MetricValues', description: 'Money in micros of `currency` of the answer' });
export type MetricValues = z.infer<typeof metricValues>;

export const metricRow = z
  .object({
    platform: z.optional(platformId),
    accountId: z.optional(accountId),
    accountName: z.optional(z.string()),
    campaignId: z.optional(campaignId),
    campaignName: z.optional(z.string()),
    adGroupId: z.optional(adGroupId),
    adGroupName: z.optional(z.string()),
    adId: z.optional(adId),
    adName: z.optional(z.string()),
    keywordId: z.optional(keywordId),
    searchTerm: z.optional(z.string()),
    assetPlatformId: z.optional(z.string()),
    age: z.optional(z.string()),
    gender: z.optional(z.string()),
    country: z.optional(z.string()),
    device: z.optional(z.string()),
    placement: z.optional(z.string()),
    date: z.optional(isoDate),
    week: z.optional(isoDate).register(z.globalRegistry, { description: 'The Monday the ISO week begins on' }),
    month: z.optional(z.string().check(z.regex(/^\d{4}-\d{2}$/))),
    values: metricValues,
    previous: z
      .optional(z.nullable(metricValues))
      .register(z.globalRegistry, { description: 'The same group in the period before; null when it had no rows' }),
  })
  .register(z.globalRegistry, { id: 'MetricRow', description: 'One group; only the dimensions asked for are present' });
export type MetricRow = z.infer<typeof metricRow>;

export const metricsQuery = z.strictObject({
  from: isoDate,
  to: isoDate,
  groupBy: z.optional(
    z
      .string()
      .check(z.regex(/^[a-z-]+(,[a-z-]+)*$/, 'dimensions separated by commas'))
      .register(z.globalRegistry, { description: `Comma-separated: ${dimensionNames.join(', ')}` }),
  ),
  grain: z.optional(grain),
  currency: z
    .optional(currency)
    .register(z.globalRegistry, { description: 'Convert money to this; the workspace’s own by default' }),
  compare: z.optional(z.enum(['previous-period'])),
  platform: z.optional(platformId),
  accountId: z.optional(accountId),
  campaignId: z.optional(campaignId),
  sort: z.optional(
    z
      .string()
      .check(z.regex(/^-?[a-zA-Z]+$/))
      .register(z.globalRegistry, { description: 'A metric or dimension; `-spendMicros` is descending' }),
  ),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});
export type MetricsQuery = z.infer<typeof metricsQuery>;

export const accountFreshness = z.object({
  accountId,
  accountName: z.string(),
  loadedAt: z.nullable(instant),
  throughDate: z.nullable(isoDate).register(z.globalRegistry, { description: 'The last account-local day with facts' }),
});

export const metricsAnswer = z
  .object({
    rows: z.array(metricRow),
    totals: metricValues,
    previousTotals: z.optional(z.nullable(metricValues)),
    currency,
    grain,
    freshness: z.object({
      loadedAt: z.nullable(instant).register(z.globalRegistry, { description: 'The oldest of the accounts asked for' }),
      accounts: z.array(accountFreshness),
    }),
    unconverted: z.array(z.object({ currency, date: isoDate, spendMicros: micros })).register(z.globalRegistry, {
      description: 'Money left out of rows and totals because no rate is known; empty when everything was converted',
    }),
    nextCursor,
  })
  .register(z.globalRegistry, { id: 'MetricsAnswer' });

import type { MetricRow, MetricsAnswer, MetricValues } from '../../../../sdks/javascript/src/generated/api.ts';
import { sumMetrics } from '../../format/metrics.ts';
import { type Breakdown, breakdowns, platformName, withoutBreakdown } from '../../format/platforms.ts';

export interface SegmentRow {
  readonly segment: string;
  readonly label: string;
  readonly values: MetricValues;
  readonly byPlatform: readonly { readonly platform: string; readonly values: MetricValues }[];
}

/** Money of the campaigns that is in no row, and why. */
export interface RestLine {
  readonly label: string;
  readonly spendMicros: number;
}

export interface BreakdownPicture {
  readonly rows: readonly SegmentRow[];
  readonly rests: readonly RestLine[];
  /** Of the campaigns, as their own report has it. */
  readonly total: MetricValues;
  /** Platforms with spend whose reports do not have the breakdown. */
  readonly silent: readonly string[];
}

/** Rows that share impressions add up to more than there was. */
export const overlaps = (breakdown: Breakdown): boolean => breakdown === 'asset';
/** So many values that only the largest are listed. */
export const isLong = (breakdown: Breakdown): boolean => breakdown === 'search-term' || breakdown === 'asset';

const fixedOrder: readonly Breakdown[] = ['age'];
const countryNames = new Map<string, Intl.DisplayNames>();

function countryName(code: string, locale: string | undefined): string {
  const key = locale ?? '';
  const names = countryNames.get(key) ?? new Intl.DisplayNames(locale, { type: 'region' });
  countryNames.set(key, names);
  return /^[A-Z]{2}$/.test(code) && code !== 'ZZ' ? (names.of(code) ?? code) : code;
}

/** A value in words. `other:` is one of the platform's own that has no word of ours; `ZZ` is a country nobody knows. */
export function segmentLabel(breakdown: Breakdown, segment: string, locale?: string): string {
  if (isLong(breakdown)) return segment;
  if (segment.startsWith('other:')) return `${segment.slice('other:'.length)} (the platform’s word)`;
  if (segment === 'unknown' || (breakdown === 'country' && segment === 'ZZ')) return 'Unknown to the platform';
  if (breakdown === 'country') return countryName(segment, locale);
  const words = segment.replaceAll('-', breakdown === 'age' ? '–' : ' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

const segmentOf = (row: MetricRow, breakdown: Breakdown): string => row[breakdowns[breakdown].field] ?? 'unknown';

/**
 * The rows of a breakdown beside the total of the campaigns. What is missing between the two is never left out: it stands in
 * lines of its own, one for what is not listed, one for what the platforms leave out, one for each that does not report at all.
 */
export function breakdownPicture(
  breakdown: Breakdown,
  parts: readonly MetricsAnswer[],
  whole: MetricsAnswer,
  locale?: string,
): BreakdownPicture {
  const rows = [
    ...Map.groupBy(
      parts.flatMap((page) => page.rows),
      (row) => segmentOf(row, breakdown),
    ),
  ].map(
    ([segment, own]): SegmentRow => ({
      segment,
      label: segmentLabel(breakdown, segment, locale),
      values: sumMetrics(own.map(({ values }) => values)),
      byPlatform: own.map(({ platform, values }) => ({ platform: platform ?? '', values })),
    }),
  );
  const spends = whole.rows.filter(({ values }) => values.spendMicros > 0 || values.impressions > 0);
  const silent = withoutBreakdown(
    spends.map(({ platform }) => platform ?? ''),
    breakdown,
  );
  return {
    rows: fixedOrder.includes(breakdown)
      ? rows.toSorted((a, b) => a.segment.localeCompare(b.segment))
      : rows.toSorted((a, b) => b.values.spendMicros - a.values.spendMicros),
    rests: overlaps(breakdown) ? [] : restsOf(rows, parts, whole, silent),
    total: whole.totals,
    silent,
  };
}

function restsOf(
  rows: readonly SegmentRow[],
  parts: readonly MetricsAnswer[],
  whole: MetricsAnswer,
  silent: readonly string[],
): RestLine[] {
  const spendOf = (platform: string): number =>
    whole.rows.filter((row) => row.platform === platform).reduce((sum, { values }) => sum + values.spendMicros, 0);
  const unreported = silent.map((platform) => ({
    label: `Not reported by ${platformName(platform)}`,
    spendMicros: spendOf(platform),
  }));
  const reported = parts[0]?.totals.spendMicros ?? 0;
  const unlisted = reported - rows.reduce((sum, { values }) => sum + values.spendMicros, 0);
  const rest = whole.totals.spendMicros - reported - unreported.reduce((sum, { spendMicros }) => sum + spendMicros, 0);
  return [
    ...(unlisted === 0 ? [] : [{ label: 'All others', spendMicros: unlisted }]),
    { label: 'Unexplained rest', spendMicros: rest },
    ...unreported,
  ];
}

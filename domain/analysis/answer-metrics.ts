import type { Dimension, MetricRow, MetricValues } from '../../contracts/schemas/metrics.ts';
import type { Period } from './calendar.ts';
import type { RateTable } from './currency-conversion.ts';
import { type Group, groupFacts, type TooManyGroups, type UnconvertedMoney } from './group-facts.ts';
import { metricValuesOf, noSums, type Sums } from './metric-values.ts';
import type { Rollup } from './rollup.ts';

export interface MetricsRequest {
  readonly period: Period;
  readonly previous?: Period;
  readonly groupBy: readonly Dimension[];
  readonly campaignId?: string;
  readonly currency: string;
  readonly rates: RateTable;
}

export type Metrics =
  | TooManyGroups
  | {
      readonly kind: 'answered';
      /** Unsorted. Without dimensions one row holds everything. */
      readonly rows: readonly MetricRow[];
      readonly totals: MetricValues;
      /** Present when a comparison was asked for; null when the period before has no rows. */
      readonly previousTotals?: MetricValues | null;
      readonly unconverted: readonly UnconvertedMoney[];
    }
  /** A sum left the range in which whole numbers are exact; a wrong number is never answered instead. */
  | { readonly kind: 'too-large' };

/**
 * Rows, totals and what could not be converted. Totals are the sums of the rows, exactly. With a comparison, a group seen
 * only in the period before is a row of zeros, so that what stopped is seen too.
 */
export function answerMetrics(rollups: readonly Rollup[], request: MetricsRequest): Metrics {
  const grouped = groupFacts(rollups, request);
  if (grouped.kind === 'too-many-groups') return grouped;
  const { groups, totals, previousTotals, unconverted } = grouped;
  const compared = request.previous !== undefined;
  if (
    !isExact(totals) ||
    !isExact(previousTotals) ||
    !groups.every(({ current, previous }) => isExact(current) && isExact(previous))
  ) {
    return { kind: 'too-large' };
  }
  return {
    kind: 'answered',
    rows: groups.map((group) => rowOf(group, compared)),
    totals: metricValuesOf(totals ?? noSums),
    ...(compared && { previousTotals: previousTotals === undefined ? null : metricValuesOf(previousTotals) }),
    unconverted,
  };
}

function isExact(sums: Sums | undefined): boolean {
  if (sums === undefined) return true;
  return [
    sums.impressions,
    sums.clicks,
    sums.spendMicros,
    sums.conversionsMicros ?? 0,
    sums.conversionValueMicros ?? 0,
    sums.videoViews ?? 0,
  ].every(Number.isSafeInteger);
}

/** Zeros for a group that has stopped; what it never reported is not zero now either. */
const nothingLike = (before: Sums | undefined): Sums => ({
  ...noSums,
  ...(before?.conversionsMicros === null && { conversionsMicros: null }),
  ...(before?.conversionValueMicros === null && { conversionValueMicros: null }),
  ...(before?.videoViews === null && { videoViews: null }),
});

function rowOf({ labels, current, previous }: Group, compared: boolean): MetricRow {
  const row = { ...labels, values: metricValuesOf(current ?? nothingLike(previous)) };
  return compared ? { ...row, previous: previous === undefined ? null : metricValuesOf(previous) } : row;
}

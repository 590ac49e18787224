import type { MetricValues } from '../../contracts/schemas/metrics.ts';

/** Sums of one group. Everything is a whole number, so sums are exact and do not depend on order. */
export interface Sums {
  readonly impressions: number;
  readonly clicks: number;
  readonly spendMicros: number;
  readonly conversionsMicros: number;
  readonly conversionValueMicros: number;
  /**
   * Some rows have counts but no money because no exchange rate is known. Money per click or per conversion would set a
   * part of the money against all of the counts, so it is null then.
   */
  readonly moneyIncomplete: boolean;
}

export const noSums: Sums = {
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversionsMicros: 0,
  conversionValueMicros: 0,
  moneyIncomplete: false,
};

const millionths = 1_000_000;

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const wholeMicros = (micros: number | null): number | null => (micros === null ? null : Math.round(micros));

/** Derived metrics of a group: ratios of sums, never averages of ratios. Null where the denominator is zero. */
export function metricValuesOf(sums: Sums): MetricValues {
  return {
    impressions: sums.impressions,
    clicks: sums.clicks,
    spendMicros: sums.spendMicros,
    conversions: sums.conversionsMicros / millionths,
    conversionValueMicros: sums.conversionValueMicros,
    ctr: ratio(sums.clicks, sums.impressions),
    cpcMicros: sums.moneyIncomplete ? null : wholeMicros(ratio(sums.spendMicros, sums.clicks)),
    cpaMicros: sums.moneyIncomplete ? null : wholeMicros(ratio(sums.spendMicros, sums.conversionsMicros / millionths)),
    roas: ratio(sums.conversionValueMicros, sums.spendMicros),
  };
}

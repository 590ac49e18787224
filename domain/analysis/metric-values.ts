import { type MetricValues, type OptionalMeasure, optionalMeasures } from '../../contracts/schemas/metrics.ts';

/** Sums of one group. Everything is a whole number, so sums are exact and do not depend on order. */
export interface Sums {
  readonly impressions: number;
  readonly clicks: number;
  readonly spendMicros: number;
  /** Of the rows that report it; null when none does. The same for the next two. */
  readonly conversionsMicros: number | null;
  readonly conversionValueMicros: number | null;
  readonly videoViews: number | null;
  /** Measures that some rows report and others do not, or that none does. */
  readonly unreported: readonly OptionalMeasure[];
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
  videoViews: 0,
  unreported: [],
  moneyIncomplete: false,
};

const millionths = 1_000_000;

const ratio = (part: number | null, whole: number | null): number | null =>
  part === null || whole === null || whole === 0 ? null : part / whole;

const wholeMicros = (micros: number | null): number | null => (micros === null ? null : Math.round(micros));

/** The sum of two sums; what one of them does not report is in neither's name. */
export function addSums(a: Sums, b: Sums): Sums {
  const add = (one: number | null, other: number | null) => (one === null ? other : one + (other ?? 0));
  const unreported = optionalMeasures.filter((name) => a.unreported.includes(name) || b.unreported.includes(name));
  return {
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    spendMicros: a.spendMicros + b.spendMicros,
    conversionsMicros: add(a.conversionsMicros, b.conversionsMicros),
    conversionValueMicros: add(a.conversionValueMicros, b.conversionValueMicros),
    videoViews: add(a.videoViews, b.videoViews),
    unreported,
    moneyIncomplete: a.moneyIncomplete || b.moneyIncomplete,
  };
}

/**
 * Derived metrics of a group: ratios of sums, never averages of ratios. Null where the denominator is zero, and where a part of
 * one side would be set against all of the other.
 */
export function metricValuesOf(sums: Sums): MetricValues {
  const conversions = sums.conversionsMicros === null ? null : sums.conversionsMicros / millionths;
  const of = (measure: OptionalMeasure, value: number | null) => (sums.unreported.includes(measure) ? null : value);
  const partly = sums.unreported.filter((measure) => sums[measureOf[measure]] !== null);
  return {
    impressions: sums.impressions,
    clicks: sums.clicks,
    spendMicros: sums.spendMicros,
    conversions,
    conversionValueMicros: sums.conversionValueMicros,
    videoViews: sums.videoViews,
    ctr: ratio(sums.clicks, sums.impressions),
    cpcMicros: sums.moneyIncomplete ? null : wholeMicros(ratio(sums.spendMicros, sums.clicks)),
    cpaMicros: sums.moneyIncomplete ? null : wholeMicros(ratio(sums.spendMicros, of('conversions', conversions))),
    roas: ratio(of('conversionValueMicros', sums.conversionValueMicros), sums.spendMicros),
    ...(partly.length > 0 && { unreported: partly }),
  };
}

const measureOf = {
  conversions: 'conversionsMicros',
  conversionValueMicros: 'conversionValueMicros',
  videoViews: 'videoViews',
} as const satisfies Record<OptionalMeasure, keyof Sums>;

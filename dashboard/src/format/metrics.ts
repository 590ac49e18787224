import type { MetricValues } from '../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, percent, short, shortMoney, times, whole } from './numbers.ts';

type Unit = 'money' | 'whole' | 'conversions' | 'fraction' | 'times';

export interface Metric {
  readonly label: string;
  /** For whoever meets the abbreviation the first time. */
  readonly meaning: string;
  readonly unit: Unit;
  /** Null where it has no value; never 0 for that. */
  readonly of: (values: MetricValues) => number | null;
  /** Why there may be no value. */
  readonly without?: (values: MetricValues) => string;
  /** Which way is good; spend and volume are neither by themselves. */
  readonly better?: 'higher' | 'lower';
}

/** Whether a part of the rows, or all of them, does not say. */
const isUnreported = (values: MetricValues, measure: Unreported): boolean =>
  values[measure] === null || (values.unreported ?? []).includes(measure);
type Unreported = NonNullable<MetricValues['unreported']>[number];

/**
 * Counts without all of their money: the API then gives no cost for each of them, because a part of the spend would be set
 * against all of the counts.
 */
const moneyIsIncomplete = (values: MetricValues): boolean =>
  (values.clicks > 0 && values.cpcMicros === null) ||
  ((values.conversions ?? 0) > 0 && values.cpaMicros === null && !isUnreported(values, 'conversions'));

export const metrics = {
  spend: { label: 'Spend', meaning: 'What the platforms charged', unit: 'money', of: (v) => v.spendMicros },
  conversions: {
    label: 'Conversions',
    meaning: 'As the platforms attribute them; recent days still grow',
    unit: 'conversions',
    of: (v) => v.conversions,
    without: () => 'The platform reports no conversions here',
    better: 'higher',
  },
  cpa: {
    label: 'CPA',
    meaning: 'Cost per acquisition: spend by conversions',
    unit: 'money',
    of: (v) => v.cpaMicros,
    without: (values) =>
      isUnreported(values, 'conversions')
        ? 'Conversions are not reported for all of the spend, so there is no CPA'
        : moneyIsIncomplete(values)
          ? 'A part of the spend has no exchange rate, so there is no CPA'
          : 'No conversions, so there is no CPA',
    better: 'lower',
  },
  roas: {
    label: 'ROAS',
    meaning: 'Return on ad spend: conversion value by spend',
    unit: 'times',
    of: (v) => v.roas,
    without: (values) =>
      isUnreported(values, 'conversionValueMicros')
        ? 'Conversion value is not reported for all of the spend, so there is no ROAS'
        : 'No spend, so there is no ROAS',
    better: 'higher',
  },
  impressions: { label: 'Impressions', meaning: 'Times ads were shown', unit: 'whole', of: (v) => v.impressions },
  clicks: { label: 'Clicks', meaning: 'Clicks on ads', unit: 'whole', of: (v) => v.clicks },
  ctr: {
    label: 'CTR',
    meaning: 'Click-through rate: clicks by impressions',
    unit: 'fraction',
    of: (v) => v.ctr,
    without: () => 'No impressions, so there is no CTR',
    better: 'higher',
  },
} as const satisfies Record<string, Metric>;
export type MetricKey = keyof typeof metrics;
export const metricKeys = Object.keys(metrics) as readonly MetricKey[];

export const metricOf = (key: MetricKey): Metric => metrics[key];

const long: Readonly<Record<Unit, (value: number, currency: string, locale?: string) => string>> = {
  money,
  whole: (value, _, locale) => whole(value, locale),
  conversions: (value, _, locale) => conversions(value, locale),
  fraction: (value, _, locale) => percent(value, locale),
  times: (value, _, locale) => times(value, locale),
};
const brief: typeof long = {
  ...long,
  money: shortMoney,
  whole: (value, _, locale) => short(value, locale),
  conversions: (value, _, locale) => short(value, locale),
};

/** `–` for no value. */
export const metricText = (key: MetricKey, value: number | null, currency: string, locale?: string): string =>
  value === null ? '–' : long[metrics[key].unit](value, currency, locale);

/** For axes. */
export const metricTick = (key: MetricKey, value: number, currency: string, locale?: string): string =>
  brief[metrics[key].unit](value, currency, locale);

export const noValues: MetricValues = {
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversions: 0,
  conversionValueMicros: 0,
  videoViews: 0,
  ctr: null,
  cpcMicros: null,
  cpaMicros: null,
  roas: null,
};

/** Counts and money add up; rates are worked out anew from the sums, never averaged. */
export function sumMetrics(all: readonly MetricValues[]): MetricValues {
  const sum = (of: (values: MetricValues) => number): number => all.reduce((total, values) => total + of(values), 0);
  const impressions = sum((v) => v.impressions);
  const clicks = sum((v) => v.clicks);
  const spendMicros = sum((v) => v.spendMicros);
  const sumOf = (measure: Unreported): number | null =>
    all.length > 0 && all.every((values) => values[measure] === null) ? null : sum((values) => values[measure] ?? 0);
  const unreported = (['conversions', 'conversionValueMicros', 'videoViews'] as const).filter(
    (measure) => sumOf(measure) !== null && all.some((values) => isUnreported(values, measure)),
  );
  const known = (measure: Unreported): number | null => (unreported.includes(measure) ? null : sumOf(measure));
  const ratio = (top: number | null, bottom: number): number | null =>
    top === null || bottom === 0 ? null : top / bottom;
  const incomplete = all.some(moneyIsIncomplete);
  const micros = (top: number, bottom: number | null): number | null =>
    incomplete || bottom === null || bottom === 0 ? null : Math.round(top / bottom);
  return {
    impressions,
    clicks,
    spendMicros,
    conversions: sumOf('conversions'),
    conversionValueMicros: sumOf('conversionValueMicros'),
    videoViews: sumOf('videoViews'),
    ctr: ratio(clicks, impressions),
    cpcMicros: micros(spendMicros, clicks),
    cpaMicros: micros(spendMicros, known('conversions')),
    roas: ratio(known('conversionValueMicros'), spendMicros),
    ...(unreported.length > 0 && { unreported }),
  };
}

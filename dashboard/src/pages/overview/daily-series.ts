import type { MetricsAnswer, MetricValues } from '../../../../sdks/javascript/src/generated/api.ts';
import { type MetricKey, metricOf, metricText, sumMetrics } from '../../format/metrics.ts';
import { platformName } from '../../format/platforms.ts';
import { longDay } from '../../format/times.ts';

export interface DailyPoint {
  readonly date: string;
  readonly platform: string;
  readonly values: MetricValues;
  readonly spendMicros: number;
  /** The metric chosen beside spend. */
  readonly value: number | null;
}

/** A point for each platform and day, by day. */
export const dailyPoints = (pages: readonly MetricsAnswer[], metric: MetricKey): DailyPoint[] =>
  pages
    .flatMap(({ rows }) => rows)
    .flatMap(({ date, platform, values }) =>
      date === undefined || platform === undefined
        ? []
        : [{ date, platform, values, spendMicros: values.spendMicros, value: metricOf(metric).of(values) }],
    )
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.platform.localeCompare(b.platform));

/** What the chart shows, in a few sentences for whoever does not see it. */
export function describeDays(pages: readonly MetricsAnswer[], metric: MetricKey): string {
  const rows = pages.flatMap((page) => page.rows).filter(({ date }) => date !== undefined);
  const [first] = pages;
  if (first === undefined || rows.length === 0) return 'No days with numbers.';
  const days = [...Map.groupBy(rows, ({ date }) => date ?? '')]
    .map(([date, own]) => ({ date, values: sumMetrics(own.map(({ values }) => values)) }))
    .toSorted((a, b) => a.values.spendMicros - b.values.spendMicros);
  const [lowest, highest] = [days[0], days.at(-1)];
  if (lowest === undefined || highest === undefined) return 'No days with numbers.';
  const platforms = [...new Set(rows.map(({ platform }) => platformName(platform ?? '')))].toSorted();
  const spend = (micros: number): string => metricText('spend', micros, first.currency);
  const { label, of } = metricOf(metric);
  return [
    `Spend by day on ${platforms.join(', ')} over ${days.length} days: ${spend(first.totals.spendMicros)} in total,`,
    `most on ${longDay(highest.date)} (${spend(highest.values.spendMicros)}),`,
    `least on ${longDay(lowest.date)} (${spend(lowest.values.spendMicros)}).`,
    metric === 'spend' ? '' : `${label} of the whole period: ${metricText(metric, of(first.totals), first.currency)}.`,
    'The table beside the chart holds every day.',
  ].join(' ');
}

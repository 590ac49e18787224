import type { MetricsAnswer, MetricValues } from '../../../../sdks/javascript/src/generated/api.ts';
import { type MetricKey, metricOf, metricText, sumMetrics } from '../../format/metrics.ts';
import { percent } from '../../format/numbers.ts';
import { platformName, platformSeries } from '../../format/platforms.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Value } from '../../parts/value.tsx';

interface PlatformShare {
  readonly platform: string;
  readonly values: MetricValues;
}

const split: readonly MetricKey[] = ['spend', 'conversions'];
const shown: readonly MetricKey[] = ['spend', 'conversions', 'cpa', 'roas', 'impressions', 'ctr'];

/** What each platform cost and brought: two bars of the whole, and the numbers under them. */
export function PlatformSplit({ pages }: { readonly pages: readonly MetricsAnswer[] }) {
  const shares = [
    ...Map.groupBy(
      pages.flatMap((page) => page.rows),
      ({ platform }) => platform ?? '',
    ),
  ]
    .map(([platform, rows]): PlatformShare => ({ platform, values: sumMetrics(rows.map(({ values }) => values)) }))
    .toSorted((a, b) => b.values.spendMicros - a.values.spendMicros);
  const currency = pages[0]?.currency ?? '';
  if (shares.length < 2) return null;
  const columns: readonly TableColumn<PlatformShare>[] = [
    { label: 'Platform', cell: ({ platform }) => <PlatformMark platform={platform} /> },
    ...shown.map(
      (metric): TableColumn<PlatformShare> => ({
        label: metricOf(metric).label,
        meaning: metricOf(metric).meaning,
        kind: 'number',
        cell: ({ values }) => <Value metric={metric} values={values} currency={currency} />,
      }),
    ),
  ];
  return (
    <section className="panel" aria-labelledby="platforms">
      <h2 id="platforms">Platforms</h2>
      <div className="split">
        {split.map((metric) => (
          <ShareBar key={metric} metric={metric} shares={shares} currency={currency} />
        ))}
      </div>
      <Table label="Table of platforms" columns={columns} rows={shares} keyOf={({ platform }) => platform} />
    </section>
  );
}

interface ShareBarProps {
  readonly metric: MetricKey;
  readonly shares: readonly PlatformShare[];
  readonly currency: string;
}

function ShareBar({ metric, shares, currency }: ShareBarProps) {
  const parts = shares.flatMap(({ platform, values }) => {
    const value = metricOf(metric).of(values);
    return value === null || value <= 0 ? [] : [{ platform, value }];
  });
  const sum = parts.reduce((total, { value }) => total + value, 0);
  const words = parts.map(
    ({ platform, value }) =>
      `${platformName(platform)} ${metricText(metric, value, currency)} (${percent(value / sum)})`,
  );
  return (
    <div>
      <h3>{metricOf(metric).label} by platform</h3>
      <div className="bar" role="img" aria-label={parts.length === 0 ? 'Nothing to divide' : words.join(', ')}>
        {parts.map(({ platform, value }, index) => (
          <span
            key={platform}
            title={words[index]}
            style={{ width: `${(value / sum) * 100}%`, background: platformSeries(platform) }}
          />
        ))}
      </div>
    </div>
  );
}

import { lazy, Suspense, useState } from 'react';
import type { MetricsAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import type { Period } from '../../format/calendar.ts';
import { type MetricKey, metricKeys, metricOf } from '../../format/metrics.ts';
import { longDay } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Value } from '../../parts/value.tsx';
import { type DailyPoint, dailyPoints, describeDays } from './daily-series.ts';

// The chart library is as large as the rest of the dashboard: it arrives after the numbers.
const DailyChart = lazy(() => import('./daily-chart.tsx').then((module) => ({ default: module.DailyChart })));

interface DailyPanelProps {
  readonly pages: readonly MetricsAnswer[];
  readonly stale: boolean;
  readonly period: Period;
}

/** Spend by day and platform with one more metric under it, as a chart or as a table. */
export function DailyPanel({ pages, stale, period }: DailyPanelProps) {
  const [metric, setMetric] = useState<MetricKey>('conversions');
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const points = dailyPoints(pages, metric);
  const currency = pages[0]?.currency ?? 'EUR';
  const description = describeDays(pages, metric);
  return (
    <>
      <div className="panel-head">
        <h2 id="daily">Spend and {metricOf(metric).label} by day</h2>
        <div className="panel-controls">
          <label className="field inline">
            <span>Beside spend</span>
            <select
              value={metric}
              onChange={({ target }) => setMetric(metricKeys.find((key) => key === target.value) ?? 'conversions')}
            >
              {metricKeys
                .filter((key) => key !== 'spend')
                .map((key) => (
                  <option key={key} value={key}>
                    {metricOf(key).label}
                  </option>
                ))}
            </select>
          </label>
          <fieldset className="segments">
            <legend className="unseen">Show the days as</legend>
            {(['chart', 'table'] as const).map((name) => (
              <label key={name}>
                <input type="radio" name="daily-view" checked={view === name} onChange={() => setView(name)} />
                <span>{name === 'chart' ? 'Chart' : 'Table'}</span>
              </label>
            ))}
          </fieldset>
        </div>
      </div>
      <div className={stale ? 'stale' : undefined}>
        {points.length === 0 ? (
          <Empty title="No spend in this period">
            <p>Choose a longer period, or look at the data loads below.</p>
          </Empty>
        ) : view === 'table' ? (
          <DailyTable points={points} metric={metric} currency={currency} />
        ) : (
          <Suspense fallback={<Skeleton lines={8} what="the chart" />}>
            <DailyChart points={points} metric={metric} currency={currency} period={period} description={description} />
          </Suspense>
        )}
      </div>
    </>
  );
}

interface DailyTableProps {
  readonly points: readonly DailyPoint[];
  readonly metric: MetricKey;
  readonly currency: string;
}

function DailyTable({ points, metric, currency }: DailyTableProps) {
  const columns: readonly TableColumn<DailyPoint>[] = [
    { label: 'Day', cell: ({ date }) => longDay(date) },
    { label: 'Platform', cell: ({ platform }) => <PlatformMark platform={platform} /> },
    ...([...new Set<MetricKey>(['spend', metric])] as const).map(
      (key): TableColumn<DailyPoint> => ({
        label: metricOf(key).label,
        kind: 'number',
        cell: ({ values }) => <Value metric={key} values={values} currency={currency} />,
      }),
    ),
  ];
  return (
    <Table
      label="Days"
      tall
      columns={columns}
      rows={points.toReversed()}
      keyOf={({ date, platform }) => `${date} ${platform}`}
    />
  );
}

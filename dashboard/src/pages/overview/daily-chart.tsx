import { axisX, axisY, gridY, lineY, plot, pointerX, rectY, ruleY, stackY, tip } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';
import { addDays, daysBetween, type Period } from '../../format/calendar.ts';
import { type MetricKey, metricOf, metricText, metricTick } from '../../format/metrics.ts';
import { platformName, platformSeries } from '../../format/platforms.ts';
import { longDay, shortDay } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import type { DailyPoint } from './daily-series.ts';

interface DailyChartProps {
  readonly points: readonly DailyPoint[];
  readonly metric: MetricKey;
  readonly currency: string;
  readonly period: Period;
  readonly description: string;
}

const platformsOf = (points: readonly DailyPoint[]): string[] => [...new Set(points.map(({ platform }) => platform))];

const at = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayOfDate = (date: Date): string => date.toISOString().slice(0, 10);

/** Two charts over one time axis; one chart with two scales would invite comparing what cannot be compared. */
export function DailyChart(props: DailyChartProps) {
  const { description, points } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useEffect(() => {
    if (box.current === null) return;
    const watcher = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  useEffect(() => {
    if (box.current === null || width === 0) return;
    box.current.replaceChildren(
      heading('Spend'),
      drawSpend(props, width),
      heading(metricOf(props.metric).label),
      drawMetric(props, width),
    );
  }, [props, width]);

  const platforms = platformsOf(points);
  return (
    <figure className="chart">
      <figcaption className="chart-legend">
        {platforms.map((platform) => (
          <PlatformMark key={platform} platform={platform} />
        ))}
      </figcaption>
      <div role="img" aria-label={description}>
        <div ref={box} className="chart-box" aria-hidden="true" />
      </div>
    </figure>
  );
}

function heading(text: string): Element {
  const line = document.createElement('p');
  line.className = 'chart-heading';
  line.textContent = text;
  return line;
}

const shared = ({ points, period }: DailyChartProps, width: number) => ({
  width,
  marginLeft: 56,
  marginRight: 12,
  style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
  x: { type: 'utc' as const, axis: null, domain: [at(period.from), at(addDays(period.to, 1))] },
  color: { domain: platformsOf(points), range: platformsOf(points).map(platformSeries) },
});

/** About a label each 70 pixels, at whole days. */
function tickDays({ from, to }: Period, width: number): Date[] {
  const step = Math.max(1, Math.ceil(daysBetween(from, to) / Math.max(2, Math.floor(width / 70))));
  const days: Date[] = [];
  for (let day = from; day <= to; day = addDays(day, step)) days.push(at(day));
  return days;
}

const tipStyle = { fill: 'var(--surface-raised)', stroke: 'var(--border-strong)', fontSize: 12, textPadding: 9 };

function drawSpend(props: DailyChartProps, width: number): Element {
  const { points, currency } = props;
  const ends = (day: string) => ({ x1: at(day), x2: at(addDays(day, 1)) });
  const bars = points.map((point) => ({ ...point, ...ends(point.date) }));
  const titled = [...Map.groupBy(points, ({ date }) => date)].map(([date, own]) => ({
    ...ends(date),
    total: own.reduce((sum, { spendMicros }) => sum + spendMicros, 0),
    title: [
      longDay(date),
      ...own.map(
        ({ platform, spendMicros }) => `${platformName(platform)}  ${metricText('spend', spendMicros, currency)}`,
      ),
    ].join('\n'),
  }));
  return plot({
    ...shared(props, width),
    height: 190,
    marginTop: 12,
    marginBottom: 8,
    y: { nice: true },
    marks: [
      gridY({ ticks: 4, stroke: 'var(--border)', strokeOpacity: 1 }),
      axisY({
        ticks: 4,
        tickSize: 0,
        label: null,
        tickFormat: (micros: number) => metricTick('spend', micros, currency),
      }),
      rectY(
        bars,
        stackY({ x1: 'x1', x2: 'x2', y: 'spendMicros', fill: 'platform', insetLeft: 0.75, insetRight: 0.75, rx: 1.5 }),
      ),
      ruleY([0], { stroke: 'var(--border-strong)' }),
      tip(titled, pointerX({ x1: 'x1', x2: 'x2', y: 'total', title: 'title', anchor: 'bottom', ...tipStyle })),
    ],
  });
}

function drawMetric(props: DailyChartProps, width: number): Element {
  const { points, metric, currency, period } = props;
  const middle = points.map((point) => ({
    ...point,
    x: new Date(at(point.date).getTime() + 43_200_000),
    y: point.value ?? Number.NaN,
    title: `${longDay(point.date)}\n${platformName(point.platform)}  ${metricOf(metric).label} ${metricText(metric, point.value, currency)}`,
  }));
  return plot({
    ...shared(props, width),
    height: 150,
    marginTop: 14,
    marginBottom: 26,
    y: { nice: true, zero: true },
    marks: [
      gridY({ ticks: 3, stroke: 'var(--border)', strokeOpacity: 1 }),
      axisY({ ticks: 3, tickSize: 0, label: null, tickFormat: (value: number) => metricTick(metric, value, currency) }),
      axisX(tickDays(period, width), {
        tickSize: 4,
        label: null,
        textAnchor: 'start',
        dx: -4,
        tickFormat: (date: Date) => shortDay(dayOfDate(date)),
      }),
      ruleY([0], { stroke: 'var(--border-strong)' }),
      lineY(middle, { x: 'x', y: 'y', stroke: 'platform', strokeWidth: 1.75, curve: 'linear' }),
      tip(middle, pointerX({ x: 'x', y: 'y', title: 'title', anchor: 'bottom', ...tipStyle })),
    ],
  });
}

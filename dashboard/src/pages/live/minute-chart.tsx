import { axisX, axisY, gridY, plot, pointerX, rectY, ruleY, tip } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';
import type { LiveMinute, LiveValues } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, short, shortMoney, whole } from '../../format/numbers.ts';
import { clockTime } from '../../format/times.ts';

interface Drawn {
  readonly label: string;
  readonly colour: string;
  readonly of: (values: LiveValues) => number;
  readonly said: (value: number, currency: string) => string;
  readonly tick: (value: number, currency: string) => string;
}

const drawn: readonly Drawn[] = [
  { label: 'Spend', colour: 'var(--series-1)', of: (v) => v.spendMicros, said: money, tick: shortMoney },
  { label: 'Clicks', colour: 'var(--series-4)', of: (v) => v.clicks, said: (n) => whole(n), tick: (n) => short(n) },
  {
    label: 'Conversions, as the platforms report them',
    colour: 'var(--series-3)',
    of: (v) => v.conversions,
    said: (n) => conversions(n),
    tick: (n) => short(n),
  },
  {
    label: 'Orders of the site',
    colour: 'var(--series-2)',
    of: (v) => v.orders,
    said: (n) => whole(n),
    tick: (n) => short(n),
  },
];

interface MinuteChartProps {
  readonly minutes: readonly LiveMinute[];
  readonly currency: string;
  readonly description: string;
}

/** One small chart a measure over the same minutes; nothing moves but the bars themselves. */
export function MinuteChart({ minutes, currency, description }: MinuteChartProps) {
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
      ...drawn.flatMap((one, index) => [
        heading(one.label),
        draw(one, minutes, currency, width, index === drawn.length - 1),
      ]),
    );
  }, [minutes, currency, width]);
  return (
    <div role="img" aria-label={description}>
      <div ref={box} className="chart-box minute-chart" aria-hidden="true" />
    </div>
  );
}

function heading(text: string): Element {
  const line = document.createElement('p');
  line.className = 'chart-heading';
  line.textContent = text;
  return line;
}

const minuteMs = 60_000;

function draw(one: Drawn, minutes: readonly LiveMinute[], currency: string, width: number, last: boolean): Element {
  const bars = minutes.map(({ at, values }) => ({
    x1: new Date(at),
    x2: new Date(Date.parse(at) + minuteMs),
    y: one.of(values),
    title: `${clockTime(at)}\n${one.said(one.of(values), currency)}`,
  }));
  const highest = Math.max(...bars.map(({ y }) => y), 0);
  const lowest = Math.min(...bars.map(({ y }) => y), 0);
  const axis = last
    ? [
        axisX({
          ticks: Math.max(2, Math.floor(width / 90)),
          tickSize: 4,
          label: null,
          tickFormat: (date: Date) => clockTime(date.toISOString()),
        }),
      ]
    : [];
  return plot({
    width,
    height: last ? 98 : 76,
    marginLeft: 56,
    marginRight: 12,
    marginTop: 8,
    marginBottom: last ? 26 : 4,
    style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
    // Ticks at whole minutes of the person's own clock.
    x: last ? { type: 'time' } : { type: 'time', axis: null },
    y: { nice: true, ...(highest === lowest && { domain: [0, 1] }) },
    marks: [
      gridY({ ticks: 2, stroke: 'var(--border)', strokeOpacity: 1 }),
      axisY({ ticks: 2, tickSize: 0, label: null, tickFormat: (value: number) => one.tick(value, currency) }),
      ...axis,
      rectY(bars, { x1: 'x1', x2: 'x2', y: 'y', fill: one.colour, insetLeft: 0.5, insetRight: 0.5 }),
      ruleY([0], { stroke: 'var(--border-strong)' }),
      tip(
        bars,
        pointerX({
          x1: 'x1',
          x2: 'x2',
          y: 'y',
          title: 'title',
          anchor: 'bottom',
          fill: 'var(--surface-raised)',
          stroke: 'var(--border-strong)',
          fontSize: 12,
          textPadding: 9,
        }),
      ),
    ],
  });
}

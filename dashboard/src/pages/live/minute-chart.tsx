import { axisX, axisY, gridY, plot, pointerX, rectY, ruleY, tip } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'react';
import type { LiveAnswer, LiveMinute } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, short, shortMoney, whole } from '../../format/numbers.ts';
import { clock, describeMinutes } from './live-words.ts';

interface Lane {
  readonly label: string;
  readonly of: (minute: LiveMinute) => number;
  readonly text: (value: number, currency: string) => string;
  readonly tick: (value: number, currency: string) => string;
  readonly colour: string;
}

/** One under the other over one time axis: their scales have nothing to do with each other. */
const lanes: readonly Lane[] = [
  { label: 'Spend', of: ({ values }) => values.spendMicros, text: money, tick: shortMoney, colour: 'var(--series-1)' },
  {
    label: 'Clicks',
    of: ({ values }) => values.clicks,
    text: (value) => whole(value),
    tick: (value) => short(value),
    colour: 'var(--series-2)',
  },
  {
    label: 'Conversions, as platforms report them',
    of: ({ values }) => values.conversions,
    text: (value) => conversions(value),
    tick: (value) => short(value),
    colour: 'var(--series-3)',
  },
  {
    label: 'Orders, of the site itself',
    of: ({ values }) => values.orders,
    text: (value) => whole(value),
    tick: (value) => short(value),
    colour: 'var(--series-4)',
  },
];

export function MinuteChart({ answer }: { readonly answer: LiveAnswer }) {
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
      ...lanes.flatMap((lane, index) => [heading(lane.label), draw(lane, answer, width, index === lanes.length - 1)]),
    );
  }, [answer, width]);
  return (
    <figure className="chart">
      <div role="img" aria-label={describeMinutes(answer)}>
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

const minuteMillis = 60_000;
const tipStyle = { fill: 'var(--surface-raised)', stroke: 'var(--border-strong)', fontSize: 12, textPadding: 9 };

function draw(lane: Lane, { minutes, currency }: LiveAnswer, width: number, isLast: boolean): Element {
  const bars = minutes.map((minute) => {
    const start = Date.parse(minute.at);
    const value = lane.of(minute);
    return {
      x1: new Date(start),
      x2: new Date(start + minuteMillis),
      value,
      title: `${clock(minute.at)}\n${lane.label}  ${lane.text(value, currency)}`,
    };
  });
  const most = Math.max(0, ...bars.map(({ value }) => value));
  return plot({
    width,
    height: isLast ? 92 : 74,
    marginLeft: 56,
    marginRight: 12,
    marginTop: 8,
    marginBottom: isLast ? 24 : 6,
    style: { background: 'none', color: 'var(--text-muted)', fontSize: '11px', fontFamily: 'inherit' },
    x: { type: 'time', axis: null },
    // Without anything there would be no scale, and the line of zero would stand in the middle.
    y: most === 0 ? { domain: [0, 1] } : { nice: true, zero: true },
    marks: [
      gridY({ ticks: 2, stroke: 'var(--border)', strokeOpacity: 1 }),
      axisY({
        ticks: most === 0 ? [0] : most === 1 ? [0, 1] : 2,
        tickSize: 0,
        label: null,
        tickFormat: (value: number) => lane.tick(value, currency),
      }),
      ...(isLast
        ? [
            axisX({
              ticks: Math.max(2, Math.floor(width / 110)),
              tickSize: 4,
              label: null,
              tickFormat: (at: Date) => clock(at.toISOString()),
            }),
          ]
        : []),
      rectY(bars, { x1: 'x1', x2: 'x2', y: 'value', fill: lane.colour, insetLeft: 0.5, insetRight: 0.5 }),
      ruleY([0], { stroke: 'var(--border-strong)' }),
      tip(bars, pointerX({ x1: 'x1', x2: 'x2', y: 'value', title: 'title', anchor: 'bottom', ...tipStyle })),
    ],
  });
}

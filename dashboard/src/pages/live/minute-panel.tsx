import { lazy, Suspense, useState } from 'react';
import type { LiveAnswer, LiveMinute } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, whole } from '../../format/numbers.ts';
import { clockTime } from '../../format/times.ts';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';

// The chart library is as large as the rest of the dashboard: it arrives after the numbers.
const MinuteChart = lazy(() => import('./minute-chart.tsx').then((module) => ({ default: module.MinuteChart })));

/** The last minutes as bars or as a table. */
export function MinutePanel({ state, window }: { readonly state: LiveAnswer; readonly window: string }) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const { minutes, totals, currency } = state;
  const described = `By minute, in the ${window}: ${money(totals.spendMicros, currency)} spent, ${whole(totals.clicks)} clicks, ${conversions(totals.conversions)} conversions, ${whole(totals.orders)} orders. The table has every minute.`;
  const columns: readonly TableColumn<LiveMinute>[] = [
    { label: 'Minute', cell: ({ at }) => clockTime(at) },
    { label: 'Spend', kind: 'number', cell: ({ values }) => money(values.spendMicros, currency) },
    { label: 'Clicks', kind: 'number', cell: ({ values }) => whole(values.clicks) },
    { label: 'Conversions', kind: 'number', cell: ({ values }) => conversions(values.conversions) },
    { label: 'Orders', kind: 'number', cell: ({ values }) => whole(values.orders) },
  ];
  return (
    <section className="panel" aria-labelledby="live-minutes">
      <div className="panel-head">
        <h2 id="live-minutes">By minute</h2>
        <fieldset className="segments">
          <legend className="unseen">Show the minutes as</legend>
          {(['chart', 'table'] as const).map((name) => (
            <label key={name}>
              <input type="radio" name="live-view" checked={view === name} onChange={() => setView(name)} />
              <span>{name === 'chart' ? 'Chart' : 'Table'}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {view === 'table' ? (
        <Table label="Minutes" tall columns={columns} rows={minutes.toReversed()} keyOf={({ at }) => at} />
      ) : (
        <Suspense fallback={<Skeleton lines={8} what="the chart" />}>
          <MinuteChart minutes={minutes} currency={currency} description={described} />
        </Suspense>
      )}
    </section>
  );
}

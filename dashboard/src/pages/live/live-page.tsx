import { lazy, Suspense, useState } from 'react';
import type { LiveAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { ago } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { DayPanel } from './day-panel.tsx';
import { connectionWords } from './live-words.ts';
import { PaceTable } from './pace-table.tsx';
import { useLive } from './use-live.ts';

// As on the overview: the chart library arrives after the numbers.
const MinuteChart = lazy(() => import('./minute-chart.tsx').then((module) => ({ default: module.MinuteChart })));

const windows = [30, 60, 180] as const;

/** What happens now: minutes as they are counted, budgets as they are spent. */
export function LivePage() {
  const [minutes, setMinutes] = useState<number>(60);
  const { answer, connection, error, retry } = useLive({ level: 'campaign', minutes: String(minutes) });
  const { tone, word } = connectionWords[error === undefined ? connection : 'reconnecting'];
  return (
    <>
      <PageHead title="Live" about="The last minutes as they are counted, and how today’s budgets are spent">
        {/* Said when the state changes, and not at every number. */}
        <span role="status">
          <Status tone={error === undefined ? tone : 'bad'}>{error === undefined ? word : 'Not connected'}</Status>
        </span>
        <label className="field inline">
          <span>Minutes</span>
          <select value={minutes} onChange={({ target }) => setMinutes(Number(target.value))}>
            {windows.map((one) => (
              <option key={one} value={one}>
                Last {one}
              </option>
            ))}
          </select>
        </label>
      </PageHead>
      {error !== undefined && <ErrorPanel error={error} retry={retry} what="The live view could not be opened" />}
      {answer === undefined ? (
        error === undefined && <Skeleton lines={8} what="the live view" />
      ) : isEmpty(answer) ? (
        <HowToBegin />
      ) : (
        <LiveView answer={answer} />
      )}
    </>
  );
}

const isEmpty = ({ totals, today, rows }: LiveAnswer): boolean =>
  totals.events === 0 && today.values.events === 0 && rows.length === 0;

function HowToBegin() {
  return (
    <Empty title="Nothing is counted yet">
      <p>
        Platforms are asked for the running day every few minutes once accounts are connected. Events of your site come
        by <code>POST /v1/events</code>; <code>docs/streaming.md</code> says how.
      </p>
    </Empty>
  );
}

function LiveView({ answer }: { readonly answer: LiveAnswer }) {
  return (
    <>
      {answer.unconverted.length > 0 && (
        <p className="note">
          There is no exchange rate for {answer.unconverted.join(', ')}: that money is missing from the sums here, its
          clicks and orders are not.
        </p>
      )}
      <DayPanel answer={answer} />
      <section className="panel" aria-labelledby="minutes">
        <h2 id="minutes">Minute by minute</h2>
        <Suspense fallback={<Skeleton lines={8} what="the chart" />}>
          <MinuteChart answer={answer} />
        </Suspense>
        <Freshness answer={answer} />
      </section>
      <section className="panel" aria-labelledby="paces">
        <h2 id="paces">Budgets today</h2>
        {answer.rows.length === 0 ? (
          <Empty title="No campaign spends or has a budget" />
        ) : (
          <PaceTable rows={answer.rows} />
        )}
      </section>
    </>
  );
}

/** How old the newest number is, and when each platform was last asked. */
function Freshness({ answer: { freshness } }: { readonly answer: LiveAnswer }) {
  const now = useNow();
  return (
    <details className="disclosure">
      <summary>
        {freshness.newestMinute === null
          ? 'Nothing was counted in these minutes'
          : `Newest event counted ${ago(freshness.newestMinute, now)}`}
      </summary>
      <ul className="plain-list">
        {freshness.accounts.map(({ accountId, accountName, polledAt }) => (
          <li key={accountId}>
            {accountName}: {polledAt === null ? 'not asked yet today' : `asked ${ago(polledAt, now)}`}
          </li>
        ))}
      </ul>
    </details>
  );
}

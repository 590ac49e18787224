import type { ReactNode } from 'react';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PlatformFilter, usePlatform } from '../../parts/platform-filter.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { DayBand } from './day-band.tsx';
import { LiveFreshness } from './live-freshness.tsx';
import { LiveTiles } from './live-tiles.tsx';
import { connectionWords } from './live-words.ts';
import { MinutePanel } from './minute-panel.tsx';
import { PaceTable } from './pace-table.tsx';
import { ReconciliationPanel } from './reconciliation-panel.tsx';
import { useLive } from './use-live.ts';

const minuteChoices = ['30', '60', '180'] as const;
const levels = [
  ['campaign', 'Campaigns'],
  ['ad-group', 'Ad groups'],
  ['account', 'Accounts'],
] as const;
/** Rows that can be looked at; the campaigns page has all of them. */
const mostRows = 50;

/** What happens now: the last minutes, the running day against budgets, and what it will come to. */
export function LivePage({ alerts }: { readonly alerts?: ReactNode }) {
  const { path, search } = useLocation();
  const asked = new URLSearchParams(search);
  const minutes = minuteChoices.find((one) => one === asked.get('minutes')) ?? '60';
  const [level, levelName] = levels.find(([one]) => one === asked.get('level')) ?? levels[0];
  const platform = usePlatform();
  const live = useLive({
    minutes,
    level,
    limit: mostRows,
    ...(platform !== undefined && { platform }),
  });
  const choose = (changes: Readonly<Record<string, string>>): void =>
    navigate(path + withParameters(search, changes), { replace: true });
  const { state, connection } = live;
  const { tone, word } = connectionWords[connection];
  const window = `last ${counted(Number(minutes), 'minute')}`;
  const nothing = state !== undefined && state.totals.events === 0 && state.today.values.events === 0;
  return (
    <>
      <PageHead title="Live" about={`The ${window} and the running day, as they are counted`}>
        {/* Only the connection is said aloud: numbers that change each second would never let anybody finish. */}
        <p role="status" data-connection={connection}>
          <Status tone={tone}>{word}</Status>
        </p>
      </PageHead>
      <div className="toolbar live-toolbar">
        <PlatformFilter />
        <Segments
          name="minutes"
          legend="Minutes shown"
          value={minutes}
          options={minuteChoices.map((one) => [one, `${one} min`])}
          choose={(value) => choose({ minutes: value })}
        />
        <Segments
          name="level"
          legend="Rows"
          value={level}
          options={levels}
          choose={(value) => choose({ level: value })}
        />
      </div>
      {connection === 'given-up' && (
        <ErrorPanel error={live.error} retry={live.retry} what="The live figures could not be followed" />
      )}
      {connection === 'reconnecting' && state !== undefined && (
        <p className="note">
          <Icon name="alert" /> The connection broke off and is made again. What stands here is of {instant(state.at)}.
        </p>
      )}
      {alerts}
      {state === undefined ? (
        connection !== 'given-up' && <Skeleton lines={10} what="the live figures" />
      ) : (
        <>
          {state.unconverted.length > 0 && (
            <p className="note">
              <Icon name="alert" /> Money in {state.unconverted.join(', ')} is not in the sums: there is no exchange
              rate.
            </p>
          )}
          {nothing && <NothingYet />}
          <LiveTiles state={state} window={window} />
          <DayBand today={state.today} currency={state.currency} />
          <MinutePanel state={state} window={window} />
          <section className="panel" aria-labelledby="live-rows">
            <div className="panel-head">
              <h2 id="live-rows">{levelName} against their budgets</h2>
              <p className="muted">Spend, clicks, conversions and orders are of the {window}.</p>
            </div>
            {state.rows.length === 0 ? (
              <Empty title="Nothing was spent today and nothing happened in these minutes" />
            ) : (
              <PaceTable rows={state.rows} window={window} />
            )}
            {state.nextCursor !== null && <p className="muted">The {mostRows} that spent the most today.</p>}
          </section>
          <LiveFreshness freshness={state.freshness} />
        </>
      )}
      <ReconciliationPanel />
    </>
  );
}

function NothingYet() {
  return (
    <Empty title="No events yet today">
      <p>
        Spend arrives by itself: connected platforms are asked each few minutes. Orders, leads and page events arrive
        when your shop or site sends them to <code>POST /v1/events</code>; <code>docs/events.md</code> says how.
      </p>
    </Empty>
  );
}

interface SegmentsProps {
  readonly name: string;
  readonly legend: string;
  readonly value: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly choose: (value: string) => void;
}

function Segments({ name, legend, value, options, choose }: SegmentsProps) {
  return (
    <fieldset className="segments">
      <legend className="unseen">{legend}</legend>
      {options.map(([id, label]) => (
        <label key={id}>
          <input type="radio" name={`live-${name}`} checked={value === id} onChange={() => choose(id)} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

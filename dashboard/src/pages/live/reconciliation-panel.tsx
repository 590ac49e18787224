import { useState } from 'react';
import { useQuery } from '../../api/use-query.ts';
import { addDays, dayOf, isDay } from '../../format/calendar.ts';
import { longDay } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { usePlatform } from '../../parts/platform-filter.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { ReconciliationTable } from './reconciliation-table.tsx';
import { measureChoices, measureIds, siteText } from './reconciliation-words.ts';

/** Counters are kept so long. */
const mostDays = 400;

/** A day as the stream counted it beside what was loaded of it since; yesterday, if nobody chooses another. */
export function ReconciliationPanel() {
  const { path, search } = useLocation();
  const asked = new URLSearchParams(search);
  const today = dayOf(new Date());
  const oldest = addDays(today, -mostDays);
  const isKept = (day: string | null): day is string => isDay(day) && day >= oldest && day <= today;
  const chosen = asked.get('day');
  const date = isKept(chosen) ? chosen : addDays(today, -1);
  const measure = measureIds.find((id) => id === asked.get('reconciled')) ?? 'spendMicros';
  const platform = usePlatform();
  const [draft, setDraft] = useState(date);
  const query = { date, ...(platform !== undefined && { platform }) };
  const { data, error, stale, reload } = useQuery(`reconciliation ${JSON.stringify(query)}`, (client, signal) =>
    client.reconcileLive({ query }, { signal }),
  );
  const choose = (changes: Readonly<Record<string, string>>): void =>
    navigate(path + withParameters(search, changes), { replace: true });
  return (
    <section className="panel" aria-labelledby="live-reconciliation" data-day={date}>
      <div className="panel-head">
        <h2 id="live-reconciliation">Counted live beside loaded facts</h2>
        <div className="panel-controls">
          <label className="field inline">
            <span>Day</span>
            <input
              type="date"
              value={draft}
              min={oldest}
              max={today}
              onChange={({ target }) => {
                // A day that is being typed is none yet.
                setDraft(target.value);
                if (isKept(target.value)) choose({ day: target.value });
              }}
            />
          </label>
          <label className="field inline">
            <span>Number</span>
            <select value={measure} onChange={({ target }) => choose({ reconciled: target.value })}>
              {measureIds.map((id) => (
                <option key={id} value={id}>
                  {measureChoices[id].label}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      <p className="muted">
        {longDay(date)}, by each account’s own day and in its own currency. Repeats are dropped before they are counted.
        The difference is what leads from the stream to the facts; its parts add up to it.
      </p>
      {error !== undefined ? (
        <ErrorPanel error={error} retry={reload} what="The day could not be reconciled" />
      ) : data === undefined || stale ? (
        <Skeleton lines={5} what="the reconciliation" />
      ) : data.accounts.length === 0 ? (
        <p className="muted">No account has numbers of this day.</p>
      ) : (
        <ReconciliationTable accounts={data.accounts} measure={measure} />
      )}
      {data?.elsewhere != null && !stale && data.elsewhere.site.orders !== 0 && (
        <p className="muted">Sent without an account: {siteText(data.elsewhere.site)}.</p>
      )}
    </section>
  );
}

import { type SubmitEvent, useState } from 'react';
import type { Account, StartRun } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { addDays, dayOf, daysBetween, isDay } from '../../format/calendar.ts';
import { platformIds, platformName } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { navigate } from '../../routing/location.ts';
import { EstimateView } from './estimate-view.tsx';

interface Draft {
  readonly from: string;
  readonly to: string;
  /** A platform, an account, or every enabled account when empty. */
  readonly of: string;
  readonly mode: 'load' | 'reprocess';
}

/** What is wrong with the days, or undefined. */
export function backFillFault({ from, to }: Pick<Draft, 'from' | 'to'>, today: string): string | undefined {
  if (!isDay(from) || !isDay(to)) return 'Choose both days.';
  if (daysBetween(from, to) < 1) return 'The first day is after the last one.';
  return to > today ? 'The last day has not come yet.' : undefined;
}

function accountIdsOf(of: string, accounts: readonly Account[]): readonly string[] | undefined {
  if (of === '') return undefined;
  return accounts
    .filter(({ id, platform, status }) => (status === 'enabled' && platform === of) || id === of)
    .map(({ id }) => id);
}

/** Loads chosen days again: what it would take is worked out before anything starts. */
export function BackFill({ accounts }: { readonly accounts: readonly Account[] }) {
  const { client } = useApi();
  const today = dayOf(new Date());
  const [draft, setDraft] = useState<Draft>({ from: addDays(today, -90), to: today, of: '', mode: 'load' });
  const fault = backFillFault(draft, today);
  const accountIds = accountIdsOf(draft.of, accounts);
  const body: StartRun = { from: draft.from, to: draft.to, mode: draft.mode, ...(accountIds && { accountIds }) };
  const nobody = accountIds?.length === 0;
  const estimate = useQuery(
    fault !== undefined || nobody ? undefined : `estimate ${JSON.stringify(body)}`,
    (asking, signal) => asking.estimateEtlRun({ body }, { signal }),
  );
  const start = useAction(async () => {
    const { id } = await client.startEtlRun({ body });
    navigate(`/loads/${id}`);
  });
  const change = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void start.run();
  };
  const day = (end: 'from' | 'to', label: string) => (
    <label className="field">
      <span>{label}</span>
      <input
        type="date"
        value={draft[end]}
        max={today}
        aria-invalid={fault !== undefined}
        onChange={({ target }) => change({ [end]: target.value })}
      />
    </label>
  );
  const present = platformIds.filter((id) => accounts.some(({ platform }) => platform === id));
  return (
    <form className="back-fill" onSubmit={submit} aria-label="Load chosen days">
      <div className="form-row">
        {day('from', 'First day')}
        {day('to', 'Last day')}
        <label className="field">
          <span>Accounts</span>
          <select value={draft.of} onChange={({ target }) => change({ of: target.value })}>
            <option value="">All enabled accounts</option>
            {present.map((id) => (
              <option key={id} value={id}>
                All of {platformName(id)}
              </option>
            ))}
            {accounts.map(({ id, name, platform }) => (
              <option key={id} value={id}>
                {name} · {platformName(platform)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>From</span>
          <select
            value={draft.mode}
            onChange={({ target }) => change({ mode: target.value === 'reprocess' ? 'reprocess' : 'load' })}
          >
            <option value="load">The platforms</option>
            <option value="reprocess">Kept answers, calling nobody</option>
          </select>
        </label>
        <button
          type="submit"
          className="button primary"
          disabled={fault !== undefined || nobody || start.busy || estimate.data === undefined || estimate.stale}
        >
          {start.busy ? 'Starting…' : 'Load these days'}
        </button>
      </div>
      {fault !== undefined && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {nobody && <p className="muted">{platformName(draft.of)} has no enabled account.</p>}
      {estimate.error !== undefined && (
        <ErrorPanel error={estimate.error} retry={estimate.reload} what="What it would take could not be worked out" />
      )}
      {estimate.data !== undefined && fault === undefined && !nobody ? (
        <div className={estimate.stale ? 'stale' : undefined}>
          <EstimateView estimate={estimate.data} days={counted(daysBetween(draft.from, draft.to), 'day')} />
        </div>
      ) : (
        estimate.loading && <Skeleton lines={2} what="what it would take" />
      )}
      {start.error !== undefined && (
        <ErrorPanel error={start.error} retry={start.again} what="The data load was not started" />
      )}
    </form>
  );
}

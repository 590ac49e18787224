import type { LiveAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { ago, instant, roughly } from '../../format/times.ts';
import { Table } from '../../parts/table.tsx';
import { useNow } from '../../parts/use-now.ts';

/** How old what is shown is: of all, and account by account. */
export function LiveFreshness({ freshness }: { readonly freshness: LiveAnswer['freshness'] }) {
  const now = useNow();
  const when = (at: string | null, never: string) =>
    at === null ? <span className="muted">{never}</span> : <span title={instant(at)}>{ago(at, now)}</span>;
  return (
    <section className="panel" aria-labelledby="live-freshness">
      <h2 id="live-freshness">How fresh this is</h2>
      <p>
        {freshness.newestMinute === null || freshness.lagSeconds === null
          ? 'Nothing was counted in these minutes.'
          : `The newest minute with events began ${roughly(freshness.lagSeconds)} before this was read.`}
      </p>
      {freshness.accounts.length > 0 && (
        <Table
          label="Freshness by account"
          rows={freshness.accounts}
          keyOf={({ accountId }) => accountId}
          columns={[
            { label: 'Account', cell: ({ accountName }) => accountName },
            { label: 'Newest minute', cell: ({ newestMinute }) => when(newestMinute, 'Nothing in these minutes') },
            { label: 'Platform asked', cell: ({ polledAt }) => when(polledAt, 'Not yet') },
          ]}
        />
      )}
    </section>
  );
}

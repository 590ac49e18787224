import { useState } from 'react';
import { useMay, useSession } from '../../api/api-context.tsx';
import { mostCounted, useOpenAlerts } from '../../api/use-open-alerts.ts';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useNow } from '../../parts/use-now.ts';
import { AlertCard } from './alert-card.tsx';
import { Rules } from './rules.tsx';

/** What is wrong now, what was, and the rules that say so. */
export function AlertsPage() {
  const may = useMay('alerts.read');
  const { role } = useSession();
  return (
    <>
      <PageHead title="Alerts" about="What rules found in live events and loaded facts, and what it costs an hour" />
      {may ? (
        <>
          <Open />
          <Rules />
          <Resolved />
        </>
      ) : (
        <Empty title="Your role does not see alerts">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      )}
    </>
  );
}

const rank = { critical: 0, warning: 1, info: 2 } as const;

function Open() {
  const asked = useOpenAlerts();
  const now = useNow();
  const items = [...(asked.data?.items ?? [])].sort(
    (a, b) =>
      Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null) || rank[a.severity] - rank[b.severity],
  );
  return (
    <section className="alerts" aria-labelledby="open" aria-busy={asked.loading}>
      <h2 id="open">Open</h2>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The open alerts could not be listed" />
      )}
      {asked.data === undefined ? (
        asked.error === undefined && <Skeleton lines={5} what="the open alerts" />
      ) : items.length === 0 ? (
        <Empty title="No alert is open">
          <p>Rules on live events are looked at each minute, those on loaded facts after each load.</p>
        </Empty>
      ) : (
        <ul className="plain alert-cards">
          {items.map((alert) => (
            <AlertCard key={alert.id} alert={alert} now={now} changed={asked.reload} />
          ))}
        </ul>
      )}
      {asked.data?.nextCursor != null && (
        <p className="muted">These are the newest {mostCounted}. The API lists the others.</p>
      )}
    </section>
  );
}

const [firstResolved, mostResolved] = [10, 100];

function Resolved() {
  const [limit, setLimit] = useState(firstResolved);
  const now = useNow();
  const asked = useQuery(`resolved alerts ${limit}`, (client, signal) =>
    client.listAlerts({ query: { status: 'resolved', limit } }, { signal }),
  );
  const items = asked.data?.items ?? [];
  if (asked.data !== undefined && items.length === 0) return null;
  return (
    <section className="alerts" aria-labelledby="resolved" aria-busy={asked.loading}>
      <h2 id="resolved">Resolved</h2>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The resolved alerts could not be listed" />
      )}
      {asked.data === undefined && asked.error === undefined && <Skeleton lines={3} what="the resolved alerts" />}
      <ul className="plain alert-cards">
        {items.map((alert) => (
          <AlertCard key={alert.id} alert={alert} now={now} changed={asked.reload} />
        ))}
      </ul>
      {asked.data?.nextCursor != null && limit < mostResolved && (
        <button type="button" className="button" disabled={asked.loading} onClick={() => setLimit(mostResolved)}>
          Show older alerts
        </button>
      )}
    </section>
  );
}

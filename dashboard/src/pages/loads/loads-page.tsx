import { useState } from 'react';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Link } from '../../routing/link.tsx';
import { BackFill } from './back-fill.tsx';
import { LoadNow } from './load-now.tsx';
import { RunTable } from './run-table.tsx';

const [pageSize, mostShown] = [25, 1000];

export function LoadsPage() {
  const may = useMay('pipelines.read');
  const mayRun = useMay('pipelines.run');
  const { role } = useSession();
  const accounts = useAccounts();
  const [limit, setLimit] = useState(pageSize);
  const runs = useQuery(may ? `runs ${limit}` : undefined, (client, signal) =>
    client.listEtlRuns({ query: { limit } }, { signal }),
  );
  return (
    <>
      <PageHead title="Data loads" about="What was fetched from the platforms, when, and what came of it" />
      {!may ? (
        <Empty title="Your role does not see data loads">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <section className="panel" aria-label="Data loads" aria-busy={runs.loading}>
          <LoadNow runs={runs.data?.items} started={runs.reload} done={runs.reload} />
          {mayRun && accounts.data !== undefined && accounts.data.length > 0 && (
            <details className="disclosure">
              <summary>Load chosen days</summary>
              <BackFill accounts={accounts.data} />
            </details>
          )}
          <p className="muted">
            No access to a platform’s API yet? <Link href="/import">Import a downloaded report</Link>
          </p>
          {runs.error !== undefined && (
            <ErrorPanel error={runs.error} retry={runs.reload} what="The data loads could not be listed" />
          )}
          {runs.data !== undefined ? (
            <>
              {runs.data.items.length === 0 ? <Empty title="No data load yet" /> : <RunTable runs={runs.data.items} />}
              {runs.data.nextCursor !== null && limit < mostShown && (
                <button type="button" className="button" onClick={() => setLimit(Math.min(mostShown, limit * 2))}>
                  Show more
                </button>
              )}
            </>
          ) : (
            runs.error === undefined && <Skeleton lines={8} what="the data loads" />
          )}
        </section>
      )}
    </>
  );
}

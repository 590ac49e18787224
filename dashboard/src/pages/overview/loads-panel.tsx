import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Link } from '../../routing/link.tsx';
import { LoadNow } from '../loads/load-now.tsx';
import { RunTable } from '../loads/run-table.tsx';

/** The last data loads, and the button for another one. */
export function LoadsPanel({ loaded }: { readonly loaded: () => void }) {
  const runs = useQuery('runs 5', (client, signal) => client.listEtlRuns({ query: { limit: 5 } }, { signal }));
  const done = (): void => {
    runs.reload();
    loaded();
  };
  return (
    <section className="panel" aria-labelledby="loads" aria-busy={runs.loading}>
      <div className="panel-head">
        <h2 id="loads">Data loads</h2>
        <Link href="/loads">All data loads</Link>
      </div>
      <LoadNow runs={runs.data?.items} started={runs.reload} done={done} />
      {runs.error !== undefined && (
        <ErrorPanel error={runs.error} retry={runs.reload} what="The data loads could not be listed" />
      )}
      {runs.data !== undefined ? (
        runs.data.items.length === 0 ? (
          <Empty title="No data load yet" />
        ) : (
          <RunTable runs={runs.data.items} />
        )
      ) : (
        runs.error === undefined && <Skeleton lines={3} what="the data loads" />
      )}
    </section>
  );
}

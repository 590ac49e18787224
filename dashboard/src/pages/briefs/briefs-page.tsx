import { useState } from 'react';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { CreationTable } from '../creation/creation-table.tsx';

const [pageSize, mostShown] = [25, 100];

/** What is sold and to whom, and the campaigns that were made of it. */
export function BriefsPage() {
  const may = useMay('creatives.read');
  const { role } = useSession();
  return (
    <>
      <PageHead title="Create" about="From a brief to campaigns that somebody has approved" />
      {may ? (
        <Creations />
      ) : (
        <Empty title="Your role does not see briefs">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      )}
    </>
  );
}

function Creations() {
  const [limit, setLimit] = useState(pageSize);
  const runs = useQuery(`creations ${limit}`, (client, signal) =>
    client.listGenerationRuns({ query: { limit } }, { signal }),
  );
  return (
    <section className="panel" aria-labelledby="creations" aria-busy={runs.loading}>
      <h2 id="creations">Campaigns from briefs</h2>
      {runs.error !== undefined && (
        <ErrorPanel error={runs.error} retry={runs.reload} what="The runs could not be listed" />
      )}
      {runs.data === undefined ? (
        runs.error === undefined && <Skeleton lines={4} what="the runs" />
      ) : runs.data.items.length === 0 ? (
        <p className="muted">None yet: open a brief and make campaigns of it.</p>
      ) : (
        <>
          <CreationTable runs={runs.data.items} />
          {runs.data.nextCursor !== null &&
            (limit < mostShown ? (
              <button type="button" className="button" onClick={() => setLimit(Math.min(mostShown, limit * 2))}>
                Show older ones
              </button>
            ) : (
              <p className="muted">These are the newest {mostShown}. The API lists older ones.</p>
            ))}
        </>
      )}
    </section>
  );
}

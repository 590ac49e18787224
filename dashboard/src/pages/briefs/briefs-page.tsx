import { useState } from 'react';
import type { KeptBrief } from '../../../../sdks/javascript/src/generated/api.ts';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
import { CreationTable } from '../creation/creation-table.tsx';
import { BeginBrief } from './begin-brief.tsx';
import { briefState, briefTitle } from './brief-words.ts';

const [pageSize, mostShown] = [25, 100];

/** What is sold and to whom, and the campaigns that were made of it. */
export function BriefsPage() {
  const may = useMay('briefs.read');
  const mayWrite = useMay('briefs.write');
  const mayMake = useMay('creatives.read');
  const { role } = useSession();
  return (
    <>
      <PageHead title="Create" about="From a brief to campaigns that somebody has approved" />
      {may ? (
        <>
          <p>
            <Link href="/brand-kits">Brand kits: colours, letters, logo and voice</Link>
          </p>
          {mayWrite && <BeginBrief />}
          <Briefs />
          {mayMake && <Creations />}
        </>
      ) : (
        <Empty title="Your role does not see briefs">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      )}
    </>
  );
}

const columns: readonly TableColumn<KeptBrief>[] = [
  {
    label: 'Brief',
    kind: 'wraps',
    cell: (one) => <Link href={`/briefs/${one.id}`}>{briefTitle(one)}</Link>,
  },
  {
    label: 'Standing',
    cell: (one) => <Status tone={briefState(one).tone}>{briefState(one).label}</Status>,
  },
  {
    label: 'Open',
    cell: ({ open, reading }) => {
      const count = open.length + (reading?.toConfirm.length ?? 0);
      return count === 0 ? '–' : String(count);
    },
  },
  { label: 'Changed', cell: ({ changedAt }) => instant(changedAt) },
];

function Briefs() {
  const [limit, setLimit] = useState(pageSize);
  const asked = useQuery(`briefs ${limit}`, (client, signal) => client.listBriefs({ query: { limit } }, { signal }));
  return (
    <section className="panel" aria-labelledby="briefs" aria-busy={asked.loading}>
      <h2 id="briefs">Briefs</h2>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The briefs could not be listed" />
      )}
      {asked.data === undefined ? (
        asked.error === undefined && <Skeleton lines={4} what="the briefs" />
      ) : asked.data.items.length === 0 ? (
        <p className="muted">None yet.</p>
      ) : (
        <>
          <Table label="Table of briefs" columns={columns} rows={asked.data.items} keyOf={({ id }) => id} />
          {asked.data.nextCursor !== null && limit < mostShown && (
            <button type="button" className="button" onClick={() => setLimit(Math.min(mostShown, limit * 2))}>
              Show older briefs
            </button>
          )}
        </>
      )}
    </section>
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

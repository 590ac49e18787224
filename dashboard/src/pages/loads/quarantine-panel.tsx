import { useEffect, useRef, useState } from 'react';
import type { QuarantinedRow, RunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useQuery } from '../../api/use-query.ts';
import { counted } from '../../format/plural.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';

const [pageSize, mostShown] = [50, 1000];

/** Rows that were not loaded: which field, why, and the row as the platform sent it. */
export function QuarantinePanel({ run }: { readonly run: RunDetail }) {
  const [limit, setLimit] = useState(pageSize);
  const any = run.rowsQuarantined > 0;
  const refused = useQuery(any ? `quarantine ${run.id} ${limit} ${run.rowsQuarantined}` : undefined, (client, signal) =>
    client.listQuarantine({ path: { runId: run.id }, query: { limit } }, { signal }),
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The panel comes after the page: the browser looked for the place before it was there.
    if (location.hash === '#refused') heading.current?.scrollIntoView({ block: 'start' });
  }, []);
  const names = new Map(run.progress.map(({ accountId, accountName }) => [accountId, accountName]));
  return (
    <section className="panel" aria-labelledby="refused" aria-busy={refused.loading}>
      <h2 id="refused" ref={heading}>
        Refused rows
      </h2>
      {!any && (
        <Empty title="No row was refused">
          <p>Every row the platforms sent in this load was valid.</p>
        </Empty>
      )}
      {refused.error !== undefined && (
        <ErrorPanel error={refused.error} retry={refused.reload} what="The refused rows could not be listed" />
      )}
      {any && refused.data === undefined && refused.error === undefined && (
        <Skeleton lines={4} what="the refused rows" />
      )}
      {any && refused.data !== undefined && (
        <>
          <p className="muted">
            {counted(run.rowsQuarantined, 'row')} kept aside; everything else of the load went in.
          </p>
          <Table
            label="Table of refused rows"
            columns={columnsWith(names)}
            rows={refused.data.items}
            keyOf={(_, index) => String(index)}
          />
          {refused.data.nextCursor !== null && limit < mostShown && (
            <button type="button" className="button" onClick={() => setLimit(Math.min(mostShown, limit * 2))}>
              Show more
            </button>
          )}
        </>
      )}
    </section>
  );
}

const columnsWith = (names: ReadonlyMap<string | null, string>): readonly TableColumn<QuarantinedRow>[] => [
  { label: 'Account', cell: ({ accountId }) => names.get(accountId) ?? accountId },
  { label: 'Report', cell: ({ report }) => report },
  { label: 'Field', cell: ({ field }) => <code>{field}</code> },
  { label: 'Reason', kind: 'wraps', cell: ({ reason }) => reason },
  {
    label: 'Row',
    kind: 'wraps',
    cell: ({ raw }) => (
      <details>
        <summary>As sent</summary>
        <pre>{JSON.stringify(raw, null, 2)}</pre>
      </details>
    ),
  },
];

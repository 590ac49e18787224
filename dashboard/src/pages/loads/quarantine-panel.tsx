import { useState } from 'react';
import type { RunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useQuery } from '../../api/use-query.ts';
import { counted } from '../../format/plural.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';

const [pageSize, mostShown] = [50, 1000];

/** Rows that were not loaded: which field, why, and the row as the platform sent it. */
export function QuarantinePanel({ run }: { readonly run: RunDetail }) {
  const [limit, setLimit] = useState(pageSize);
  const any = run.rowsQuarantined > 0;
  const refused = useQuery(any ? `quarantine ${run.id} ${limit} ${run.rowsQuarantined}` : undefined, (client, signal) =>
    client.listQuarantine({ path: { runId: run.id }, query: { limit } }, { signal }),
  );
  const names = new Map(run.progress.map(({ accountId, accountName }) => [accountId, accountName]));
  return (
    <section className="panel" aria-labelledby="refused" aria-busy={refused.loading}>
      <h2 id="refused">Refused rows</h2>
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
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
          <section className="scroll" aria-label="Table of refused rows" tabIndex={0}>
            <table className="cards">
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  <th scope="col">Report</th>
                  <th scope="col">Field</th>
                  <th scope="col">Reason</th>
                  <th scope="col">Row</th>
                </tr>
              </thead>
              <tbody>
                {refused.data.items.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: refused rows have no identity and never change places.
                  <tr key={index}>
                    <th scope="row">{names.get(row.accountId) ?? row.accountId}</th>
                    <td data-label="Report">{row.report}</td>
                    <td data-label="Field">
                      <code>{row.field}</code>
                    </td>
                    <td data-label="Reason" className="wraps">
                      {row.reason}
                    </td>
                    <td data-label="Row" className="wraps">
                      <details>
                        <summary>As sent</summary>
                        <pre>{JSON.stringify(row.raw, null, 2)}</pre>
                      </details>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
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

import { useState } from 'react';
import type { Change } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { changeStatus, changeStatuses, operationsText, personText } from './change-words.ts';
import { stepWords } from './spend-effect-view.tsx';

const [pageSize, mostShown] = [25, 200];

/** Everything that was asked of the platforms, newest first. */
export function ChangesPage() {
  const may = useMay('changes.read');
  const maySeeGuardrails = useMay('guardrails.read');
  const maySeeAudit = useMay('audit.read');
  const { role } = useSession();
  const { path, search } = useLocation();
  const status = changeStatuses.find((one) => one === new URLSearchParams(search).get('status'));
  const [limit, setLimit] = useState(pageSize);
  const query = { limit, ...(status !== undefined && { status }) };
  const changes = useQuery(may ? `changes ${JSON.stringify(query)}` : undefined, (client, signal) =>
    client.listChanges({ query }, { signal }),
  );
  const choose = (chosen: string): void =>
    navigate(path + withParameters(search, { status: chosen }), { replace: true });
  return (
    <>
      <PageHead title="Changes" about="What was asked of the platforms, what it does to spend, and what became of it">
        {maySeeGuardrails && <Link href="/guardrails">Guardrails</Link>}
        {maySeeAudit && <Link href="/audit">Audit trail</Link>}
      </PageHead>
      {!may ? (
        <Empty title="Your role does not see changes">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <section className="panel" aria-label="Changes" aria-busy={changes.loading}>
          <div className="toolbar">
            <Choice
              label="Status"
              value={status ?? ''}
              all="Any status"
              options={changeStatuses.map((one) => [one, changeStatus[one].label] as const)}
              choose={choose}
            />
          </div>
          {changes.error !== undefined && (
            <ErrorPanel error={changes.error} retry={changes.reload} what="The changes could not be listed" />
          )}
          {changes.data === undefined ? (
            changes.error === undefined && <Skeleton lines={6} what="the changes" />
          ) : changes.data.items.length === 0 ? (
            <Empty title={status === undefined ? 'No change yet' : 'No change stands there'}>
              {status === undefined ? (
                <p>
                  Change a budget or a status on the page of the <Link href="/campaigns">campaigns</Link>; nothing is
                  written before somebody has confirmed its preview.
                </p>
              ) : (
                <button type="button" className="button" onClick={() => choose('')}>
                  Show all changes
                </button>
              )}
            </Empty>
          ) : (
            <>
              <ChangeTable changes={changes.data.items} />
              {changes.data.nextCursor !== null &&
                (limit < mostShown ? (
                  <button
                    type="button"
                    className="button"
                    disabled={changes.loading}
                    onClick={() => setLimit(Math.min(mostShown, limit * 2))}
                  >
                    Show older changes
                  </button>
                ) : (
                  <p className="muted">These are the newest {mostShown}. The API lists older ones.</p>
                ))}
            </>
          )}
        </section>
      )}
    </>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly Change[] }) {
  const { subject } = useApi();
  const columns: readonly TableColumn<Change>[] = [
    {
      label: 'Change',
      kind: 'wraps',
      cell: ({ id, reason, undoOf }) => (
        <>
          <Link href={`/changes/${id ?? ''}`}>{reason}</Link>
          {undoOf !== null && <span className="muted second-line">Undoes an earlier change</span>}
        </>
      ),
    },
    {
      label: 'Status',
      cell: ({ status }) => <Status tone={changeStatus[status].tone}>{changeStatus[status].label}</Status>,
    },
    { label: 'Operations', cell: operationsText },
    { label: 'Daily budgets', kind: 'number', cell: (one) => <BudgetStep change={one} /> },
    {
      label: 'Asked for',
      cell: ({ createdAt, createdBy }) => (
        <>
          {instant(createdAt)}
          <span className="muted second-line" title={createdBy}>
            {personText(createdBy, subject)}
          </span>
        </>
      ),
    },
  ];
  return (
    <Table
      label="Table of changes"
      columns={columns}
      rows={changes}
      keyOf={({ id }) => id ?? ''}
      dataOf={({ status }) => ({ 'data-status': status })}
    />
  );
}

/** How far a change moves the daily budgets of the workspace. */
function BudgetStep({ change: { effect } }: { readonly change: Change }) {
  if (effect.workspace === null) return <span className="muted">not known</span>;
  const { currency, dailyBudgetMicros } = effect.workspace;
  return <>{stepWords(dailyBudgetMicros, currency)}</>;
}

import { useState } from 'react';
import type { AuditEntry } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { instant } from '../../format/times.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { personText } from '../changes/change-words.ts';
import { AuditExport } from './audit-export.tsx';
import { actions, actionWords } from './audit-words.ts';
import { ChainCheck } from './chain-check.tsx';

const pageSize = 50;

/** Who did what, when and why; nothing here is ever changed or taken away. */
export function AuditPage() {
  const may = useMay('audit.read');
  const { role } = useSession();
  const { path, search } = useLocation();
  const parameters = new URLSearchParams(search);
  const changeId = parameters.get('change') ?? '';
  const action = actions.find((one) => one === parameters.get('action'));
  const filters = { ...(changeId !== '' && { changeId }), ...(action !== undefined && { action }) };
  const choose = (changes: Readonly<Record<string, string | undefined>>): void =>
    navigate(path + withParameters(search, changes), { replace: true });
  return (
    <>
      <Link href="/changes" className="back">
        <Icon name="back" /> All changes
      </Link>
      <PageHead title="Audit trail" about="Who asked the platforms for what, when and why, and what came of it" />
      {!may ? (
        <Empty title="Your role does not see the audit trail">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <>
          <section className="panel" aria-label="Is the audit trail whole?">
            <ChainCheck />
          </section>
          <section className="panel" aria-label="Entries">
            <div className="toolbar">
              <Choice
                label="What was done"
                value={action ?? ''}
                all="Everything"
                options={actions.map((one) => [one, actionWords[one].label] as const)}
                choose={(chosen) => choose({ action: chosen })}
              />
              {changeId !== '' && (
                <button type="button" className="button" onClick={() => choose({ change: undefined })}>
                  Of one change; show all
                </button>
              )}
              <AuditExport filters={filters} />
            </div>
            <Entries key={JSON.stringify(filters)} filters={filters} />
          </section>
        </>
      )}
    </>
  );
}

export interface AuditFilters {
  readonly changeId?: string;
  readonly action?: AuditEntry['action'];
}

function Entries({ filters }: { readonly filters: AuditFilters }) {
  /** Where the pages before this one began; the last is the one that is shown. */
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const cursor = cursors.at(-1);
  const query = { ...filters, limit: pageSize, ...(cursor !== undefined && { cursor }) };
  const asked = useQuery(`audit ${JSON.stringify(query)}`, (client, signal) => client.listAudit({ query }, { signal }));
  const next = asked.data?.nextCursor ?? null;
  return (
    <div aria-busy={asked.loading} className="audit">
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The audit trail could not be read" />
      )}
      {asked.data === undefined ? (
        asked.error === undefined && <Skeleton lines={8} what="the audit trail" />
      ) : asked.data.items.length === 0 ? (
        <Empty title="No entry">
          <p>Every preview, decision and write to a platform is written down here.</p>
        </Empty>
      ) : (
        <EntryTable entries={asked.data.items} />
      )}
      {(cursors.length > 0 || next !== null) && (
        <div className="actions">
          <button
            type="button"
            className="button"
            disabled={cursors.length === 0}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Newer
          </button>
          <button
            type="button"
            className="button"
            disabled={next === null || asked.loading}
            onClick={() => next !== null && setCursors([...cursors, next])}
          >
            Older
          </button>
        </div>
      )}
    </div>
  );
}

function EntryTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { subject } = useApi();
  const columns: readonly TableColumn<AuditEntry>[] = [
    {
      label: 'When',
      cell: ({ at, sequence }) => (
        <>
          {instant(at)}
          <span className="muted second-line">entry {sequence}</span>
        </>
      ),
    },
    { label: 'Who', cell: ({ actor }) => <span title={actor}>{personText(actor, subject)}</span> },
    {
      label: 'What',
      cell: ({ action, object, problem }) => (
        <>
          <Status tone={actionWords[action].tone}>{actionWords[action].label}</Status>
          {object !== null && <span className="second-line">{object.name}</span>}
          <FaultLine text={problem?.reason ?? null} />
        </>
      ),
    },
    {
      label: 'Why',
      kind: 'wraps',
      cell: ({ reason, changeId }) =>
        changeId === null ? (reason ?? '–') : <Link href={`/changes/${changeId}`}>{reason ?? 'The change'}</Link>,
    },
    {
      label: 'Requests',
      cell: ({ requestId, platformRequestId }) => (
        <>
          {requestId === null ? '–' : <code className="request">{requestId}</code>}
          {platformRequestId !== null && (
            <span className="second-line muted">
              the platform’s: <code className="request">{platformRequestId}</code>
            </span>
          )}
        </>
      ),
    },
  ];
  return <Table label="Table of entries" columns={columns} rows={entries} keyOf={({ sequence }) => String(sequence)} />;
}

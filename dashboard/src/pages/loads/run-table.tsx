import type { Run } from '../../../../sdks/javascript/src/generated/api.ts';
import { whole } from '../../format/numbers.ts';
import { duration, instant } from '../../format/times.ts';
import { FaultLine } from '../../parts/fault-line.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { Link } from '../../routing/link.tsx';
import { runDays, runKind, runStatus } from './run-words.ts';

const columns: readonly TableColumn<Run>[] = [
  {
    label: 'Started',
    cell: (run) => (
      <>
        <Link href={`/loads/${run.id}`}>{instant(run.startedAt)}</Link>
        <span className="muted second-line">{runKind(run)}</span>
      </>
    ),
  },
  {
    label: 'Status',
    cell: ({ status, error }) => (
      <>
        <Status tone={runStatus[status].tone}>{runStatus[status].label}</Status>
        <FaultLine text={error} />
      </>
    ),
  },
  { label: 'Days', cell: runDays },
  {
    label: 'Accounts',
    kind: 'number',
    cell: ({ accounts }) => (
      <>
        {whole(accounts.loaded)} of {whole(accounts.total)}
        <FaultLine text={accounts.failed > 0 ? `${whole(accounts.failed)} failed` : null} />
      </>
    ),
  },
  { label: 'Rows loaded', kind: 'number', cell: ({ rowsLoaded }) => whole(rowsLoaded) },
  { label: 'Refused', kind: 'number', cell: ({ rowsQuarantined }) => whole(rowsQuarantined) },
  {
    label: 'Took',
    kind: 'number',
    cell: ({ startedAt, finishedAt }) => (finishedAt === null ? '–' : duration(startedAt, finishedAt)),
  },
];

export function RunTable({ runs }: { readonly runs: readonly Run[] }) {
  return <Table label="Table of data loads" columns={columns} rows={runs} keyOf={({ id }) => id} />;
}

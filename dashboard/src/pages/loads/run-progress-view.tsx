import type { AccountProgress, RunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { whole } from '../../format/numbers.ts';
import { shortDay } from '../../format/times.ts';
import { FaultLine } from '../../parts/fault-line.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { accountStage, isFinished, paceText, runStatus, runSummary } from './run-words.ts';

/** How far a run is, as a bar and a sentence that a screen reader hears when it changes. */
export function RunBar({ run }: { readonly run: RunDetail }) {
  const { total, done, failed } = run.pace.windows;
  return (
    <div className="run-bar">
      <Status tone={runStatus[run.status].tone}>{runStatus[run.status].label}</Status>
      <progress
        aria-label="Account windows done"
        max={Math.max(1, total)}
        {...(total === 0 && !isFinished(run) ? {} : { value: total === 0 ? 1 : done + failed })}
      />
      <p role="status">
        <span className="unseen">{runStatus[run.status].label}: </span>
        {runSummary(run)}
        {!isFinished(run) && <span className="muted"> {paceText(run.pace)}</span>}
      </p>
    </div>
  );
}

const columns: readonly TableColumn<AccountProgress>[] = [
  {
    label: 'Account',
    cell: ({ accountName, platform }) => (
      <>
        <span className="primary-text">{accountName}</span>
        <span className="muted second-line">
          <PlatformMark platform={platform} />
        </span>
      </>
    ),
  },
  {
    label: 'Stage',
    cell: ({ stage, error }) => (
      <>
        <Status tone={accountStage[stage].tone}>{accountStage[stage].label}</Status>
        <FaultLine text={error} />
      </>
    ),
  },
  {
    label: 'Days',
    cell: ({ from, to }) => (from === null || to === null ? '–' : `${shortDay(from)} – ${shortDay(to)}`),
  },
  { label: 'Extracted', kind: 'number', cell: ({ rowsExtracted }) => whole(rowsExtracted) },
  { label: 'Loaded', kind: 'number', cell: ({ rowsLoaded }) => whole(rowsLoaded) },
  { label: 'Refused', kind: 'number', cell: ({ rowsQuarantined }) => whole(rowsQuarantined) },
];

/** A row for each account and window. */
export function ProgressTable({ run }: { readonly run: RunDetail }) {
  if (run.progress.length === 0) return <p className="muted">The accounts appear as soon as they are known.</p>;
  return (
    <Table
      label="Accounts of this load"
      columns={columns}
      rows={run.progress}
      keyOf={({ accountId, accountName, from, to }) => `${accountId ?? accountName} ${from} ${to}`}
    />
  );
}

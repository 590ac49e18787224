import type { AccountReconciliation, MeasureReconciliation } from '../../../../sdks/javascript/src/generated/api.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { DifferenceBar } from './difference-bar.tsx';
import {
  lateText,
  loadText,
  measureChoices,
  partNames,
  pollText,
  type ReconciledMeasure,
  signedText,
  siteText,
} from './reconciliation-words.ts';

interface ReconciliationTableProps {
  readonly accounts: readonly AccountReconciliation[];
  readonly measure: ReconciledMeasure;
}

interface Row {
  readonly account: AccountReconciliation;
  readonly of: MeasureReconciliation;
  /** The largest of its amounts: bars of one row share a scale. */
  readonly most: number;
}

/** Each account's day: what was counted, what is loaded, and the way from one to the other. */
export function ReconciliationTable({ accounts, measure }: ReconciliationTableProps) {
  const rows = accounts.flatMap((account): Row[] => {
    const of = account.measures.find((one) => one.measure === measure);
    if (of === undefined) return [];
    const amounts = [of.difference ?? 0, ...of.parts.map(({ amount }) => amount)];
    return [{ account, of, most: Math.max(...amounts.map(Math.abs)) }];
  });
  const { label, text } = measureChoices[measure];
  const attributed = measure === 'conversionsMicros' || measure === 'conversionValueMicros';
  const columns: readonly TableColumn<Row>[] = [
    { label: 'Account', cell: ({ account }) => <Account account={account} /> },
    {
      label: 'Counted live',
      meaning: `${label} that the stream counted`,
      kind: 'number',
      cell: ({ account, of }) => text(of.stream, account.currency),
    },
    {
      label: 'Loaded facts',
      kind: 'number',
      cell: ({ account, of }) => <Loaded account={account} of={of} />,
    },
    { label: 'Difference', kind: 'number', cell: (row) => <Difference row={row} /> },
    { label: 'Where it comes from', kind: 'wraps', cell: (row) => <Parts row={row} /> },
    ...(attributed
      ? [
          {
            label: 'Orders of the site',
            meaning: 'Beside the platform’s conversions, which may be of the same sale; never subtracted',
            kind: 'wraps' as const,
            cell: ({ account }: Row) => siteText(account.site),
          },
        ]
      : []),
  ];
  return (
    <Table
      label="Reconciliation by account"
      columns={columns}
      rows={rows}
      keyOf={({ account }) => account.accountId}
      dataOf={({ account }) => ({ 'data-reconciled': account.accountName })}
    />
  );
}

function Account({ account }: { readonly account: AccountReconciliation }) {
  const late = lateText(account.late);
  return (
    <div className="live-name">
      <span className="primary-text">{account.accountName}</span>
      <span className="muted second-line">
        <PlatformMark platform={account.platform} />
      </span>
      <span className="muted second-line">{pollText(account.poll)}</span>
      {late !== undefined && <span className="second-line">{late}</span>}
    </div>
  );
}

function Loaded({ account, of }: Pick<Row, 'account' | 'of'>) {
  if (account.load.kind === 'none') return <span className="muted">{loadText(account.load)}</span>;
  return (
    <span title={loadText(account.load)}>
      {of.batch === null ? (
        <span className="muted">Not reported</span>
      ) : (
        measureChoices[of.measure].text(of.batch, account.currency)
      )}
    </span>
  );
}

function Difference({ row: { account, of, most } }: { readonly row: Row }) {
  if (of.difference === null) return <span className="muted">–</span>;
  return (
    <>
      {signedText(of.measure, of.difference, account.currency)}
      <DifferenceBar amount={of.difference} most={most} />
    </>
  );
}

function Parts({ row: { account, of, most } }: { readonly row: Row }) {
  if (of.difference === null) return <span className="muted">Nothing to compare with yet</span>;
  if (of.parts.length === 0) return <span className="muted">Both say the same</span>;
  return (
    <ul className="plain difference-parts">
      {of.parts.map(({ part, reason, amount, because }) => (
        <li key={reason} data-part={part}>
          <span>
            <span className="primary-text">{partNames[part]}</span> {signedText(of.measure, amount, account.currency)}
          </span>
          <DifferenceBar amount={amount} most={most} />
          <span className="muted second-line">{because}</span>
        </li>
      ))}
    </ul>
  );
}

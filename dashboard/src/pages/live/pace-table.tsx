import type { LiveRow } from '../../../../sdks/javascript/src/generated/api.ts';
import { money } from '../../format/numbers.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { clock, paceWords, projectionText, ratioText } from './live-words.ts';

const orNone = (micros: number | null | undefined, currency: string | null): string =>
  micros === null || micros === undefined || currency === null ? '–' : money(micros, currency);

/** What nobody named stands together in one row. */
const nameOf = (row: LiveRow): string =>
  row.campaignName ??
  row.campaignId ??
  (row.accountName === null ? 'Of no account' : `${row.accountName}, of no campaign`);

const columns: readonly TableColumn<LiveRow>[] = [
  {
    label: 'Campaign',
    cell: (row) => (
      <>
        {nameOf(row)}
        {row.platform !== null && (
          <span className="second-line">
            <PlatformMark platform={row.platform} />
          </span>
        )}
      </>
    ),
  },
  {
    label: 'Pace',
    meaning: 'Today’s spend beside what of the daily budget is spent by now on a usual day',
    cell: ({ pace }) => {
      const { tone, word } = paceWords[pace?.status ?? 'no-budget'];
      return <Status tone={tone}>{word}</Status>;
    },
  },
  { label: 'Spent of budget', cell: (row) => <PaceBar row={row} /> },
  { label: 'Spent by expected', kind: 'number', cell: ({ pace }) => ratioText(pace?.ratio ?? null) },
  {
    label: 'Budget ends',
    meaning: 'When the daily budget is spent if the day goes on as it began',
    kind: 'number',
    cell: ({ pace }) => (pace === null || pace.exhaustedAt === null ? '–' : clock(pace.exhaustedAt)),
  },
  {
    label: 'By the end of the day',
    kind: 'number',
    cell: ({ projection, currency }) =>
      projection?.kind === 'projected' && currency !== null ? (
        <span title={projectionText(projection, currency)}>
          {money(projection.lowMicros, currency)} – {money(projection.highMicros, currency)}
        </span>
      ) : (
        <span title={projection === null || currency === null ? undefined : projectionText(projection, currency)}>
          –
        </span>
      ),
  },
];

export function PaceTable({ rows }: { readonly rows: readonly LiveRow[] }) {
  return (
    <Table
      label="Campaigns by pace"
      tall
      columns={columns}
      rows={rows}
      keyOf={({ accountId, campaignId, currency }) => `${accountId} ${campaignId} ${currency}`}
      dataOf={({ pace }) => ({ 'data-pace': pace?.status ?? 'no-budget' })}
    />
  );
}

/** Spent as a bar, expected by now as a mark; the words beside it say both. */
function PaceBar({ row: { pace, today, currency } }: { readonly row: LiveRow }) {
  const budget = pace?.dailyBudgetMicros ?? null;
  if (budget === null || budget === 0) return <>{orNone(today.spendMicros, currency)}</>;
  const share = (micros: number) => `${Math.min(100, Math.max(0, (micros / budget) * 100))}%`;
  return (
    <div className="pace">
      <div className="pace-bar" aria-hidden="true">
        <span style={{ width: share(today.spendMicros) }} />
        <i style={{ left: share(pace?.expectedMicros ?? 0) }} />
      </div>
      <span>
        {orNone(today.spendMicros, currency)} of {orNone(budget, currency)}
      </span>
    </div>
  );
}

import type { LivePace, LiveRow } from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, percent, whole } from '../../format/numbers.ts';
import { clockTime } from '../../format/times.ts';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { nameOf, paceWords, profileText, projectionText } from './live-words.ts';
import { PaceBar } from './pace-bar.tsx';

interface PaceTableProps {
  readonly rows: readonly LiveRow[];
  /** `last 60 minutes` */
  readonly window: string;
}

/** Each object with its day against its budget and what the last minutes brought. */
export function PaceTable({ rows, window }: PaceTableProps) {
  const paced = rows.some(({ pace }) => pace !== null);
  const projected = rows.some(({ projection }) => projection !== null);
  const columns: readonly TableColumn<LiveRow>[] = [
    { label: 'Name', cell: (row) => <Name row={row} /> },
    ...(paced ? [{ label: 'Pace', cell: (row: LiveRow) => <Pace pace={row.pace} /> }] : []),
    { label: 'Spent today', cell: (row) => <SpentToday row={row} /> },
    ...(projected ? [{ label: 'Day’s end', cell: (row: LiveRow) => <DayEnd row={row} /> }] : []),
    {
      label: 'Spend',
      meaning: `In the ${window}`,
      kind: 'number',
      cell: ({ values, currency }) => <Money micros={values.spendMicros} currency={currency} />,
    },
    { label: 'Clicks', meaning: `In the ${window}`, kind: 'number', cell: ({ values }) => whole(values.clicks) },
    {
      label: 'Conversions',
      meaning: `As the platforms report them, in the ${window}`,
      kind: 'number',
      cell: ({ values }) => conversions(values.conversions),
    },
    {
      label: 'Orders',
      meaning: `Of the site itself, in the ${window}`,
      kind: 'number',
      cell: ({ values }) => whole(values.orders),
    },
  ];
  return (
    <Table
      label="Table of what is live"
      columns={columns}
      rows={rows}
      keyOf={(row) => [row.adId, row.adGroupId, row.campaignId, row.accountId, row.currency].join(' ')}
      dataOf={({ campaignId, pace }) => ({ 'data-campaign': campaignId ?? '', 'data-pace': pace?.status ?? '' })}
    />
  );
}

function Money({ micros, currency }: { readonly micros: number; readonly currency: string | null }) {
  return currency === null ? <span className="muted">–</span> : money(micros, currency);
}

function Name({ row }: { readonly row: LiveRow }) {
  const { name, above } = nameOf(row);
  return (
    <div className="live-name">
      <span className="primary-text">{name}</span>
      <span className="muted second-line">
        {row.platform !== null && <PlatformMark platform={row.platform} />} {above}
      </span>
    </div>
  );
}

function Pace({ pace }: { readonly pace: LivePace | null }) {
  if (pace === null) return <span className="muted">–</span>;
  const { tone, word, meaning } = paceWords[pace.status];
  return (
    <span title={[meaning, profileText(pace.profile)].filter(Boolean).join('. ')}>
      <Status tone={tone}>{word}</Status>
      {pace.ratio !== null && (
        <span className="muted second-line">{percent(pace.ratio).replace(/[.,]\d+/, '')} of expected</span>
      )}
    </span>
  );
}

function SpentToday({ row }: { readonly row: LiveRow }) {
  const { pace, today, currency } = row;
  const budget = pace?.dailyBudgetMicros ?? null;
  if (currency === null) return <span className="muted">–</span>;
  return (
    <div className="pace">
      <span>
        {money(today.spendMicros, currency)}
        {budget !== null && <span className="muted"> of {money(budget, currency)}</span>}
      </span>
      {budget !== null && (
        <PaceBar
          spent={today.spendMicros}
          budget={budget}
          expected={pace?.expectedMicros ?? null}
          tone={pace === null ? 'quiet' : paceWords[pace.status].tone}
        />
      )}
      {pace?.expectedMicros != null && (
        <span className="muted second-line">{money(pace.expectedMicros, currency)} expected by now</span>
      )}
      {pace?.exhaustedAt != null && (
        <span className="second-line">Budget ends about {clockTime(pace.exhaustedAt)}</span>
      )}
    </div>
  );
}

function DayEnd({ row: { projection, currency } }: { readonly row: LiveRow }) {
  if (projection === null || currency === null) return <span className="muted">–</span>;
  const said = projectionText(projection, currency);
  if (projection.kind === 'insufficient-data') {
    return (
      <span className="muted" title={said}>
        Too little to say
      </span>
    );
  }
  return (
    <span title={said}>
      {money(projection.spendMicros, currency)}
      <span className="muted second-line">
        {money(projection.lowMicros, currency)} to {money(projection.highMicros, currency)}
      </span>
    </span>
  );
}

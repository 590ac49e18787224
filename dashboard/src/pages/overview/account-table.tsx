import type { Account, MetricRow, MetricsAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { type MetricKey, metricOf } from '../../format/metrics.ts';
import { counted } from '../../format/plural.ts';
import { ago, instant, longDay, shortDay } from '../../format/times.ts';
import { ChangeMark } from '../../parts/change-mark.tsx';
import { Empty } from '../../parts/empty.tsx';
import { FaultLine } from '../../parts/fault-line.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Status, type Tone } from '../../parts/status.tsx';
import { Table, type TableColumn } from '../../parts/table.tsx';
import { useNow } from '../../parts/use-now.ts';
import { NoValue, Value } from '../../parts/value.tsx';
import type { ImportedDays } from './imported-days.ts';

const shown: readonly MetricKey[] = ['spend', 'conversions', 'cpa', 'roas', 'ctr'];

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly pages: readonly MetricsAnswer[] | undefined;
  /** By account, days that somebody imported by hand. */
  readonly imported: ReadonlyMap<string, ImportedDays>;
  readonly compares: boolean;
}

/** Each account with its own currency and clock, its numbers, and how old they are. */
export function AccountTable({ accounts, pages, imported, compares }: AccountTableProps) {
  const now = useNow();
  if (accounts.length === 0) return <Empty title="No accounts" />;
  const rows = new Map((pages ?? []).flatMap((page) => page.rows).map((row) => [row.accountId, row]));
  const through = new Map((pages?.[0]?.freshness.accounts ?? []).map((one) => [one.accountId, one.throughDate]));
  const currency = pages?.[0]?.currency ?? '';
  const columns: readonly TableColumn<Account>[] = [
    {
      label: 'Account',
      cell: (account) => (
        <>
          <span className="primary-text">{account.name}</span>
          <span className="muted second-line">
            <PlatformMark platform={account.platform} /> {account.platformId} · {account.currency} · {account.timeZone}
          </span>
        </>
      ),
    },
    {
      label: 'Data',
      cell: (account) => (
        <Freshness account={account} through={through.get(account.id)} imported={imported.get(account.id)} now={now} />
      ),
    },
    ...shown.map(
      (metric): TableColumn<Account> => ({
        label: metricOf(metric).label,
        meaning: metricOf(metric).meaning,
        kind: 'number',
        cell: ({ id }) =>
          pages === undefined ? (
            <span className="muted">…</span>
          ) : (
            <AccountValue metric={metric} row={rows.get(id)} currency={currency} compares={compares} />
          ),
      }),
    ),
  ];
  return (
    <Table
      label="Table of accounts"
      columns={columns}
      rows={accounts}
      keyOf={({ id }) => id}
      dataOf={({ platformId }) => ({ 'data-account': platformId })}
    />
  );
}

interface AccountValueProps {
  readonly metric: MetricKey;
  readonly row: MetricRow | undefined;
  readonly currency: string;
  readonly compares: boolean;
}

function AccountValue({ metric, row, currency, compares }: AccountValueProps) {
  const { label, of } = metricOf(metric);
  if (row === undefined) return <NoValue why={`No ${label}: no numbers of this account in the period`} />;
  return (
    <>
      <Value metric={metric} values={row.values} currency={currency} />
      {compares && row.previous && (
        <span className="second-line">
          <ChangeMark metric={metric} now={of(row.values)} before={of(row.previous)} />
        </span>
      )}
    </>
  );
}

const stateOf = ({ status, lastError, lastLoadedAt }: Account): { readonly tone: Tone; readonly word: string } => {
  if (status === 'disabled') return { tone: 'quiet', word: 'Disabled' };
  if (lastError !== null) return { tone: 'warn', word: 'Last load failed' };
  return lastLoadedAt === null ? { tone: 'quiet', word: 'Waiting' } : { tone: 'good', word: 'Loaded' };
};

interface FreshnessProps {
  readonly account: Account;
  readonly through: string | null | undefined;
  readonly imported: ImportedDays | undefined;
  readonly now: number;
}

function Freshness({ account, through, imported, now }: FreshnessProps) {
  const { lastLoadedAt, lastError, status } = account;
  const loaded = lastLoadedAt === null ? 'Never loaded' : `Loaded ${ago(lastLoadedAt, now)}`;
  const facts = through ? `; facts through ${shortDay(through)}` : '';
  const { tone, word } = stateOf(account);
  return (
    <div className="freshness">
      <Status tone={tone}>{word}</Status>
      {status === 'disabled' ? (
        <span className="muted second-line">{lastError ?? 'The platform has disabled it, so it is not loaded.'}</span>
      ) : (
        <>
          <span className="muted second-line" title={lastLoadedAt === null ? undefined : instant(lastLoadedAt)}>
            {loaded}
            {facts}
          </span>
          {imported !== undefined && (
            <span
              className="muted second-line"
              title={`${counted(imported.files, 'file')} with days from ${longDay(imported.from)}. Days that the platform’s API has delivered are its own.`}
            >
              Imported by hand through {shortDay(imported.to)}
            </span>
          )}
          <FaultLine text={lastError} />
        </>
      )}
    </div>
  );
}

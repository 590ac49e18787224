import type { Account, MetricsAnswer } from '../../../../sdks/javascript/src/generated/api.ts';
import { type MetricKey, metricOf } from '../../format/metrics.ts';
import { platformName } from '../../format/platforms.ts';
import { ago, instant, shortDay } from '../../format/times.ts';
import { ChangeMark } from '../../parts/change-mark.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Status } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { NoValue, Value } from '../../parts/value.tsx';

const columns: readonly MetricKey[] = ['spend', 'conversions', 'cpa', 'roas', 'ctr'];

interface AccountTableProps {
  readonly accounts: readonly Account[];
  readonly pages: readonly MetricsAnswer[] | undefined;
  readonly compares: boolean;
}

/** Each account with its own currency and clock, its numbers, and how old they are. */
export function AccountTable({ accounts, pages, compares }: AccountTableProps) {
  const now = useNow();
  if (accounts.length === 0) return <Empty title="No accounts" />;
  const rows = new Map((pages ?? []).flatMap((page) => page.rows).map((row) => [row.accountId, row]));
  const through = new Map((pages?.[0]?.freshness.accounts ?? []).map((one) => [one.accountId, one.throughDate]));
  const currency = pages?.[0]?.currency ?? '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label="Table of accounts" tabIndex={0}>
      <table className="cards">
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Data</th>
            {columns.map((key) => (
              <th scope="col" className="number" key={key} title={metricOf(key).meaning}>
                {metricOf(key).label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => {
            const row = rows.get(account.id);
            return (
              <tr key={account.id} data-account={account.platformId}>
                <th scope="row">
                  <span className="primary-text">{account.name}</span>
                  <span className="muted second-line">
                    {platformName(account.platform)} {account.platformId} · {account.currency} · {account.timeZone}
                  </span>
                </th>
                <td data-label="Data">
                  <Freshness account={account} through={through.get(account.id)} now={now} />
                </td>
                {columns.map((key) => (
                  <td key={key} className="number" data-label={metricOf(key).label}>
                    {pages === undefined ? (
                      <span className="muted">…</span>
                    ) : row === undefined ? (
                      <NoValue why={`No ${metricOf(key).label}: no numbers of this account in the period`} />
                    ) : (
                      <Value metric={key} values={row.values} currency={currency} />
                    )}
                    {compares && row?.previous && (
                      <span className="second-line">
                        <ChangeMark
                          metric={key}
                          now={metricOf(key).of(row.values)}
                          before={metricOf(key).of(row.previous)}
                        />
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface FreshnessProps {
  readonly account: Account;
  readonly through: string | null | undefined;
  readonly now: number;
}

function Freshness({ account, through, now }: FreshnessProps) {
  const { lastLoadedAt, lastError, status } = account;
  const loaded = lastLoadedAt === null ? 'Never loaded' : `Loaded ${ago(lastLoadedAt, now)}`;
  const facts = through ? `; facts through ${shortDay(through)}` : '';
  const state =
    status === 'disabled' ? (
      <Status tone="quiet">Disabled</Status>
    ) : lastError !== null ? (
      <Status tone="warn">Last load failed</Status>
    ) : lastLoadedAt === null ? (
      <Status tone="quiet">Waiting</Status>
    ) : (
      <Status tone="good">Loaded</Status>
    );
  return (
    <div className="freshness">
      {state}
      {status === 'disabled' ? (
        <span className="muted second-line">{lastError ?? 'The platform has disabled it, so it is not loaded.'}</span>
      ) : (
        <>
          <span className="muted second-line" title={lastLoadedAt === null ? undefined : instant(lastLoadedAt)}>
            {loaded}
            {facts}
          </span>
          {lastError !== null && <span className="second-line fault">{lastError}</span>}
        </>
      )}
    </div>
  );
}

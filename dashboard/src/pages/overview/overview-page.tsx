import { allPages } from '../../api/all-pages.ts';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useQuery } from '../../api/use-query.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PeriodPicker, scopeText, useScope } from '../../parts/period-picker.tsx';
import { PlatformFilter, usePlatform } from '../../parts/platform-filter.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { UnconvertedNote } from '../../parts/unconverted-note.tsx';
import { OpenAlerts } from '../alerts/open-alerts.tsx';
import { QualityBanner } from '../quality/quality-banner.tsx';
import { AccountTable } from './account-table.tsx';
import { DailyPanel } from './daily-panel.tsx';
import { ExportMenu } from './export-menu.tsx';
import { importedDaysOf } from './imported-days.ts';
import { KpiTiles } from './kpi-tiles.tsx';
import { LoadsPanel } from './loads-panel.tsx';
import { PlatformSplit } from './platform-split.tsx';

export function OverviewPage() {
  const { workspace } = useSession();
  const maySeeLoads = useMay('pipelines.read');
  const scope = useScope(workspace.currency);
  const { from, to } = scope.period;
  const platform = usePlatform();
  const asked = { from, to, currency: scope.currency, ...(platform !== undefined && { platform }) } as const;
  const question = { ...asked, limit: 1000 } as const;
  const compare = scope.before === undefined ? {} : { compare: 'previous-period' as const };

  const accounts = useAccounts();
  const byAccount = useQuery(`by-account ${JSON.stringify({ ...question, ...compare })}`, (client, signal) =>
    allPages((cursor) =>
      client.queryMetrics({ query: { ...question, ...compare, groupBy: 'platform,account', ...cursor } }, { signal }),
    ),
  );
  const byDay = useQuery(`by-day ${JSON.stringify(question)}`, (client, signal) =>
    allPages((cursor) =>
      client.queryMetrics({ query: { ...question, groupBy: 'platform,date', sort: 'date', ...cursor } }, { signal }),
    ),
  );
  const imports = useQuery(maySeeLoads ? 'imports of accounts' : undefined, async (client, signal) =>
    (await allPages((cursor) => client.listImports({ query: { limit: 100, ...cursor } }, { signal }))).flatMap(
      ({ items }) => items,
    ),
  );
  const reload = (): void => {
    accounts.reload();
    byAccount.reload();
    byDay.reload();
  };

  const currencies = [...new Set((accounts.data ?? []).map(({ currency }) => currency))];
  const never = accounts.data?.every(({ lastLoadedAt }) => lastLoadedAt === null) ?? false;
  const answer = byAccount.data?.[0];
  return (
    <>
      <PageHead title="Overview" about={scopeText(scope)}>
        <PeriodPicker scope={scope} currencies={currencies} workspaceCurrency={workspace.currency} compares />
      </PageHead>
      <div className="toolbar">
        <PlatformFilter />
        <ExportMenu
          question={{ ...asked, groupBy: 'platform,account,date', sort: 'date' }}
          about="Every account and day of this page, all metrics"
        />
      </div>
      {maySeeLoads && <QualityBanner />}
      <OpenAlerts />
      {byAccount.data !== undefined && <UnconvertedNote answers={byAccount.data} />}
      {never && (
        <Empty title={accounts.data?.length === 0 ? 'No advertising accounts yet' : 'Nothing is loaded yet'}>
          <p>
            {accounts.data?.length === 0
              ? 'Accounts appear here after a platform is connected and its first data load is done.'
              : 'The first data load brings the numbers; its progress is below.'}
          </p>
        </Empty>
      )}
      {byAccount.error !== undefined && (
        <ErrorPanel error={byAccount.error} retry={byAccount.reload} what="The numbers could not be loaded" />
      )}
      {answer !== undefined ? (
        <KpiTiles answer={answer} days={byDay.data} scope={scope} stale={byAccount.stale} />
      ) : (
        byAccount.error === undefined && <Skeleton lines={3} what="the numbers" />
      )}
      <section className="panel" aria-labelledby="daily" aria-busy={byDay.loading}>
        {byDay.error !== undefined && (
          <ErrorPanel error={byDay.error} retry={byDay.reload} what="The days could not be loaded" />
        )}
        {byDay.data !== undefined ? (
          <DailyPanel pages={byDay.data} stale={byDay.stale} period={scope.period} />
        ) : (
          byDay.error === undefined && <Skeleton lines={8} what="the days" />
        )}
      </section>
      {byAccount.data !== undefined && <PlatformSplit pages={byAccount.data} />}
      <section className="panel" aria-labelledby="accounts" aria-busy={accounts.loading || byAccount.loading}>
        <h2 id="accounts">Accounts</h2>
        {accounts.error !== undefined && (
          <ErrorPanel error={accounts.error} retry={accounts.reload} what="The accounts could not be loaded" />
        )}
        {accounts.data !== undefined ? (
          <AccountTable
            accounts={accounts.data.filter((one) => platform === undefined || one.platform === platform)}
            pages={byAccount.data}
            imported={importedDaysOf(imports.data ?? [])}
            compares={scope.before !== undefined}
          />
        ) : (
          accounts.error === undefined && <Skeleton lines={4} what="the accounts" />
        )}
      </section>
      {maySeeLoads && <LoadsPanel loaded={reload} />}
    </>
  );
}

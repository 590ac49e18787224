import { useMemo, useState } from 'react';
import { allPages } from '../../api/all-pages.ts';
import { useSession } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { useQuery } from '../../api/use-query.ts';
import { type MetricKey, metricOf } from '../../format/metrics.ts';
import { breakdownIds, breakdowns, platformName } from '../../format/platforms.ts';
import { periodText } from '../../format/times.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PeriodPicker, useScope } from '../../parts/period-picker.tsx';
import { PlatformFilter, usePlatform } from '../../parts/platform-filter.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { UnconvertedNote } from '../../parts/unconverted-note.tsx';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { breakdownPicture, isLong, overlaps } from './breakdown-rows.ts';
import { BreakdownTable } from './breakdown-table.tsx';

const barMetrics: readonly MetricKey[] = ['spend', 'impressions', 'clicks', 'conversions'];
const [pageSize, mostShown] = [50, 1000];

/** Who saw the ads, where and on what: bars first, and never more certain than the platforms are. */
export function BreakdownsPage() {
  const { workspace } = useSession();
  const scope = useScope(workspace.currency);
  const { path, search } = useLocation();
  const parameters = new URLSearchParams(search);
  const platform = usePlatform();
  const breakdown = breakdownIds.find((id) => id === parameters.get('by')) ?? 'age';
  const [metric, setMetric] = useState<MetricKey>('spend');
  const [limit, setLimit] = useState(pageSize);
  const accounts = useAccounts();
  const shownAccounts = (accounts.data ?? []).filter((one) => platform === undefined || one.platform === platform);
  const accountId = shownAccounts.find(({ id }) => id === parameters.get('account'))?.id;
  const campaigns = useQuery(
    accountId === undefined ? undefined : `campaigns of ${accountId}`,
    async (client, signal) =>
      (
        await allPages((cursor) =>
          client.listCampaigns(
            { query: { limit: 1000, ...(accountId !== undefined && { accountId }), ...cursor } },
            { signal },
          ),
        )
      ).flatMap(({ items }) => items),
  );
  const campaignId = campaigns.stale
    ? undefined
    : campaigns.data?.find(({ id }) => id === parameters.get('campaign'))?.id;
  const change = (changes: Readonly<Record<string, string | undefined>>): void => {
    setLimit(pageSize);
    navigate(path + withParameters(search, changes), { replace: true });
  };

  const question = {
    from: scope.period.from,
    to: scope.period.to,
    currency: scope.currency,
    ...(platform !== undefined && { platform }),
    ...(accountId !== undefined && { accountId }),
    ...(accountId !== undefined && campaignId !== undefined && { campaignId }),
  };
  const long = isLong(breakdown);
  const asked = useQuery(
    `breakdown ${breakdown} ${long ? limit : ''} ${JSON.stringify(question)}`,
    async (client, signal) => {
      const query = { ...question, groupBy: `platform,${breakdown}`, sort: '-spendMicros' };
      const [parts, whole] = await Promise.all([
        long
          ? client.queryMetrics({ query: { ...query, limit } }, { signal }).then((page) => [page])
          : allPages((cursor) => client.queryMetrics({ query: { ...query, limit: 1000, ...cursor } }, { signal })),
        client.queryMetrics(
          { query: { ...question, groupBy: 'platform', grain: 'campaign', limit: 1000 } },
          { signal },
        ),
      ]);
      return { breakdown, parts, whole };
    },
  );
  const data = asked.data;
  const picture = useMemo(
    () => (data === undefined ? undefined : breakdownPicture(data.breakdown, data.parts, data.whole)),
    [data],
  );
  const present = [...new Set((data?.parts ?? []).flatMap(({ rows }) => rows.flatMap((row) => row.platform ?? [])))];
  const { label, one } = breakdowns[data?.breakdown ?? breakdown];
  const more = long && data?.parts.at(-1)?.nextCursor != null && limit < mostShown;
  return (
    <>
      <PageHead title="Breakdowns" about={periodText(scope.period)}>
        <PeriodPicker
          scope={scope}
          currencies={[...new Set((accounts.data ?? []).map(({ currency }) => currency))]}
          workspaceCurrency={workspace.currency}
          compares={false}
        />
      </PageHead>
      <div className="toolbar">
        <PlatformFilter />
        <label>
          <span className="unseen">Divide by</span>
          <select value={breakdown} onChange={({ target }) => change({ by: target.value })}>
            {breakdownIds.map((id) => (
              <option key={id} value={id}>
                By {breakdowns[id].one}
              </option>
            ))}
          </select>
        </label>
        <Choice
          label="Account"
          value={accountId ?? ''}
          all="All accounts"
          options={shownAccounts.map(({ id, name }) => [id, name])}
          choose={(account) => change({ account, campaign: undefined })}
        />
        {accountId !== undefined && (
          <Choice
            label="Campaign"
            value={campaignId ?? ''}
            all="All campaigns of the account"
            options={(campaigns.data ?? []).map(({ id, name }) => [id, name])}
            choose={(campaign) => change({ campaign })}
          />
        )}
      </div>
      {data !== undefined && <UnconvertedNote answers={[data.whole]} />}
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The breakdown could not be loaded" />
      )}
      {data === undefined || picture === undefined ? (
        asked.error === undefined && <Skeleton lines={10} what="the breakdown" />
      ) : (
        <section className={`panel ${asked.stale ? 'stale' : ''}`} aria-labelledby="by" aria-busy={asked.loading}>
          <div className="panel-head">
            <h2 id="by">{label}</h2>
            <div className="panel-controls">
              <div className="counts">
                {present.map((id) => (
                  <PlatformMark key={id} platform={id} />
                ))}
              </div>
              <label className="field inline">
                <span>Bars show</span>
                <select
                  value={metric}
                  onChange={({ target }) => setMetric(barMetrics.find((key) => key === target.value) ?? 'spend')}
                >
                  {barMetrics.map((key) => (
                    <option key={key} value={key}>
                      {metricOf(key).label}
                    </option>
                  ))}
                </select>
              </label>
            </div>
          </div>
          {picture.silent.map((id) => (
            <p key={id} className="note" role="note">
              <Icon name="alert" /> {label} is not reported by {platformName(id)}: its ads are in no row below.
            </p>
          ))}
          {overlaps(data.breakdown) && (
            <p className="muted">
              Assets are shown together, and each counts the whole impression: the rows add up to more than the
              campaigns.
            </p>
          )}
          {picture.rows.length === 0 ? (
            <Empty title={`No ${one} is known in this period`}>
              <p>Choose a longer period or another platform.</p>
            </Empty>
          ) : (
            <BreakdownTable
              picture={picture}
              one={one}
              metric={metric}
              currency={data.whole.currency}
              shares={!overlaps(data.breakdown)}
            />
          )}
          {more && (
            <button type="button" className="button" onClick={() => setLimit(Math.min(mostShown, limit * 2))}>
              Show more
            </button>
          )}
        </section>
      )}
    </>
  );
}

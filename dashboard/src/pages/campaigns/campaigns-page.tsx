import { useDeferredValue, useMemo } from 'react';
import { allPages } from '../../api/all-pages.ts';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { whole } from '../../format/numbers.ts';
import { ownWord, shortName } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { saveBlob } from '../../format/save-blob.ts';
import { periodText } from '../../format/times.ts';
import { Choice } from '../../parts/choice.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PeriodPicker, useScope } from '../../parts/period-picker.tsx';
import { PlatformFilter, usePlatform } from '../../parts/platform-filter.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { UnconvertedNote } from '../../parts/unconverted-note.tsx';
import { usePhone } from '../../parts/use-media.ts';
import { navigate, useLocation, withParameters } from '../../routing/location.ts';
import { campaignColumns, statusNames } from './campaign-columns.ts';
import { campaignsCsv } from './campaign-csv.ts';
import { CampaignGrid } from './campaign-grid.tsx';
import { type CampaignFilter, type CampaignRow, campaignRows, filterRows } from './campaign-rows.ts';
import { EditDialog } from './edit-dialog.tsx';
import { FollowedEdits } from './followed-edits.tsx';
import { type CampaignSort, nextSort, readSort, sortCampaigns, writeSort } from './sort-campaigns.ts';
import { useCampaignEdits } from './use-campaign-edits.ts';

export function CampaignsPage() {
  const { workspace } = useSession();
  const scope = useScope(workspace.currency);
  const { from, to } = scope.period;
  const question = { from, to, currency: scope.currency, groupBy: 'campaign', limit: 1000 } as const;
  const structure = useQuery('campaigns', async (client, signal) => {
    const [accounts, campaigns] = await Promise.all([
      allPages((cursor) => client.listAccounts({ query: { limit: 1000, ...cursor } }, { signal })),
      allPages((cursor) => client.listCampaigns({ query: { limit: 1000, ...cursor } }, { signal })),
    ]);
    return {
      accounts: accounts.flatMap(({ items }) => items),
      campaigns: campaigns.flatMap(({ items }) => items),
    };
  });
  const numbers = useQuery(`by-campaign ${JSON.stringify(question)}`, (client, signal) =>
    allPages((cursor) => client.queryMetrics({ query: { ...question, ...cursor } }, { signal })),
  );

  const { path, search } = useLocation();
  const parameters = new URLSearchParams(search);
  const filter = useDeferredFilter(parameters);
  const sortText = parameters.get('sort');
  const change = (changes: Readonly<Record<string, string | undefined>>): void =>
    navigate(path + withParameters(search, changes), { replace: true });
  const setSort = (sort: CampaignSort): void => change({ sort: writeSort(sort) });
  const sort = readSort(sortText);

  const mayChange = useMay('changes.write');
  const maySeeGuardrails = useMay('guardrails.read');
  // Asked for before the first edit, whose button says whether it is applied at once.
  useQuery(mayChange && maySeeGuardrails ? 'guardrails' : undefined, (client, signal) =>
    client.getGuardrails({}, { signal }),
  );
  const edits = useCampaignEdits(structure.data, structure.reload);
  const { shown } = edits;
  const all = useMemo(
    () =>
      structure.data === undefined || numbers.data === undefined
        ? undefined
        : shown(campaignRows(structure.data.campaigns, structure.data.accounts, numbers.data)),
    [structure.data, numbers.data, shown],
  );
  const rows = useMemo(
    () => (all === undefined ? undefined : sortCampaigns(filterRows(all, filter), readSort(sortText))),
    [all, filter, sortText],
  );
  const currency = numbers.data?.[0]?.currency ?? scope.currency;
  const failed = structure.error ?? numbers.error;
  const accounts = structure.data?.accounts ?? [];
  return (
    <div className="fills">
      <PageHead title="Campaigns" about={periodText(scope.period)}>
        <PeriodPicker
          scope={scope}
          currencies={[...new Set(accounts.map((account) => account.currency))]}
          workspaceCurrency={workspace.currency}
          compares={false}
        />
      </PageHead>
      {numbers.data !== undefined && <UnconvertedNote answers={numbers.data} />}
      <div className="toolbar">
        <label className="search">
          <span className="unseen">Search campaigns</span>
          <Icon name="search" />
          <input
            type="search"
            placeholder="Search name, account, type or id"
            value={parameters.get('q') ?? ''}
            onChange={({ target }) => change({ q: target.value })}
          />
        </label>
        <PlatformFilter />
        <Choice
          label="Account"
          value={filter.accountId}
          all="All accounts"
          options={accounts
            .filter((account) => filter.platform === '' || account.platform === filter.platform)
            .map(({ id, name }) => [id, name])}
          choose={(account) => change({ account })}
        />
        <Choice
          label="Status"
          value={filter.status}
          all="Any status"
          options={Object.entries(statusNames)}
          choose={(status) => change({ status })}
        />
        <PhoneSort sort={sort} setSort={setSort} />
        <p className="toolbar-count muted" role="status">
          {rows !== undefined && all !== undefined && `${whole(rows.length)} of ${counted(all.length, 'campaign')}`}
        </p>
        <button
          type="button"
          className="button"
          disabled={rows === undefined || rows.length === 0}
          onClick={() => {
            const type = 'text/csv;charset=utf-8';
            if (rows) saveBlob(`campaigns-${from}-${to}.csv`, new Blob([campaignsCsv(rows, currency)], { type }));
          }}
        >
          <Icon name="save" /> CSV
        </button>
      </div>
      {failed !== undefined && (
        <ErrorPanel
          error={failed}
          what="The campaigns could not be loaded"
          retry={() => {
            structure.reload();
            numbers.reload();
          }}
        />
      )}
      <FollowedEdits followed={edits.followed} ended={edits.ended} dismiss={edits.dismiss} />
      <LevelNote rows={rows ?? []} />
      {rows === undefined ? (
        failed === undefined && <Skeleton lines={14} what="the campaigns" />
      ) : rows.length === 0 ? (
        <Empty title={all?.length === 0 ? 'No campaigns yet' : 'No campaign matches'}>
          {all?.length === 0 ? (
            <p>Campaigns appear with the first data load of an account that has some.</p>
          ) : (
            <button
              type="button"
              className="button"
              onClick={() => change({ q: undefined, platform: undefined, account: undefined, status: undefined })}
            >
              Show all campaigns
            </button>
          )}
        </Empty>
      ) : (
        <div className={`grid-frame ${numbers.stale ? 'stale' : ''}`} aria-busy={numbers.loading || structure.loading}>
          <CampaignGrid
            rows={rows}
            currency={currency}
            sort={sort}
            setSort={setSort}
            edit={mayChange ? edits.begin : undefined}
          />
        </div>
      )}
      {edits.open !== undefined && (
        <EditDialog
          key={`${edits.open.row.id} ${edits.open.field}`}
          {...edits.open}
          accounts={accounts}
          sent={edits.follow}
          close={edits.close}
        />
      )}
    </div>
  );
}

/** Typing stays quick: the table follows when there is time. */
function useDeferredFilter(parameters: URLSearchParams): CampaignFilter {
  const text = useDeferredValue(parameters.get('q') ?? '');
  const platform = usePlatform() ?? '';
  const accountId = parameters.get('account') ?? '';
  const status = parameters.get('status') ?? '';
  return useMemo(() => ({ text, platform, accountId, status }), [text, platform, accountId, status]);
}

/** Says what a platform itself calls the campaigns that are shown, where its word is another one. */
function LevelNote({ rows }: { readonly rows: readonly CampaignRow[] }) {
  const lines = [...new Set(rows.map(({ platform }) => platform))].flatMap((platform) => {
    const [own, below] = [ownWord(platform, 'campaign'), ownWord(platform, 'ad-group')];
    return own === undefined ? [] : [`${shortName(platform)} calls a campaign a ${own}, and an ad group a ${below}.`];
  });
  return lines.length === 0 ? null : <p className="muted">{lines.join(' ')}</p>;
}

/** A phone shows cards and no column heads to sort by. */
function PhoneSort({ sort, setSort }: { readonly sort: CampaignSort; readonly setSort: (sort: CampaignSort) => void }) {
  if (!usePhone()) return null;
  return (
    <div className="phone-sort">
      <label>
        <span className="unseen">Sort by</span>
        <select
          value={sort.by}
          onChange={({ target }) => setSort(nextSort({ by: '', descending: false }, target.value))}
        >
          {campaignColumns.map(({ key, label }) => (
            <option key={key} value={key}>
              By {label}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        className="button"
        aria-label={sort.descending ? 'Largest first; turn round' : 'Smallest first; turn round'}
        onClick={() => setSort(nextSort(sort, sort.by))}
      >
        <Icon name={sort.descending ? 'down' : 'up'} />
      </button>
    </div>
  );
}

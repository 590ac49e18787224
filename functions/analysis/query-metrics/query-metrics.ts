import type { RouteCase } from '../../../adapters/http/api-handler.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import { decodeCursor, encodeCursor } from '../../../adapters/stores/cursor.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { MetricsQuery } from '../../../contracts/schemas/metrics.ts';
import { answerMetrics } from '../../../domain/analysis/answer-metrics.ts';
import { type RateTable, rateMaxAgeDays } from '../../../domain/analysis/currency-conversion.ts';
import { maximumGroups } from '../../../domain/analysis/group-facts.ts';
import type { Rollup } from '../../../domain/analysis/rollup.ts';
import { pageOfRows, type RowPosition, sortsByName } from '../../../domain/analysis/sort-rows.ts';
import { AppError } from '../../../domain/errors.ts';
import { addDays, monthOf } from '../../../domain/integrations/calendar-day.ts';
import { type MetricsPlan, planMetrics } from './metrics-plan.ts';
import type { NameCache } from './name-cache.ts';
import type { RollupCache } from './rollup-cache.ts';
import { withNames } from './row-names.ts';

export interface MetricsPorts {
  readonly stores: Pick<Stores, 'forWorkspace' | 'rates'>;
  readonly rollups: RollupCache;
  /** Without it every answer reads its names. */
  readonly names?: NameCache;
}

/** Rows of a page when the caller names no limit. */
const defaultLimit = 100;
/** Reads from the lake at the same time. */
const readsAtOnce = 16;

const refusals = {
  'too-large': 'A sum is too large to be exact. Ask for a shorter period or another currency.',
  'too-many-groups': `The answer has more than ${maximumGroups} rows. Ask for a shorter period, fewer dimensions, one account or one campaign.`,
} as const;

/** Answers a metrics question from the serving rollups of the workspace. */
export const queryMetrics =
  ({ stores, rollups, names }: MetricsPorts): RouteCase<'queryMetrics'> =>
  async ({ principal, query }) => {
    const plan = planMetrics(query);
    const own = stores.forWorkspace(principal.workspaceId);
    const [workspace, accounts] = await Promise.all([own.workspace.get(), chosenAccounts(own, query)]);
    if (workspace === undefined) throw new AppError('not-found', 'This workspace no longer exists.');
    const currency = query.currency ?? workspace.currency;
    const after = positionFrom(principal.workspaceId, query);

    const facts = await loadRollups(own, rollups, plan, accounts);
    const metrics = answerMetrics(facts, {
      period: plan.period,
      ...(plan.previous && { previous: plan.previous }),
      groupBy: plan.groupBy,
      ...(query.campaignId !== undefined && { campaignId: query.campaignId }),
      currency,
      rates: await ratesFor(stores, plan, facts, currency),
    });
    if (metrics.kind !== 'answered') throw new AppError('invalid-request', refusals[metrics.kind]);
    const nameFirst = sortsByName(plan.order);
    const page = pageOfRows(nameFirst ? await withNames(metrics.rows, own, accounts, names) : metrics.rows, {
      order: plan.order,
      groupBy: plan.groupBy,
      after,
      limit: query.limit ?? defaultLimit,
    });
    return {
      rows: nameFirst ? [...page.rows] : await withNames(page.rows, own, accounts, names),
      totals: metrics.totals,
      ...(metrics.previousTotals !== undefined && { previousTotals: metrics.previousTotals }),
      currency,
      grain: plan.grain,
      freshness: freshnessOf([...accounts.values()]),
      unconverted: [...metrics.unconverted],
      nextCursor: page.last ? encodeCursor(questionOf(principal.workspaceId, query), partsOf(page.last)) : null,
    };
  };

/** Accounts the question is about. An account or campaign that is not in the workspace is `not-found`. */
async function chosenAccounts(own: WorkspaceStores, query: MetricsQuery): Promise<ReadonlyMap<string, AccountRecord>> {
  const { accountId, campaignId, platform } = query;
  const [all, campaign] = await Promise.all([
    own.accounts.all(),
    campaignId === undefined ? undefined : own.campaigns.get(campaignId),
  ]);
  if (accountId !== undefined && !all.some((account) => account.id === accountId)) {
    throw new AppError('not-found', `There is no account ${accountId} in this workspace.`);
  }
  if (campaignId !== undefined && campaign === undefined) {
    throw new AppError('not-found', `There is no campaign ${campaignId} in this workspace.`);
  }
  const chosen = all.filter(
    (account) =>
      (platform === undefined || account.platform === platform) &&
      (accountId === undefined || account.id === accountId) &&
      (campaign === undefined || account.id === campaign.accountId),
  );
  return new Map(chosen.map((account) => [account.id, account]));
}

async function loadRollups(
  own: WorkspaceStores,
  cache: RollupCache,
  { grain, period, previous }: MetricsPlan,
  accounts: ReadonlyMap<string, unknown>,
): Promise<Rollup[]> {
  const months = { fromMonth: monthOf((previous ?? period).from), toMonth: monthOf(period.to) };
  // A pointer may be switched and its old object swept between the two reads; the second time it is a fault.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const pointers = (await own.rollups.list({ grain, ...months })).filter(({ accountId }) => accounts.has(accountId));
    const found: (Rollup | undefined)[] = [];
    for (let start = 0; start < pointers.length; start += readsAtOnce) {
      found.push(...(await Promise.all(pointers.slice(start, start + readsAtOnce).map(({ key }) => cache.get(key)))));
    }
    const whole = found.filter((rollup) => rollup !== undefined);
    if (whole.length === pointers.length) return whole;
  }
  throw new AppError('unavailable', 'The numbers are being replaced at this moment.');
}

async function ratesFor(
  stores: Pick<Stores, 'rates'>,
  { period, previous }: MetricsPlan,
  facts: readonly Rollup[],
  currency: string,
): Promise<RateTable> {
  const base = 'EUR';
  if (facts.every((rollup) => rollup.currency === currency)) return { base, days: new Map() };
  const published = await stores.rates.between(addDays((previous ?? period).from, -rateMaxAgeDays), period.to);
  return { base, days: new Map(published.map((day) => [day.date, day.rates])) };
}

/** An enabled account that was never loaded makes the whole answer as old as nothing; a disabled one does not. */
function freshnessOf(accounts: readonly AccountRecord[]) {
  const relied = accounts.filter((account) => account.status === 'enabled');
  const loads = relied.map((account) => account.lastLoadedAt);
  const known = loads.filter((at) => at !== null).toSorted();
  return {
    loadedAt: known.length === loads.length ? (known[0] ?? null) : null,
    accounts: accounts.map(({ id, name, lastLoadedAt, throughDate }) => ({
      accountId: id,
      accountName: name,
      loadedAt: lastLoadedAt,
      throughDate,
    })),
  };
}

/** A cursor belongs to one question; the page size may change on the way. */
const questionOf = (workspaceId: string, { limit: _, cursor: __, ...question }: MetricsQuery): string[] => [
  workspaceId,
  'metrics',
  ...Object.entries(question)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .toSorted(),
];

const partsOf = ({ value, identity }: RowPosition): string[] => [
  value === null ? 'null' : typeof value,
  String(value ?? ''),
  identity,
];

function positionFrom(workspaceId: string, query: MetricsQuery): RowPosition | undefined {
  if (query.cursor === undefined) return undefined;
  const [type = '', value = '', identity = ''] = decodeCursor(questionOf(workspaceId, query), query.cursor, 3);
  return { value: type === 'null' ? null : type === 'number' ? Number(value) : value, identity };
}

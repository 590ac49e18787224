import type { RouteCase } from '../../../adapters/http/api-handler.ts';
import {
  chosenAccounts,
  loadRollups,
  type MetricsPorts,
  metricsRefusals,
  ratesFor,
} from '../../../adapters/metrics/read-metrics.ts';
import { withNames } from '../../../adapters/metrics/row-names.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import { decodeCursor, encodeCursor } from '../../../adapters/stores/cursor.ts';
import type { MetricsQuery } from '../../../contracts/schemas/metrics.ts';
import { answerMetrics } from '../../../domain/analysis/answer-metrics.ts';
import { planMetrics } from '../../../domain/analysis/metrics-plan.ts';
import { pageOfRows, type RowPosition, sortsByName } from '../../../domain/analysis/sort-rows.ts';
import { AppError } from '../../../domain/errors.ts';

/** Rows of a page when the caller names no limit. */
const defaultLimit = 100;

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
    if (metrics.kind !== 'answered') throw new AppError('invalid-request', metricsRefusals[metrics.kind]);
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

import type { RouteCase } from '../../../adapters/http/api-handler.ts';
import { chosenAccounts, loadRollups } from '../../../adapters/metrics/read-metrics.ts';
import type { RollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { PollState } from '../../../adapters/stores/poll-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { ReconciliationAnswer } from '../../../contracts/schemas/reconciliation.ts';
import { dayWindowDays } from '../../../contracts/streams/windows.ts';
import { dayCounts } from '../../../domain/analysis/live/day-counts.ts';
import { type DayFacts, dayFacts } from '../../../domain/analysis/live/day-facts.ts';
import { type DayEvidence, type KeptPolls, reconcileDay } from '../../../domain/analysis/live/reconciliation.ts';
import { AppError } from '../../../domain/errors.ts';
import { addDays, dayInZone } from '../../../domain/integrations/calendar-day.ts';
import { mirroredId } from '../../../domain/integrations/ids.ts';
import type { HourCounters } from '../../../domain/integrations/streaming/counters.ts';
import type { DayTotals } from '../../../domain/integrations/streaming/poll-difference.ts';

type Kind = 'workspace' | 'accounts' | 'campaigns' | 'adGroups' | 'ads' | 'rollups' | 'live' | 'polls';

export interface ReconcilePorts {
  readonly stores: Stores<Kind>;
  readonly rollups: RollupCache;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Polls read at the same time. */
const readsAtOnce = 16;
/** No place on earth is further ahead of UTC. */
const furthestAheadMillis = 14 * 3_600_000;

/** Holds what the stream counted of a day against what the batch has loaded of it. */
export const reconcileLive =
  ({ stores, rollups, now }: ReconcilePorts): RouteCase<'reconcileLive'> =>
  async ({ principal, query }): Promise<ReconciliationAnswer> => {
    const at = now();
    const { date } = query;
    refuseUnkept(date, at);
    const own = stores.forWorkspace(principal.workspaceId);
    const accounts = await chosenAccounts(own, query);
    const period = { from: date, to: date };
    const [hours, accountRollups, campaignRollups, polls] = await Promise.all([
      own.live.hours([date, addDays(date, 1)]),
      loadRollups(own, rollups, { grain: 'account', period, previous: undefined }, accounts),
      loadRollups(own, rollups, { grain: 'campaign', period, previous: undefined }, accounts),
      pollsOf(own, [...accounts.keys()], date),
    ]);
    const hoursBy = Map.groupBy(hours, ({ accountId }) => accountId);
    const factsBy = factsOf(accountRollups, date);
    const campaignFactsBy = factsOf(campaignRollups, date);
    const shown = [...accounts.values()].filter(
      ({ id, status }) => status === 'enabled' || [hoursBy, factsBy, polls].some((of) => of.has(id)),
    );
    const evidence = shown.map(
      (account): DayEvidence => ({
        account,
        date,
        counts: dayCounts(hoursBy.get(account.id) ?? [], date, account.currency),
        polls: keptPolls(principal.workspaceId, account, polls.get(account.id)),
        facts: factsBy.get(account.id),
        campaignFacts: campaignFactsBy.get(account.id),
        now: at,
      }),
    );
    const whole = query.platform === undefined && query.accountId === undefined;
    return {
      date,
      at: new Date(at).toISOString(),
      accounts: evidence.map(reconcileDay),
      elsewhere: whole ? elsewhere(hoursBy.get(null) ?? [], date) : null,
    };
  };

/** Days that counters are kept of, up to the running one wherever on earth. */
function refuseUnkept(date: string, at: number): void {
  const newest = dayInZone(at + furthestAheadMillis, 'UTC');
  const oldest = addDays(dayInZone(at, 'UTC'), -dayWindowDays);
  if (date <= newest && date >= oldest) return;
  throw new AppError('invalid-request', 'The stream has no counters of that day.', {
    fields: [{ field: 'date', message: `must be from ${oldest} to ${newest}` }],
  });
}

async function pollsOf(
  own: WorkspaceStores<'polls'>,
  accountIds: readonly string[],
  date: string,
): Promise<ReadonlyMap<string, PollState>> {
  const found = new Map<string, PollState>();
  for (let start = 0; start < accountIds.length; start += readsAtOnce) {
    const some = accountIds.slice(start, start + readsAtOnce);
    for (const state of await Promise.all(some.map((id) => own.polls.get(id, date)))) {
      if (state !== undefined) found.set(state.accountId, state);
    }
  }
  return found;
}

function factsOf(found: Awaited<ReturnType<typeof loadRollups>>, date: string): ReadonlyMap<string, DayFacts> {
  return new Map(
    found.flatMap((rollup) => {
      const facts = dayFacts(rollup, date);
      return facts === undefined ? [] : [[rollup.accountId, facts] as const];
    }),
  );
}

/** The poller knows campaigns by their platform's ids, counters by ours. */
function keptPolls(workspaceId: string, account: AccountRecord, state: PollState | undefined): KeptPolls | undefined {
  if (state === undefined) return undefined;
  const scope = { workspaceId, platform: account.platform, accountPlatformId: account.platformId };
  const ours = (totals: DayTotals) =>
    new Map(
      Object.entries(totals).map(([platformId, own]) => [
        mirroredId('campaign', scope, { platformId, adGroupPlatformId: null }),
        own,
      ]),
    );
  return {
    totals: ours(state.totals),
    before: ours(state.before),
    askedAt: state.askedAt,
    polledAt: state.polledAt,
    unsent: state.sent < state.sequence,
  };
}

function elsewhere(hours: readonly HourCounters[], date: string): ReconciliationAnswer['elsewhere'] {
  const { site, late } = dayCounts(hours, date, null);
  return { site, late };
}

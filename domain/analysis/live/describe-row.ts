import type { LiveLevel, LiveRow } from '../../../contracts/schemas/live.ts';
import type { AskedAccount, LiveSummary, UnnamedRow } from './answer-live.ts';
import type { LiveObject, LiveState } from './live-state.ts';
import { valuesOf } from './live-values.ts';
import { pace } from './pacing.ts';
import { projectDay } from './projection.ts';

/** Present names by id. */
export interface LiveNames {
  readonly campaigns: ReadonlyMap<string, string>;
  readonly adGroups: ReadonlyMap<string, string>;
  readonly ads: ReadonlyMap<string, string>;
}

export interface RowSources {
  readonly state: LiveState;
  readonly summary: LiveSummary;
  readonly level: LiveLevel;
  readonly names: LiveNames;
  /** Ad groups of the rows, where rows are of ad groups. */
  readonly adGroups: ReadonlyMap<string, LiveObject>;
}

/** A row as it is answered: with names, its pace and what it comes to. */
export function describeRow(row: UnnamedRow, { state, summary, level, names, adGroups }: RowSources): LiveRow {
  const { accountId, campaignId, adGroupId, adId, currency } = row.key;
  const account = accountId === null ? undefined : summary.accounts.get(accountId);
  const spentMicros = valuesOf(row.today).spendMicros;
  const budgetOf = level === 'campaign' ? state.campaigns.get(campaignId ?? '') : adGroups.get(adGroupId ?? '');
  // Budgets are in the account's currency; orders of a shop in another stand in a row of their own.
  const own = account !== undefined && account.currency === currency ? account : undefined;
  const budgetMicros = own === undefined ? null : (budgetOf?.dailyBudgetMicros ?? null);
  return {
    platform: account?.platform ?? null,
    accountId,
    accountName: account?.name ?? null,
    campaignId,
    campaignName: names.campaigns.get(campaignId ?? '') ?? null,
    adGroupId,
    adGroupName: names.adGroups.get(adGroupId ?? '') ?? null,
    adId,
    adName: names.ads.get(adId ?? '') ?? null,
    currency,
    values: valuesOf(row.minutes),
    today: { date: account?.date ?? summary.utc.date, spendMicros: spentMicros },
    pace: own === undefined ? null : paceOf(own, level, spentMicros, budgetMicros, state),
    projection: own === undefined ? null : projectionOf(own, row, level, budgetMicros, state),
  };
}

function paceOf(
  account: AskedAccount,
  level: LiveLevel,
  spentMicros: number,
  dailyBudgetMicros: number | null,
  state: LiveState,
) {
  if (level !== 'campaign' && level !== 'ad-group') return null;
  const { id, currency, date, clock } = account;
  return pace({
    spentMicros,
    dailyBudgetMicros,
    profile: state.history.profile(id, currency, date),
    clock,
    now: state.now,
  });
}

function projectionOf(
  account: AskedAccount,
  row: UnnamedRow,
  level: LiveLevel,
  budgetMicros: number | null,
  state: LiveState,
) {
  const { id, currency, date, clock, platform } = account;
  const { campaignId } = row.key;
  const spent = valuesOf(row.today).spendMicros;
  if (level === 'account') {
    return projectDay(spent, [...state.history.accountPast(id, currency, date, clock.hours).values()], null);
  }
  if (level !== 'campaign' || campaignId === null) return null;
  const past = state.history.campaignPast({ id: campaignId, accountId: id }, currency, date, clock.hours);
  const cap = budgetMicros !== null && budgetMicros > 0 ? state.mostADay(platform, budgetMicros) : null;
  return projectDay(spent, [...past.values()], cap);
}

import type { MetricsQuery } from '../../contracts/schemas/metrics.ts';
import { type RateTable, rateMaxAgeDays } from '../../domain/analysis/currency-conversion.ts';
import { maximumGroups } from '../../domain/analysis/group-facts.ts';
import type { MetricsPlan } from '../../domain/analysis/metrics-plan.ts';
import type { Rollup } from '../../domain/analysis/rollup.ts';
import { AppError } from '../../domain/errors.ts';
import { addDays, monthOf } from '../../domain/integrations/calendar-day.ts';
import type { AccountRecord } from '../stores/account-store.ts';
import type { Stores, WorkspaceStores } from '../stores/stores.ts';
import type { NameCache } from './name-cache.ts';
import type { RollupCache } from './rollup-cache.ts';

/** What they are kept in, and what gives their rows names. */
type MetricsKind = 'workspace' | 'accounts' | 'campaigns' | 'adGroups' | 'ads' | 'rollups';

/** What answers from the serving rollups are read through. */
export interface MetricsPorts {
  readonly stores: Stores<MetricsKind, 'rates'>;
  readonly rollups: RollupCache;
  /** Without it every answer reads its names. */
  readonly names?: NameCache;
}

/** Reads from the lake at the same time. */
const readsAtOnce = 16;

export const metricsRefusals = {
  'too-large': 'A sum is too large to be exact. Ask for a shorter period or another currency.',
  'too-many-groups': `The answer has more than ${maximumGroups} rows. Ask for a shorter period, fewer dimensions, one account or one campaign.`,
} as const;

/** Accounts the question is about. An account or campaign that is not in the workspace is `not-found`. */
export async function chosenAccounts(
  own: WorkspaceStores<MetricsKind>,
  query: Pick<MetricsQuery, 'accountId' | 'campaignId' | 'platform'>,
): Promise<ReadonlyMap<string, AccountRecord>> {
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

export async function loadRollups(
  own: WorkspaceStores<'rollups'>,
  cache: RollupCache,
  { grain, period, previous }: Pick<MetricsPlan, 'grain' | 'period' | 'previous'>,
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

export async function ratesFor(
  stores: Stores<never, 'rates'>,
  { period, previous }: MetricsPlan,
  facts: readonly Rollup[],
  currency: string,
): Promise<RateTable> {
  const base = 'EUR';
  if (facts.every((rollup) => rollup.currency === currency)) return { base, days: new Map() };
  const published = await stores.rates.between(addDays((previous ?? period).from, -rateMaxAgeDays), period.to);
  return { base, days: new Map(published.map((day) => [day.date, day.rates])) };
}

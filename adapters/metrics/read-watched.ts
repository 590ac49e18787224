import type {
  FactDay,
  WatchedAccount,
  WatchedCampaign,
  WatchedNumbers,
} from '../../domain/analysis/alerts/build-courses.ts';
import type { ConditionNeeds } from '../../domain/analysis/alerts/needs-of.ts';
import { addDays, dayOf } from '../../domain/integrations/calendar-day.ts';
import type { MinuteCounters } from '../../domain/integrations/streaming/counters.ts';
import type { AccountRecord } from '../stores/account-store.ts';
import type { WorkspaceStores } from '../stores/stores.ts';
import { loadRollups } from './read-metrics.ts';
import type { RollupCache } from './rollup-cache.ts';

export type WatchedKinds = 'live' | 'accounts' | 'campaigns' | 'rollups';

export interface WatchedQuestion {
  readonly needs: ConditionNeeds;
  /** Of the facts; the same grain is never summed into another. */
  readonly grain: 'account' | 'campaign';
  /** Whether single campaigns are watched, and which are named. */
  readonly campaigns: boolean;
  readonly named: readonly string[];
  /** Whether budgets of accounts are needed: every enabled campaign is read for them. */
  readonly accountBudgets: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

const minuteMillis = 60_000;
const dayMillis = 86_400_000;
/** As many minutes as the store reads at once. */
const minutesAtOnce = 1_430;
/** Campaigns that are looked at one by one; those with numbers of late come first. */
const mostCampaigns = 5_000;
const campaignPages = 20;

/** Everything that rules are judged by, as far as the question needs it. */
export async function readWatched(
  own: WorkspaceStores<WatchedKinds>,
  rollups: RollupCache,
  question: WatchedQuestion,
): Promise<WatchedNumbers> {
  const { needs, now } = question;
  const records = await own.accounts.all();
  const [minutes, hours, facts, budgets] = await Promise.all([
    readMinutes(own, needs.minutes, now),
    needs.hourDays === 0 ? [] : own.live.hours(localDays(now, needs.hourDays)),
    needs.factDays === 0 ? [] : readFacts(own, rollups, question, records),
    question.accountBudgets ? accountBudgets(own, records) : new Map<string, number | null>(),
  ]);
  const ids = question.campaigns
    ? [
        ...new Set([
          ...question.named,
          ...[...minutes, ...hours, ...facts].flatMap(({ campaignId }) => campaignId ?? []),
        ]),
      ]
    : [];
  const known = await own.campaigns.getMany(ids.slice(0, mostCampaigns));
  const campaigns = new Map<string, WatchedCampaign>(
    [...known].map(([id, { name, accountId, status, dailyBudgetMicros }]) => [
      id,
      { id, name, accountId, status, dailyBudgetMicros },
    ]),
  );
  return { accounts: accountsOf(records, budgets), campaigns, minutes, hours, facts };
}

async function readMinutes(own: WorkspaceStores<'live'>, length: number, now: number): Promise<MinuteCounters[]> {
  const to = Math.floor(now / minuteMillis) * minuteMillis;
  const found: MinuteCounters[] = [];
  for (let from = to - length * minuteMillis; from < to; from += minutesAtOnce * minuteMillis) {
    found.push(...(await own.live.minutes(from, Math.min(to, from + minutesAtOnce * minuteMillis))));
  }
  return found;
}

/** The newest local days wherever on earth: zones are up to 14 hours ahead of UTC and 12 behind. */
function localDays(now: number, days: number): string[] {
  const newest = dayOf(Math.floor((now + 14 * 3_600_000) / dayMillis));
  return Array.from({ length: days + 1 }, (_, index) => addDays(newest, -index));
}

async function readFacts(
  own: WorkspaceStores<'rollups'>,
  rollups: RollupCache,
  { needs, grain, now }: WatchedQuestion,
  accounts: readonly AccountRecord[],
): Promise<FactDay[]> {
  const [to = '', from = ''] = [localDays(now, 0)[0], localDays(now, needs.factDays + 1).at(-1)];
  const plan = { grain, period: { from, to }, previous: undefined };
  const found = await loadRollups(own, rollups, plan, new Map(accounts.map((account) => [account.id, account])));
  return found.flatMap((rollup) => {
    const { measures } = rollup;
    const days: FactDay[] = [];
    for (let row = 0; row < rollup.rows; row += 1) {
      const date = rollup.dates[rollup.date[row] ?? 0] ?? '';
      if (date < from || date > to) continue;
      const of = (measure: keyof typeof measures): number => measures[measure][row] ?? Number.NaN;
      const reported = (measure: keyof typeof measures) => (Number.isNaN(of(measure)) ? null : of(measure));
      days.push({
        accountId: rollup.accountId,
        campaignId: rollup.objects[rollup.object[row] ?? 0]?.campaignId ?? null,
        date,
        impressions: of('impressions'),
        clicks: of('clicks'),
        spendMicros: of('spendMicros'),
        conversionsMicros: reported('conversionsMicros'),
        conversionValueMicros: reported('conversionValueMicros'),
      });
    }
    return days;
  });
}

/** The budgets of an account's enabled campaigns together; null where one of them has none of its own, or there is none. */
async function accountBudgets(
  own: WorkspaceStores<'campaigns'>,
  accounts: readonly AccountRecord[],
): Promise<Map<string, number | null>> {
  const sums = new Map<string, number | null>(accounts.map(({ id }) => [id, null]));
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < campaignPages; page += 1) {
    const answer = await own.campaigns.list({
      status: 'enabled',
      limit: 1_000,
      ...(cursor !== undefined && { cursor }),
    });
    for (const { accountId, dailyBudgetMicros } of answer.items) {
      const sum = seen.has(accountId) ? (sums.get(accountId) ?? null) : 0;
      sums.set(accountId, sum === null || dailyBudgetMicros === null ? null : sum + dailyBudgetMicros);
      seen.add(accountId);
    }
    if (answer.nextCursor === null) return sums;
    cursor = answer.nextCursor;
  }
  // Not all of them were read: no sum is whole.
  return new Map();
}

const accountsOf = (
  records: readonly AccountRecord[],
  budgets: ReadonlyMap<string, number | null>,
): ReadonlyMap<string, WatchedAccount> =>
  new Map(
    records.map(({ id, name, platform, currency, timeZone, status, throughDate }) => [
      id,
      { id, name, platform, currency, timeZone, status, throughDate, dailyBudgetMicros: budgets.get(id) ?? null },
    ]),
  );

import type { AlertScope } from '../../../contracts/schemas/alert-rules.ts';
import type { WatchedObject } from '../../../contracts/schemas/alerts.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import type { CounterKey, HourCounters, MinuteCounters } from '../../integrations/streaming/counters.ts';
import { Course, factsOnly } from './course.ts';
import { type Sums, sumsOfCounters } from './sums.ts';

export interface WatchedAccount {
  readonly id: string;
  readonly name: string;
  readonly platform: PlatformId;
  readonly currency: string;
  readonly timeZone: string;
  readonly status: 'enabled' | 'disabled';
  readonly throughDate: string | null;
  /** Of its enabled campaigns together; null where one of them has none of its own. */
  readonly dailyBudgetMicros: number | null;
}
export interface WatchedCampaign {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly status: 'enabled' | 'paused' | 'removed';
  readonly dailyBudgetMicros: number | null;
}

/** A day of loaded facts, of the grain that is watched. */
export interface FactDay {
  readonly accountId: string;
  readonly campaignId: string | null;
  readonly date: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly spendMicros: number;
  readonly conversionsMicros: number | null;
  readonly conversionValueMicros: number | null;
}

/** Everything that courses are made from. */
export interface WatchedNumbers {
  readonly accounts: ReadonlyMap<string, WatchedAccount>;
  /** Those that the numbers name; what the platform never listed is absent. */
  readonly campaigns: ReadonlyMap<string, WatchedCampaign>;
  readonly minutes: readonly MinuteCounters[];
  readonly hours: readonly HourCounters[];
  /** Of the grain of `each`; none for rules on live events. */
  readonly facts: readonly FactDay[];
}

/** Where events without an account have their days. */
const zoneWithout = 'UTC';

/**
 * The courses of what a scope watches; `also` are campaigns that are there without numbers. A campaign is there when it is named or has numbers; an account when it is enabled. What is
 * paused or disabled is not watched: that it is silent is no news.
 */
export function coursesOf(scope: AlertScope, numbers: WatchedNumbers, also: readonly string[] = []): Course[] {
  const { accounts, campaigns } = numbers;
  const courses = new Map<string, Course>();
  const named = new Set(scope.campaignIds ?? []);
  const isOpen = scope.platform === undefined && scope.accountId === undefined && scope.currency === undefined;
  const accountFits = (account: WatchedAccount | undefined): boolean =>
    account === undefined
      ? isOpen
      : (scope.platform === undefined || account.platform === scope.platform) &&
        (scope.accountId === undefined || account.id === scope.accountId) &&
        (scope.currency === undefined || account.currency === scope.currency);

  const makers = {
    workspace: (): Course | undefined =>
      make({
        kind: 'workspace',
        id: null,
        name: null,
        platform: scope.platform ?? null,
        accountId: scope.accountId ?? null,
      }),
    account: ({ accountId }: Pick<CounterKey, 'accountId'>): Course | undefined => {
      const account = accounts.get(accountId ?? '');
      if (account?.status !== 'enabled') return undefined;
      const { id, name, platform } = account;
      return make({ kind: 'account', id, name, platform, accountId: id }, account, account.dailyBudgetMicros);
    },
    campaign: ({ accountId, campaignId }: Pick<CounterKey, 'accountId' | 'campaignId'>): Course | undefined => {
      if (campaignId === null || (named.size > 0 && !named.has(campaignId))) return undefined;
      const campaign = campaigns.get(campaignId);
      const account = accounts.get(campaign?.accountId ?? accountId ?? '');
      if (account?.status !== 'enabled' || (campaign !== undefined && campaign.status !== 'enabled')) return undefined;
      return make(
        {
          kind: 'campaign',
          id: campaignId,
          name: campaign?.name ?? null,
          platform: account.platform,
          accountId: account.id,
        },
        account,
        campaign?.dailyBudgetMicros ?? null,
      );
    },
  } as const;

  function make(object: WatchedObject, account?: WatchedAccount, budget: number | null = null): Course {
    const key = object.id ?? '';
    const known = courses.get(key);
    if (known !== undefined) return known;
    const course = new Course({
      object,
      currency: account?.currency ?? null,
      timeZone: account?.timeZone ?? zoneWithout,
      dailyBudgetMicros: budget,
      loadedThrough: account === undefined ? earliestThrough(accounts, accountFits) : account.throughDate,
    });
    courses.set(key, course);
    return course;
  }
  const courseOf = (key: Pick<CounterKey, 'accountId' | 'campaignId'>): Course | undefined =>
    accountFits(accounts.get(key.accountId ?? '')) ? makers[scope.each](key) : undefined;

  if (scope.each === 'account') for (const { id } of accounts.values()) courseOf({ accountId: id, campaignId: null });
  for (const campaignId of [...named, ...also])
    courseOf({ accountId: campaigns.get(campaignId)?.accountId ?? null, campaignId });
  if (scope.each === 'workspace') makers.workspace();

  for (const cell of numbers.minutes) {
    const course = courseOf(cell);
    course?.addMinute(cell.at, sumsOfCounters(cell.counters, cell.currency, course.currency));
  }
  for (const cell of numbers.hours) {
    const course = courseOf(cell);
    const zone = accounts.get(cell.accountId ?? '')?.timeZone ?? zoneWithout;
    course?.addHour(zone, cell.date, cell.hour, sumsOfCounters(cell.counters, cell.currency, course.currency));
  }
  for (const fact of numbers.facts) courseOf(fact)?.addDay(fact.date, sumsOfFact(fact));
  return [...courses.values()];
}

/** Whether a course is of what a scope watches, among those of all that is watched in the same way. */
export const isWatched = (
  { platform, accountId, currency, campaignIds }: AlertScope,
  { object, currency: own }: Pick<Course, 'object' | 'currency'>,
): boolean =>
  (platform === undefined || object.platform === platform) &&
  (accountId === undefined || object.accountId === accountId) &&
  (currency === undefined || own === currency) &&
  (campaignIds === undefined || campaignIds.includes(object.id ?? ''));

/** Several accounts are as far as the one that is the least far. */
function earliestThrough(
  accounts: ReadonlyMap<string, WatchedAccount>,
  fits: (account: WatchedAccount) => boolean,
): string | null {
  const through = [...accounts.values()]
    .filter((account) => account.status === 'enabled' && fits(account))
    .map(({ throughDate }) => throughDate);
  return through.length === 0 || through.includes(null) ? null : (through.toSorted()[0] ?? null);
}

const sumsOfFact = (fact: FactDay): Sums => ({
  ...factsOnly,
  impressions: fact.impressions,
  clicks: fact.clicks,
  spendMicros: fact.spendMicros,
  conversionsMicros: fact.conversionsMicros,
  conversionValueMicros: fact.conversionValueMicros,
  otherMoney: false,
});

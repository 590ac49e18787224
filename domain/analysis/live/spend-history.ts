import { addDays } from '../../integrations/calendar-day.ts';
import type { HourCounters } from '../../integrations/streaming/counters.ts';
import { foldSpend, historyDays, type PastDay, pastDays, type SpendByDay } from './day-history.ts';
import { type DayProfile, dayProfile } from './day-profile.ts';

/** One more than is looked at: only so is it known whether counting began within them. */
export const historyDaysRead = historyDays + 1;

type Folded = Map<string, Map<string, Float64Array>>;
const nameOf = (id: string, currency: string | null): string => `${id}|${currency ?? ''}`;
const noDays: SpendByDay = new Map();

/** Hours of past days, as little of them as profiles and projections need: spend by campaign and by account. */
export class SpendHistory {
  readonly #campaigns: Folded = new Map();
  readonly #accounts: Folded = new Map();

  add(hours: readonly HourCounters[]): void {
    foldSpend(
      hours,
      ({ campaignId, currency }) => (campaignId === null ? undefined : nameOf(campaignId, currency)),
      this.#campaigns,
    );
    foldSpend(
      hours,
      ({ accountId, currency }) => (accountId === null ? undefined : nameOf(accountId, currency)),
      this.#accounts,
    );
  }

  /** How the account’s days spread over their hours, before the day given. */
  profile(accountId: string, currency: string, before: string): DayProfile {
    const days = this.#accounts.get(nameOf(accountId, currency)) ?? noDays;
    return dayProfile(days, datesBefore(before), oldestOf(days));
  }

  /** An account’s past days as they stood at this time, by how many days ago they were. */
  accountPast(accountId: string, currency: string, before: string, hours: number): ReadonlyMap<number, PastDay> {
    const days = this.#accounts.get(nameOf(accountId, currency)) ?? noDays;
    return byDaysAgo(pastDays(days, datesBefore(before), hours, oldestOf(days)), before);
  }

  /** A campaign’s; the first day its account was counted on is none of them. */
  campaignPast(campaign: { id: string; accountId: string }, currency: string, before: string, hours: number) {
    const ofAccount = this.#accounts.get(nameOf(campaign.accountId, currency)) ?? noDays;
    const days = this.#campaigns.get(nameOf(campaign.id, currency)) ?? noDays;
    return byDaysAgo(pastDays(days, datesBefore(before), hours, oldestOf(ofAccount)), before);
  }
}

const datesBefore = (date: string): string[] =>
  Array.from({ length: historyDays }, (_, index) => addDays(date, -1 - index));

const oldestOf = (days: SpendByDay): string | undefined => [...days.keys()].toSorted()[0];

const byDaysAgo = (past: ReadonlyMap<string, PastDay>, before: string): Map<number, PastDay> =>
  new Map(
    datesBefore(before).flatMap((date, index) => {
      const day = past.get(date);
      return day === undefined ? [] : [[index + 1, day]];
    }),
  );

/**
 * Past days of several accounts as one: those of so many days ago are added up, each as it stood at its own account’s time. `factor`
 * brings an account’s money into the common currency.
 */
export function addPast(
  all: readonly { readonly past: ReadonlyMap<number, PastDay>; readonly factor: number }[],
): PastDay[] {
  const sums = new Map<number, { soFarMicros: number; totalMicros: number }>();
  for (const { past, factor } of all) {
    for (const [ago, { soFarMicros, totalMicros }] of past) {
      const sum = sums.get(ago) ?? { soFarMicros: 0, totalMicros: 0 };
      sum.soFarMicros += soFarMicros * factor;
      sum.totalMicros += totalMicros * factor;
      sums.set(ago, sum);
    }
  }
  return [...sums.values()];
}

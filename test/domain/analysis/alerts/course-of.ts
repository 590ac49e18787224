import {
  coursesOf,
  type WatchedAccount,
  type WatchedNumbers,
} from '../../../../domain/analysis/alerts/build-courses.ts';
import type { Course } from '../../../../domain/analysis/alerts/course.ts';
import {
  type Counters,
  type HourCounters,
  type MinuteCounters,
  noCounters,
} from '../../../../domain/integrations/streaming/counters.ts';

export const accountId = 'acc_00000000000000000000000001';
export const campaignId = 'cmp_00000000000000000000000001';
/** Money in whole units. */
export const units = (amount: number): number => amount * 1_000_000;

export const account = (given: Partial<WatchedAccount> = {}): WatchedAccount => ({
  id: accountId,
  name: 'Shop',
  platform: 'google-ads',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  status: 'enabled',
  throughDate: '2026-11-22',
  dailyBudgetMicros: null,
  ...given,
});

const key = { accountId, campaignId, adGroupId: null, adId: null, currency: 'EUR' };
const counters = (given: Partial<Counters>): Counters => ({ ...noCounters, events: 1, ...given });

export const minuteAt = (at: number, given: Partial<Counters>, more: Partial<MinuteCounters> = {}): MinuteCounters => ({
  ...key,
  at,
  counters: counters(given),
  ...more,
});
export const hourAt = (
  date: string,
  hour: number,
  given: Partial<Counters>,
  more: Partial<HourCounters> = {},
): HourCounters => ({ ...key, date, hour, counters: counters(given), ...more });

export const numbers = (
  given: Partial<WatchedNumbers> & { readonly account?: WatchedAccount } = {},
): WatchedNumbers => ({
  accounts: new Map([[accountId, given.account ?? account()]]),
  campaigns: new Map(),
  minutes: [],
  hours: [],
  facts: [],
  ...given,
});

/** The course of the one account. */
export function courseOf(given: Parameters<typeof numbers>[0]): Course {
  const [course] = coursesOf({ each: 'account' }, numbers(given));
  if (course === undefined) throw new Error('There is no course.');
  return course;
}

import type { LiveAnswer } from '../../../contracts/schemas/live.ts';
import { minuteMillis } from '../../../contracts/streams/windows.ts';
import { convertMicros } from '../currency-conversion.ts';
import { type DayClock, dayClock } from './day-clock.ts';
import { shareBy } from './day-profile.ts';
import type { LiveAccount, LiveObject, LiveQuestion, LiveState } from './live-state.ts';
import { addSums, conversionOf, hasMoney, newSums, type Sums, valuesOf } from './live-values.ts';
import { projectDay } from './projection.ts';
import { addPast } from './spend-history.ts';
import { type LiveSums, type RowSums, rowName, sumWindows } from './sum-windows.ts';

/** An account that is asked about, at the time of day it is there. */
export interface AskedAccount extends LiveAccount {
  readonly clock: DayClock;
  readonly date: string;
}

/** A row before it has names, with what it is sorted by. */
export interface UnnamedRow extends RowSums {
  readonly name: string;
  /** Today’s spend in the workspace’s currency; nothing where that is unknown. */
  readonly weight: number;
}

export interface LiveSummary extends Pick<LiveAnswer, 'minutes' | 'totals' | 'currencies' | 'unconverted' | 'today'> {
  readonly accounts: ReadonlyMap<string, AskedAccount>;
  /** By spend of today, the most first. */
  readonly rows: readonly UnnamedRow[];
  readonly newest: LiveSums['newest'];
  readonly utc: DayClock;
}

/** Start of the first minute of the window: the running minute is its last. */
export const windowStart = (now: number, minutes: number): number =>
  Math.floor(now / minuteMillis) * minuteMillis - (minutes - 1) * minuteMillis;

export function answerLive(state: LiveState, question: LiveQuestion): LiveSummary {
  const accounts = askedAccounts(state, question);
  const utc = dayClock(state.now, 'UTC');
  const from = windowStart(state.now, question.minutes);
  const sums = sumWindows(state.minutes, state.hours, {
    from,
    minutes: question.minutes,
    level: question.level,
    accounts,
    others: question.platform === undefined && question.accountId === undefined,
    ...(question.campaignId !== undefined && { campaignId: question.campaignId }),
    utcDate: utc.date,
  });
  const rows = new Map(sums.rows);
  const budgeted = budgetedCampaigns(state, question, accounts);
  if (question.level === 'campaign') for (const one of budgeted) addSilent(rows, one, accounts);
  const unconverted = new Set<string>();
  const minutes = minuteSeries(state, sums, from, unconverted);
  const today = convertAll(state, sums.today, unconverted);
  return {
    accounts,
    utc,
    minutes,
    totals: valuesOf(totalOf(sums.minutes.map((slot) => convertAll(state, slot, unconverted)))),
    currencies: byCurrency(sums),
    unconverted: [...unconverted].toSorted(),
    today: {
      values: valuesOf(today),
      ...expectedToday(state, budgeted, accounts),
      projection: projection(state, question, accounts, today),
    },
    rows: ordered(state, rows),
    newest: sums.newest,
  };
}

function askedAccounts(state: LiveState, { platform, accountId }: LiveQuestion): Map<string, AskedAccount> {
  const asked = state.accounts.filter(
    (one) => (platform === undefined || one.platform === platform) && (accountId === undefined || one.id === accountId),
  );
  return new Map(
    asked.map((one) => {
      const clock = dayClock(state.now, one.timeZone);
      return [one.id, { ...one, clock, date: clock.date }];
    }),
  );
}

function budgetedCampaigns(
  state: LiveState,
  { campaignId }: LiveQuestion,
  accounts: ReadonlyMap<string, AskedAccount>,
): LiveObject[] {
  return [...state.campaigns.values()].filter(
    (one) =>
      one.enabled &&
      (one.dailyBudgetMicros ?? 0) > 0 &&
      accounts.get(one.accountId)?.enabled === true &&
      (campaignId === undefined || one.id === campaignId),
  );
}

/** A campaign that should spend and does not is what pacing is looked at for. */
function addSilent(
  rows: Map<string, RowSums>,
  { id, accountId }: LiveObject,
  accounts: ReadonlyMap<string, AskedAccount>,
): void {
  const currency = accounts.get(accountId)?.currency ?? null;
  const key = { accountId, campaignId: id, adGroupId: null, adId: null, currency };
  const name = rowName(key);
  if (!rows.has(name)) rows.set(name, { key, minutes: newSums(), today: newSums() });
}

function minuteSeries(state: LiveState, sums: LiveSums, from: number, unconverted: Set<string>): LiveAnswer['minutes'] {
  return sums.minutes.map((slot, index) => ({
    at: new Date(from + index * minuteMillis).toISOString(),
    values: valuesOf(convertAll(state, slot, unconverted)),
  }));
}

/** Sums of all currencies in the workspace’s. */
function convertAll(state: LiveState, sums: ReadonlyMap<string | null, Sums>, unconverted: Set<string>): Sums {
  const whole = newSums();
  for (const [currency, own] of sums) {
    const rate = currency === null ? undefined : state.rateOf(currency);
    if (rate === undefined && currency !== null && hasMoney(own)) unconverted.add(currency);
    addSums(whole, conversionOf(rate)(own));
  }
  return whole;
}

function totalOf(parts: readonly Sums[]): Sums {
  const whole = newSums();
  for (const part of parts) addSums(whole, part);
  return whole;
}

function byCurrency({ minutes }: LiveSums): LiveAnswer['currencies'] {
  const all = new Map<string | null, Sums>();
  for (const slot of minutes) {
    for (const [currency, own] of slot) {
      const sum = all.get(currency) ?? newSums();
      addSums(sum, own);
      all.set(currency, sum);
    }
  }
  return [...all]
    .toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([currency, sums]) => ({ currency, values: valuesOf(sums) }));
}

function expectedToday(state: LiveState, budgeted: readonly LiveObject[], accounts: ReadonlyMap<string, AskedAccount>) {
  if (budgeted.length === 0) return { budgetMicros: null, expectedMicros: null };
  let budgetMicros = 0;
  let expectedMicros = 0;
  for (const [accountId, own] of Map.groupBy(budgeted, (one) => one.accountId)) {
    const account = accounts.get(accountId);
    const rate = account === undefined ? undefined : state.rateOf(account.currency);
    if (account === undefined || rate === undefined) continue;
    const budget = own.reduce((sum, { dailyBudgetMicros }) => sum + (dailyBudgetMicros ?? 0), 0);
    const share = shareBy(state.history.profile(accountId, account.currency, account.date), account.clock);
    budgetMicros += convertMicros(budget, rate);
    expectedMicros += convertMicros(Math.round(budget * share), rate);
  }
  return { budgetMicros, expectedMicros };
}

/** Of everything asked about: past days of its accounts are added up, each as it stood at its own account’s time of day. */
function projection(
  state: LiveState,
  { campaignId }: LiveQuestion,
  accounts: ReadonlyMap<string, AskedAccount>,
  today: Sums,
): LiveAnswer['today']['projection'] {
  const campaign = campaignId === undefined ? undefined : state.campaigns.get(campaignId);
  const all = [...accounts.values()].flatMap(({ id, currency, date, clock }) => {
    const factor = state.rateOf(currency)?.approximate;
    if (factor === undefined || (campaignId !== undefined && campaign?.accountId !== id)) return [];
    const past =
      campaign === undefined
        ? state.history.accountPast(id, currency, date, clock.hours)
        : state.history.campaignPast(campaign, currency, date, clock.hours);
    return [{ past, factor }];
  });
  return projectDay(valuesOf(today).spendMicros, addPast(all), null);
}

function ordered(state: LiveState, rows: ReadonlyMap<string, RowSums>): UnnamedRow[] {
  const weighed = [...rows].map(([name, row]): UnnamedRow => {
    const { currency } = row.key;
    const rate = currency === null ? undefined : state.rateOf(currency);
    return { ...row, name, weight: rate === undefined ? 0 : convertMicros(valuesOf(row.today).spendMicros, rate) };
  });
  return weighed.toSorted((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
}

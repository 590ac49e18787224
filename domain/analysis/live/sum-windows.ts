import type { LiveLevel } from '../../../contracts/schemas/live.ts';
import { minuteMillis } from '../../../contracts/streams/windows.ts';
import type { CounterKey, HourCounters, MinuteCounters } from '../../integrations/streaming/counters.ts';
import { addTo, newSums, type Sums } from './live-values.ts';

/** What a row is of; ids beneath its level are null. */
export type RowKey = CounterKey;

export interface RowSums {
  readonly key: RowKey;
  readonly minutes: Sums;
  readonly today: Sums;
}

/** The account a counter belongs to, as far as sums need it. */
export interface SummedAccount {
  readonly currency: string;
  /** The running day where it is. */
  readonly date: string;
}

export interface LiveSums {
  /** By minute, then by currency. */
  readonly minutes: readonly ReadonlyMap<string | null, Sums>[];
  /** Today of all accounts by currency. */
  readonly today: ReadonlyMap<string | null, Sums>;
  readonly rows: ReadonlyMap<string, RowSums>;
  /** Start of the newest minute with something in it, by account (null: of no account). */
  readonly newest: ReadonlyMap<string | null, number>;
}

export interface SumQuestion {
  /** Start of the first minute, epoch milliseconds, and how many there are. */
  readonly from: number;
  readonly minutes: number;
  readonly level: LiveLevel;
  /** Accounts that are asked about. */
  readonly accounts: ReadonlyMap<string, SummedAccount>;
  /** Whether what names no account of these counts too. */
  readonly others: boolean;
  readonly campaignId?: string;
  /** The running day of what names no account. */
  readonly utcDate: string;
}

const depths: Readonly<Record<LiveLevel, number>> = { workspace: 0, account: 1, campaign: 2, 'ad-group': 3, ad: 4 };

/** What row a counter adds to. A counter without currency (clicks alone) is in its account’s. */
export function rowKeyOf(key: CounterKey, level: LiveLevel, currency: string | null): RowKey {
  const depth = depths[level];
  return {
    accountId: depth >= 1 ? key.accountId : null,
    campaignId: depth >= 2 ? key.campaignId : null,
    adGroupId: depth >= 3 ? key.adGroupId : null,
    adId: depth >= 4 ? key.adId : null,
    currency,
  };
}

export const rowName = ({ accountId, campaignId, adGroupId, adId, currency }: RowKey): string =>
  `${accountId ?? ''}|${campaignId ?? ''}|${adGroupId ?? ''}|${adId ?? ''}|${currency ?? ''}`;

/** Adds up minutes and hours in one pass each. */
export function sumWindows(
  minutes: readonly MinuteCounters[],
  hours: readonly HourCounters[],
  question: SumQuestion,
): LiveSums {
  const byMinute = Array.from({ length: question.minutes }, () => new Map<string | null, Sums>());
  const today = new Map<string | null, Sums>();
  const rows = new Map<string, RowSums>();
  const newest = new Map<string | null, number>();
  const asked = (key: CounterKey): SummedAccount | undefined | null => {
    if (question.campaignId !== undefined && key.campaignId !== question.campaignId) return null;
    const account = key.accountId === null ? undefined : question.accounts.get(key.accountId);
    return account ?? (question.others ? undefined : null);
  };
  // Counters come ordered by what they are of: its minutes follow each other, and share a row.
  let lastKey: CounterKey | undefined;
  let lastRow: RowSums | undefined;
  const rowOf = (key: CounterKey, currency: string | null): RowSums => {
    if (lastKey !== undefined && lastRow !== undefined && isSame(lastKey, key)) return lastRow;
    const own = rowKeyOf(key, question.level, currency);
    const name = rowName(own);
    let row = rows.get(name);
    if (row === undefined) {
      row = { key: own, minutes: newSums(), today: newSums() };
      rows.set(name, row);
    }
    lastKey = key;
    lastRow = row;
    return row;
  };
  for (const one of minutes) {
    const slot = byMinute[Math.floor((one.at - question.from) / minuteMillis)];
    const account = asked(one);
    if (account === null || slot === undefined) continue;
    const currency = one.currency ?? account?.currency ?? null;
    addTo(sumsOf(slot, currency), one.counters);
    addTo(rowOf(one, currency).minutes, one.counters);
    if ((newest.get(one.accountId) ?? 0) < one.at) newest.set(one.accountId, one.at);
  }
  for (const one of hours) {
    const account = asked(one);
    if (account === null || one.date !== (account?.date ?? question.utcDate)) continue;
    const currency = one.currency ?? account?.currency ?? null;
    addTo(sumsOf(today, currency), one.counters);
    addTo(rowOf(one, currency).today, one.counters);
  }
  return { minutes: byMinute, today, rows, newest };
}

const isSame = (a: CounterKey, b: CounterKey): boolean =>
  a.campaignId === b.campaignId &&
  a.adId === b.adId &&
  a.adGroupId === b.adGroupId &&
  a.accountId === b.accountId &&
  a.currency === b.currency;

function sumsOf(sums: Map<string | null, Sums>, currency: string | null): Sums {
  let own = sums.get(currency);
  if (own === undefined) {
    own = newSums();
    sums.set(currency, own);
  }
  return own;
}

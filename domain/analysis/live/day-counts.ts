import type { SiteCounts } from '../../../contracts/schemas/reconciliation.ts';
import { platformMeasures } from '../../../contracts/streams/stream-event.ts';
import type { HourCounters } from '../../integrations/streaming/counters.ts';
import type { PolledTotals } from '../../integrations/streaming/poll-difference.ts';

/** What the stream counted of one account (or of none) on its day. */
export interface DayCounts {
  readonly totals: PolledTotals;
  /** The same where the poller counts, by campaign: in the account's currency, of a campaign and nothing beneath it. */
  readonly polledPlaces: ReadonlyMap<string, PolledTotals>;
  /** Too late for the days before, and what came too late the day after. */
  readonly late: { readonly thatDay: number; readonly nextDay: number };
  readonly site: SiteCounts;
}

type Sums = Record<keyof PolledTotals, number>;
export const newTotals = (): Sums => ({
  impressions: 0,
  clicks: 0,
  spendMicros: 0,
  conversionsMicros: 0,
  conversionValueMicros: 0,
});

/**
 * `hours` are of one account, or of none, on `date` and the day after. Spend and conversion value are in `currency`; what Kafka brought
 * of a conversion's value in another is left out, for two currencies have no sum.
 */
export function dayCounts(hours: readonly HourCounters[], date: string, currency: string | null): DayCounts {
  const totals = newTotals();
  const polledPlaces = new Map<string, Sums>();
  const late = { thatDay: 0, nextDay: 0 };
  let orders = 0;
  const money = new Map<string, { revenueMicros: number; refundsMicros: number }>();
  for (const hour of hours) {
    const { counters } = hour;
    if (hour.date !== date) {
      late.nextDay += counters.late;
      continue;
    }
    late.thatDay += counters.late;
    orders += counters.orders;
    const foreign = hour.currency !== null && hour.currency !== currency;
    addTotals(totals, foreign ? { ...counters, spendMicros: 0, conversionValueMicros: 0 } : counters);
    if (!foreign && hour.currency !== null && hour.campaignId !== null && hour.adGroupId === null) {
      addTotals(entry(polledPlaces, hour.campaignId, newTotals), counters);
    }
    if (hour.currency === null || (counters.revenueMicros === 0 && counters.refundsMicros === 0)) continue;
    const own = entry(money, hour.currency, () => ({ revenueMicros: 0, refundsMicros: 0 }));
    own.revenueMicros += counters.revenueMicros;
    own.refundsMicros += counters.refundsMicros;
  }
  return {
    totals,
    polledPlaces,
    late,
    site: {
      orders,
      money: [...money]
        .map(([own, sums]) => ({ currency: own, ...sums }))
        .toSorted((a, b) => (a.currency < b.currency ? -1 : 1)),
    },
  };
}

function addTotals(sums: Sums, more: PolledTotals): void {
  for (const name of platformMeasures) sums[name] += more[name];
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

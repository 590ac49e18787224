import { platformMeasures } from '../../../contracts/streams/stream-event.ts';
import type { PolledTotals } from '../../integrations/streaming/poll-difference.ts';
import type { Rollup } from '../rollup.ts';

/** What a batch has loaded of one account and day, at one grain. */
export interface DayFacts {
  /** Null where no row reports the measure. */
  readonly totals: Readonly<Record<keyof PolledTotals, number | null>>;
  /** Epoch milliseconds of the load that changed one of its rows last; later than that where it is not `exact`. */
  readonly changedAt: number | null;
  readonly exact: boolean;
}

/** Facts of a day; undefined when there is no row of it. */
export function dayFacts(rollup: Rollup, date: string): DayFacts | undefined {
  const day = rollup.dates.indexOf(date);
  if (day < 0) return undefined;
  const totals: Record<keyof PolledTotals, number | null> = {
    impressions: null,
    clicks: null,
    spendMicros: null,
    conversionsMicros: null,
    conversionValueMicros: null,
  };
  for (let row = 0; row < rollup.rows; row += 1) {
    if (rollup.date[row] !== day) continue;
    for (const name of platformMeasures) {
      const value = rollup.measures[name][row] ?? Number.NaN;
      if (!Number.isNaN(value)) totals[name] = (totals[name] ?? 0) + value;
    }
  }
  const own = rollup.loads[day] ?? null;
  const at = own ?? rollup.loadedAt;
  return { totals, changedAt: at === null ? null : Date.parse(at), exact: own !== null };
}

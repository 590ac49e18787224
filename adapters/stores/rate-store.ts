import * as z from 'zod/mini';
import { currency, isoDate } from '../../contracts/schemas/primitives.ts';
import { ratesPk } from './keys.ts';
import type { Table } from './table.ts';

/** Reference rates of one day: units of each currency for one euro, in the source's own decimal digits. */
const dailyRates = z.object({
  date: isoDate,
  base: z.literal('EUR'),
  rates: z.record(currency, z.string().check(z.regex(/^\d{1,12}(\.\d{1,10})?$/))),
  source: z.string(),
});
type DailyRates = z.infer<typeof dailyRates>;

/** Exchange rates belong to no workspace. */
export interface RateStore {
  put(rates: readonly DailyRates[]): Promise<void>;
  /**
   * Published days between the two, inclusive, oldest first. Banks rest at weekends and holidays: ask from a week before the
   * first day needed and take the last published one.
   */
  between(from: string, to: string): Promise<DailyRates[]>;
}

export function createRateStore(table: Table): RateStore {
  return {
    async put(rates) {
      await table.putMany(rates.map((day) => ({ pk: ratesPk, sk: day.date, ...dailyRates.parse(day) })));
    },
    async between(from, to) {
      return (await table.all({ pk: ratesPk, between: [from, to] })).map((item) => dailyRates.parse(item));
    },
  };
}

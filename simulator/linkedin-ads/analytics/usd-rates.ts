import { referenceRates } from '../../exchange-rates/reference-rates.ts';
import { type Day, dayOf } from '../../market/calendar.ts';

/** Days before the present for which rates are made: more than any history is long. */
const daysBack = 900;

/** What `costInUsd` is converted with: the last reference rate on or before the day, LinkedIn's own being unpublished. */
export class UsdRates {
  readonly #seed: number;
  #newest = Number.NaN;
  #byDay = new Map<Day, Readonly<Record<string, number>>>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  knows(currency: string): boolean {
    return currency === 'EUR' || currency === 'USD' || [...this.#byDay.values()].some((rates) => currency in rates);
  }

  /** Makes the rates up to an instant. */
  upTo(nowMs: number): this {
    const today = Math.floor(nowMs / 86_400_000);
    if (today === this.#newest) return this;
    this.#newest = today;
    this.#byDay = new Map();
    let rates: Readonly<Record<string, number>> = {};
    const published = new Map(
      referenceRates(this.#seed, nowMs, daysBack).map((daily) => [dayOf(daily.date), daily.rates]),
    );
    for (let day = today - daysBack; day <= today; day += 1) {
      const set = published.get(day);
      if (set !== undefined)
        rates = Object.fromEntries(Object.entries(set).map(([code, rate]) => [code, Number(rate)]));
      this.#byDay.set(day, rates);
    }
    return this;
  }

  /** US dollars for one unit of a currency; zero where there is no rate. */
  perUnit(currency: string, day: Day): number {
    if (currency === 'USD') return 1;
    const rates = this.#byDay.get(day) ?? {};
    const [dollars, units] = [rates['USD'], currency === 'EUR' ? 1 : rates[currency]];
    return dollars === undefined || units === undefined ? 0 : dollars / units;
  }
}

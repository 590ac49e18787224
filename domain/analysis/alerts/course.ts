import type { WatchedObject } from '../../../contracts/schemas/alerts.ts';
import { addDays } from '../../integrations/calendar-day.ts';
import { localHour } from '../../integrations/streaming/local-hour.ts';
import { addSums, noSums, type Sums } from './sums.ts';

const hourMillis = 3_600_000;
const minuteMillis = 60_000;

/**
 * The numbers of one object as far as they were read: minutes and hours of live events, days of loaded facts. Whoever made it says by
 * `minutesFrom` from when minutes are known at all.
 */
export class Course {
  readonly object: WatchedObject;
  /** Of its money; null where there is none that could be added up. */
  readonly currency: string | null;
  readonly timeZone: string;
  /** What the platform may spend of it a day; null where it is not known. */
  readonly dailyBudgetMicros: number | null;
  /** The last account-local day of which facts are loaded; null: none. */
  readonly loadedThrough: string | null;
  readonly #minutes = new Map<number, Sums>();
  /** By zone, since a workspace has accounts in several; then by day and hour. */
  readonly #hours = new Map<string, Map<string, Sums>>();
  readonly #days = new Map<string, Sums>();
  #since: string | undefined;

  constructor(of: {
    readonly object: WatchedObject;
    readonly currency: string | null;
    readonly timeZone: string;
    readonly dailyBudgetMicros: number | null;
    readonly loadedThrough: string | null;
  }) {
    this.object = of.object;
    this.currency = of.currency;
    this.timeZone = of.timeZone;
    this.dailyBudgetMicros = of.dailyBudgetMicros;
    this.loadedThrough = of.loadedThrough;
  }

  addMinute(at: number, sums: Sums): void {
    this.#minutes.set(at, addSums(this.#minutes.get(at) ?? noSums, sums));
  }

  addHour(timeZone: string, date: string, hour: number, sums: Sums): void {
    const zone = this.#hours.get(timeZone) ?? new Map<string, Sums>();
    this.#hours.set(timeZone, zone);
    const slot = slotOf(date, hour);
    zone.set(slot, addSums(zone.get(slot) ?? noSums, sums));
    if (this.#since === undefined || date < this.#since) this.#since = date;
  }

  addDay(date: string, sums: Sums): void {
    const known = this.#days.get(date);
    this.#days.set(date, known === undefined ? sums : addSums(known, sums));
  }

  /** The first day with an event among the hours that were read. */
  get since(): string | undefined {
    return this.#since;
  }

  /** From `from` until before `to`, both whole minutes in epoch milliseconds. */
  minutes(from: number, to: number): Sums {
    let sums = noSums;
    for (let at = from; at < to; at += minuteMillis) {
      const found = this.#minutes.get(at);
      if (found !== undefined) sums = addSums(sums, found);
    }
    return sums;
  }

  /**
   * A local hour: 0 is the last complete one before `now`, 1 the one before it, -1 the running one; moved back by whole calendar days,
   * so that 09:00 is compared with 09:00 when clocks were changed between.
   */
  hour(now: number, back: number, daysBack = 0): Sums {
    let sums = noSums;
    for (const [zone, slots] of this.#hours) {
      const { date, hour } = localHour(now - (back + 1) * hourMillis, zone);
      const found = slots.get(slotOf(addDays(date, -daysBack), hour));
      if (found !== undefined) sums = addSums(sums, found);
    }
    return sums;
  }

  /** One hour (0 to 23) of a day of the object's own zone. */
  hourOf(date: string, hour: number): Sums {
    return this.#hours.get(this.timeZone)?.get(slotOf(date, hour)) ?? noSums;
  }

  /** Loaded facts of inclusive days; a day without a row had no traffic. */
  days(from: string, to: string): Sums {
    let sums: Sums | undefined;
    for (let date = from; date <= to; date = addDays(date, 1)) {
      const found = this.#days.get(date);
      if (found !== undefined) sums = sums === undefined ? found : addSums(sums, found);
    }
    return sums ?? noFacts;
  }
}

/** Facts hold neither the events nor what the site says. */
export const factsOnly = { events: null, orders: null, leads: null, revenueMicros: null, refundsMicros: null } as const;
const noFacts: Sums = { ...noSums, ...factsOnly };

const slotOf = (date: string, hour: number): string => `${date}T${hour}`;

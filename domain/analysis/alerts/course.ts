import type { WatchedObject } from '../../../contracts/schemas/alerts.ts';
import { addDays } from '../../integrations/calendar-day.ts';
import { localHour } from '../../integrations/streaming/local-hour.ts';
import { addInto, noSums, type Sums } from './sums.ts';

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
  readonly #minutes = new Map<number, Collected>();
  /** By zone, since a workspace has accounts in several; then by day and hour. */
  readonly #hours = new Map<string, Map<string, Collected>>();
  readonly #days = new Map<string, Collected>();
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
    collect(this.#minutes, at, sums);
  }

  addHour(timeZone: string, date: string, hour: number, sums: Sums): void {
    const zone = this.#hours.get(timeZone) ?? new Map<string, Collected>();
    this.#hours.set(timeZone, zone);
    collect(zone, slotOf(date, hour), sums);
    if (this.#since === undefined || date < this.#since) this.#since = date;
  }

  addDay(date: string, sums: Sums): void {
    collect(this.#days, date, sums);
  }

  /** The first day with an event among the hours that were read. */
  get since(): string | undefined {
    return this.#since;
  }

  /** From `from` until before `to`, both whole minutes in epoch milliseconds. */
  minutes(from: number, to: number): Sums {
    const sums = { ...noSums };
    for (let at = from; at < to; at += minuteMillis) {
      const found = this.#minutes.get(at);
      if (found !== undefined) addInto(sums, found);
    }
    return sums;
  }

  /**
   * A local hour: 0 is the last complete one before `now`, 1 the one before it, -1 the running one; moved back by whole calendar days,
   * so that 09:00 is compared with 09:00 when clocks were changed between.
   */
  hour(now: number, back: number, daysBack = 0): Sums {
    const sums = { ...noSums };
    for (const [zone, slots] of this.#hours) {
      const found = slots.get(slotAt(now - (back + 1) * hourMillis, zone, daysBack));
      if (found !== undefined) addInto(sums, found);
    }
    return sums;
  }

  /** One hour (0 to 23) of a day of the object's own zone. */
  hourOf(date: string, hour: number): Sums {
    return this.#hours.get(this.timeZone)?.get(slotOf(date, hour)) ?? noSums;
  }

  /** Loaded facts of inclusive days; a day without a row had no traffic. */
  days(from: string, to: string): Sums {
    const sums = { ...noFacts };
    for (let date = from; date <= to; date = addDays(date, 1)) {
      const found = this.#days.get(date);
      if (found !== undefined) addInto(sums, found);
    }
    return sums;
  }
}

/** Facts hold neither the events nor what the site says. */
export const factsOnly = { events: null, orders: null, leads: null, revenueMicros: null, refundsMicros: null } as const;
const noFacts: Sums = { ...noSums, ...factsOnly };

type Collected = { -readonly [N in keyof Sums]: Sums[N] };

function collect<K>(into: Map<K, Collected>, key: K, sums: Sums): void {
  const known = into.get(key);
  if (known === undefined) into.set(key, { ...sums });
  else addInto(known, sums);
}

const quarterMillis = 900_000;
const mostSlots = 20_000;
const slotsKnown = new Map<string, Map<number, string>>();

/** The slot of an instant in a zone, moved back by less than 32 days; remembered, since every object asks for the same ones. */
function slotAt(instant: number, zone: string, daysBack: number): string {
  const known = slotsKnown.get(zone) ?? new Map<number, string>();
  slotsKnown.set(zone, known);
  const key = Math.floor(instant / quarterMillis) * 32 + daysBack;
  const found = known.get(key);
  if (found !== undefined) return found;
  const { date, hour } = localHour(instant, zone);
  const slot = slotOf(addDays(date, -daysBack), hour);
  if (known.size >= mostSlots) known.clear();
  known.set(key, slot);
  return slot;
}

const slotOf = (date: string, hour: number): string => `${date}T${hour}`;

import { dayNumber, daysIn } from '../../../domain/integrations/calendar-day.ts';
import type { DateWindow, FactRow, Grain } from '../../../domain/integrations/platform.ts';
import { objectFields } from '../../../domain/integrations/validate-fact.ts';

/** An object or segment, and those below it by their ids. */
interface Place {
  readonly number: number;
  below?: Map<string | null, Place>;
}

/**
 * Which facts of a report have been there: a place an object and a bit a day, because a text a fact would be most of a worker's
 * memory, and to join the ids of an object takes longer than to follow them.
 */
export class SeenFacts {
  readonly #fields: ReturnType<typeof objectFields>;
  readonly #firstDay: number;
  readonly #days: number;
  readonly #top: Place = { number: 0 };
  #places = 1;
  readonly #dayNumbers = new Map<string, number>();
  #bits = new Uint8Array(1_024);
  size = 0;

  constructor(grain: Grain, window: DateWindow) {
    this.#fields = objectFields(grain);
    this.#firstDay = dayNumber(window.from);
    this.#days = daysIn(window.from, window.to);
  }

  /** Whether it is the first of its object and day, which lies in the window. */
  add(fact: FactRow): boolean {
    const index = this.#numberOf(fact) * this.#days + this.#dayOf(fact.date);
    const [byte, bit] = [Math.floor(index / 8), 1 << (index % 8)];
    if (byte >= this.#bits.length) {
      const more = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
      more.set(this.#bits);
      this.#bits = more;
    }
    const before = this.#bits[byte] ?? 0;
    if ((before & bit) !== 0) return false;
    this.#bits[byte] = before | bit;
    this.size += 1;
    return true;
  }

  #numberOf(fact: FactRow): number {
    let place = this.#top;
    for (const field of this.#fields) {
      place.below ??= new Map();
      let next = place.below.get(fact[field]);
      if (next === undefined) {
        next = { number: this.#places };
        this.#places += 1;
        place.below.set(fact[field], next);
      }
      place = next;
    }
    return place.number;
  }

  #dayOf(date: string): number {
    let day = this.#dayNumbers.get(date);
    if (day === undefined) {
      day = dayNumber(date) - this.#firstDay;
      if (!(day >= 0 && day < this.#days)) throw new RangeError(`${date} lies outside the window of the facts seen.`);
      this.#dayNumbers.set(date, day);
    }
    return day;
  }
}

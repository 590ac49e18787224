import { dayNumber, daysIn } from '../../../domain/integrations/calendar-day.ts';
import type { DateWindow, FactRow, Grain } from '../../../domain/integrations/platform.ts';
import { objectKey } from '../../../domain/integrations/validate-fact.ts';

/** Which facts of a report have been there: a text an object and a bit a day, because a text a fact would be most of a worker's memory. */
export class SeenFacts {
  readonly #grain: Grain;
  readonly #firstDay: number;
  readonly #days: number;
  readonly #objects = new Map<string, number>();
  readonly #dayNumbers = new Map<string, number>();
  #bits = new Uint8Array(1_024);
  size = 0;

  constructor(grain: Grain, window: DateWindow) {
    this.#grain = grain;
    this.#firstDay = dayNumber(window.from);
    this.#days = daysIn(window.from, window.to);
  }

  /** Whether it is the first of its object and day, which lies in the window. */
  add(fact: FactRow): boolean {
    const key = objectKey(this.#grain, fact);
    let object = this.#objects.get(key);
    if (object === undefined) {
      object = this.#objects.size;
      this.#objects.set(key, object);
    }
    const place = object * this.#days + this.#dayOf(fact.date);
    const [byte, bit] = [Math.floor(place / 8), 1 << (place % 8)];
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

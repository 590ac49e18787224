import { addDays } from '../integrations/calendar-day.ts';

/**
 * Dated reference rates: how many units of a currency one unit of `base` buys, decimal text exactly as published
 * (`1.0837`). The base itself is not listed.
 */
export interface RateTable {
  readonly base: string;
  readonly days: ReadonlyMap<string, Readonly<Record<string, string>>>;
}

/** An exact conversion factor, `numerator / denominator`, in lowest terms. */
export interface ExchangeRate {
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The same factor as a double, for the fast path; off by at most 2^-51 of itself. */
  readonly approximate: number;
  /** The day it was published. */
  readonly publishedOn: string;
}

/** Reference rates are not published on weekends and holidays; the last one counts for this many days, then it is unknown. */
export const rateMaxAgeDays = 7;

interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

function parseRate(text: string): Decimal | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const fraction = match[2] ?? '';
  const digits = BigInt(`${match[1]}${fraction}`);
  return digits > 0n ? { digits, scale: fraction.length } : undefined;
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

const one: Decimal = { digits: 1n, scale: 0 };

/**
 * The rate from one currency to another on a day: of the latest day that knows both sides, at most seven days back.
 * Both sides come from the same day, so a cross rate is never mixed from two publications.
 */
export function rateOn(table: RateTable, from: string, to: string, isoDate: string): ExchangeRate | undefined {
  if (from === to) return { numerator: 1n, denominator: 1n, approximate: 1, publishedOn: isoDate };
  for (let age = 0; age <= rateMaxAgeDays; age += 1) {
    const publishedOn = addDays(isoDate, -age);
    const day = table.days.get(publishedOn);
    if (!day) continue;
    const perBase = (currency: string): Decimal | undefined =>
      currency === table.base ? one : parseRate((Object.hasOwn(day, currency) ? day[currency] : undefined) ?? '');
    const source = perBase(from);
    const target = perBase(to);
    if (!source || !target) continue;
    const numerator = target.digits * 10n ** BigInt(source.scale);
    const denominator = source.digits * 10n ** BigInt(target.scale);
    const divisor = gcd(numerator, denominator);
    return {
      numerator: numerator / divisor,
      denominator: denominator / divisor,
      approximate: Number(numerator / divisor) / Number(denominator / divisor),
      publishedOn,
    };
  }
  return undefined;
}

/** Micros times the rate, exact, rounded once to the nearest micro (half away from zero). */
export function convertMicrosExactly(micros: number, rate: ExchangeRate): number {
  const magnitude = BigInt(Math.abs(micros));
  const rounded = (2n * magnitude * rate.numerator + rate.denominator) / (2n * rate.denominator);
  return Number(micros < 0 ? -rounded : rounded);
}

/**
 * The same answer as `convertMicrosExactly`, about fifty times faster. Doubles decide the rounding wherever their error
 * (below 2^-50 of the product: three roundings of 2^-53 each, with margin) cannot reach the halfway point; elsewhere the
 * exact way does.
 */
export function convertMicros(micros: number, rate: ExchangeRate): number {
  const product = Math.abs(micros) * rate.approximate;
  const whole = Math.floor(product);
  const distanceToHalf = Math.abs(product - whole - 0.5);
  if (distanceToHalf <= product * 2 ** -50 + Number.MIN_VALUE) return convertMicrosExactly(micros, rate);
  // Near a whole number the floor may be off by one, but the rounded value is the same from either side.
  const rounded = product - whole > 0.5 ? whole + 1 : whole;
  if (rounded === 0) return 0;
  return micros < 0 ? -rounded : rounded;
}

/**
 * Converts parts one after another so that they add up to the converted whole: each part is what it adds to the running
 * sum, so it is off by less than a micro and a part of zero stays zero. Rounding each by itself would give another total
 * for the same money cut another way.
 */
export class RunningConversion {
  readonly #rate: ExchangeRate;
  #whole = 0;
  #converted = 0;

  constructor(rate: ExchangeRate) {
    this.#rate = rate;
  }

  next(micros: number): number {
    // Beyond exact whole numbers the parts start anew.
    if (!Number.isSafeInteger(this.#whole + micros)) {
      this.#whole = 0;
      this.#converted = 0;
    }
    this.#whole += micros;
    const before = this.#converted;
    this.#converted = convertMicros(this.#whole, this.#rate);
    return this.#converted - before;
  }
}

import type { LiveValues } from '../../../contracts/schemas/live.ts';
import { type CounterName, type Counters, counterNames } from '../../integrations/streaming/counters.ts';
import { type ExchangeRate, RunningConversion } from '../currency-conversion.ts';

/** Sums in the order of `counterNames`: added to a hundred thousand times an answer. */
export type Sums = Float64Array;

export const newSums = (): Sums => new Float64Array(counterNames.length);

export function addTo(sums: Sums, counters: Counters): void {
  for (let index = 0; index < counterNames.length; index += 1) {
    sums[index] = (sums[index] ?? 0) + counters[counterNames[index] as CounterName];
  }
}

/** What is money, by its place; conversions are counts in millionths. */
const moneyNames: ReadonlySet<CounterName> = new Set([
  'spendMicros',
  'conversionValueMicros',
  'revenueMicros',
  'refundsMicros',
]);
const isMoney = counterNames.map((name) => moneyNames.has(name));

/** Converts sums of one currency, one after another, so that the parts add up. Without a rate their money is left out. */
export function conversionOf(rate: ExchangeRate | undefined): (sums: Sums) => Sums {
  if (rate === undefined) return (sums) => sums.map((value, index) => (isMoney[index] ? 0 : value));
  if (rate.numerator === rate.denominator) return (sums) => sums;
  const running = counterNames.map(() => new RunningConversion(rate));
  return (sums) => sums.map((value, index) => (isMoney[index] ? (running[index]?.next(value) ?? 0) : value));
}

export const hasMoney = (sums: Sums): boolean => sums.some((value, index) => isMoney[index] === true && value !== 0);

export function addSums(into: Sums, more: Sums): void {
  for (let index = 0; index < into.length; index += 1) into[index] = (into[index] ?? 0) + (more[index] ?? 0);
}

export function valuesOf(sums: Sums): LiveValues {
  const { conversionsMicros, ...rest } = Object.fromEntries(
    counterNames.map((name, index) => [name, sums[index] ?? 0]),
  ) as Record<CounterName, number>;
  return { ...rest, conversions: conversionsMicros / 1_000_000 };
}

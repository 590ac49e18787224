import { logNormal, mix, poisson, uniform } from './random.ts';
import { whenInDay } from './trend.ts';

/** One attributed conversion of a day's clicks. */
export interface Conversion {
  /** When in the local day its click came, a fraction. */
  readonly clickAt: number;
  /** From the click until the platform reports it. */
  readonly delayMs: number;
  /** Attributed share: a conversion may be split between several clicks. Millionths. */
  readonly creditMicros: number;
  /** The share of the order's price. */
  readonly valueMicros: number;
  readonly priceMicros: number;
  /** Hash of its own, for every further draw about it. */
  readonly key: number;
}

/** Google's data-driven attribution: most conversions have one click, others share with clicks elsewhere. */
const credits = [
  { below: 0.72, micros: 1_000_000 },
  { below: 0.86, micros: 500_000 },
  { below: 0.94, micros: 333_333 },
  { below: 1, micros: 712_450 },
] as const;

interface Expectation {
  readonly count: number;
  readonly medianValueMicros: number;
  /** Prices are multiples of it. */
  readonly centMicros: number;
  readonly maxDelayDays: number;
  /** Whether a conversion is credited whole, or shared between clicks. */
  readonly whole: boolean;
}

/** Every conversion that a day's clicks will ever bring, in a fixed order. */
export function conversionsOf(hash: number, expected: Expectation): readonly Conversion[] {
  const { centMicros } = expected;
  const count = poisson(mix(hash, 11), expected.count);
  const conversions: Conversion[] = [];
  for (let index = 0; index < count; index += 1) {
    const key = mix(mix(hash, 12), index);
    const credit = uniform(mix(key, 1));
    const creditMicros = expected.whole
      ? 1_000_000
      : (credits.find((step) => credit < step.below)?.micros ?? 1_000_000);
    const value = expected.medianValueMicros * logNormal(mix(key, 2), 0.45);
    const priceMicros = Math.max(centMicros, Math.round(value / centMicros) * centMicros);
    conversions.push({
      clickAt: whenInDay(uniform(mix(key, 3))),
      delayMs: delayMs(mix(key, 4), expected.maxDelayDays),
      creditMicros,
      valueMicros: Math.round((priceMicros / 1_000_000) * creditMicros),
      priceMicros,
      key,
    });
  }
  return conversions;
}

/** Half within three hours of the click, a quarter within two days, the rest spread up to the longest delay. */
export function delayMs(hash: number, maxDelayDays: number): number {
  const hour = 3_600_000;
  const within = uniform(mix(hash, 2));
  const part = uniform(mix(hash, 1));
  if (part < 0.5) return Math.round(within * 3 * hour);
  const latest = maxDelayDays * 24 * hour - 1;
  if (part < 0.75) return Math.min(latest, Math.round((3 + 45 * within) * hour));
  // Long tail: density falls towards the longest delay.
  return Math.min(latest, Math.round(48 * hour + Math.max(0, latest - 48 * hour) * within * within));
}

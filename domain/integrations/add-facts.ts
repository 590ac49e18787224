import type { FactRow, Measures } from './platform.ts';

/** Parts of one fact as one row: what the platform answers finer than the fact. A measure of which a part is not reported is not known. */
export function addFacts(one: FactRow, other: FactRow): FactRow {
  const add = (measure: keyof Measures): number | null => {
    const [a, b] = [one[measure], other[measure]];
    return a === null || b === null ? null : a + b;
  };
  return {
    ...one,
    impressions: one.impressions + other.impressions,
    clicks: one.clicks + other.clicks,
    spendMicros: one.spendMicros + other.spendMicros,
    conversionsMicros: add('conversionsMicros'),
    conversionValueMicros: add('conversionValueMicros'),
    videoViews: add('videoViews'),
  };
}

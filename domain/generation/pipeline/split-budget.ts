import type { PlatformHistory } from '../../../contracts/schemas/generation-runs.ts';

/** Below so many conversions a cost per conversion says nothing yet. */
export const leastConversions = 30;
/** Past results move a share by no more than this factor either way: they are of other ads. */
const mostFactor = 2;

/** Someone who wants a part of the budget. */
export interface Claimant {
  readonly key: string;
  /** Cost per conversion in one currency for all, micros; null where it is not known. */
  readonly cpaMicros: number | null;
}

export interface Split {
  readonly by: 'past-cpa' | 'even';
  /** By key; they add up to 1. */
  readonly shares: ReadonlyMap<string, number>;
}

/**
 * Shares of a budget: even, and more to where a conversion cost less, once at least two have measured what one costs. A share is the
 * even one times the geometric mean of the costs by one's own, at most doubled or halved, then scaled to add up to 1.
 */
export function splitBudget(claimants: readonly Claimant[]): Split {
  const known = claimants.flatMap(({ cpaMicros }) => (cpaMicros !== null && cpaMicros > 0 ? [cpaMicros] : []));
  const byCost = known.length >= 2;
  const typical = byCost ? Math.exp(known.reduce((sum, one) => sum + Math.log(one), 0) / known.length) : 0;
  const weights = claimants.map(({ cpaMicros }) =>
    byCost && cpaMicros !== null && cpaMicros > 0
      ? Math.min(mostFactor, Math.max(1 / mostFactor, typical / cpaMicros))
      : 1,
  );
  const total = weights.reduce((sum, one) => sum + one, 0);
  return {
    by: byCost ? 'past-cpa' : 'even',
    shares: new Map(claimants.map(({ key }, index) => [key, (weights[index] ?? 0) / total])),
  };
}

/** What a conversion cost, where there were enough to say it. */
export const cpaOf = ({ spendMicros, conversions }: Pick<PlatformHistory, 'spendMicros' | 'conversions'>) =>
  conversions < leastConversions || spendMicros <= 0 ? null : Math.round(spendMicros / conversions);

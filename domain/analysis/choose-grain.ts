import { type Dimension, dimensionNames } from '../../contracts/schemas/metrics.ts';
import type { Grain } from '../../contracts/schemas/primitives.ts';

/** What one row of each grain knows. Coarse to fine: the first that knows everything asked for is taken. */
export const dimensionsByGrain: Readonly<Record<Grain, readonly Dimension[]>> = (() => {
  const account = ['platform', 'account', 'date', 'week', 'month'] as const;
  const campaign = [...account, 'campaign'] as const;
  const adGroup = [...campaign, 'ad-group'] as const;
  return {
    account,
    campaign,
    'ad-group': adGroup,
    ad: [...adGroup, 'ad'],
    keyword: [...adGroup, 'keyword'],
    'search-term': [...adGroup, 'search-term'],
    asset: [...adGroup, 'asset'],
    age: [...campaign, 'age'],
    gender: [...campaign, 'gender'],
    country: [...campaign, 'country'],
    device: [...campaign, 'device'],
    placement: [...campaign, 'placement'],
  };
})();
const coarseToFine = Object.keys(dimensionsByGrain) as readonly Grain[];

export type GrainChoice =
  | { readonly kind: 'chosen'; readonly grain: Grain }
  | { readonly kind: 'impossible'; readonly field: 'groupBy' | 'grain'; readonly reason: string };

/**
 * The grain to answer from. `needed` holds what is grouped and filtered by.
 * Never derived from a finer grain: a platform reports campaigns (Performance Max, video) that have no ads.
 */
export function chooseGrain(needed: readonly Dimension[], asked?: Grain): GrainChoice {
  const able = coarseToFine.filter((grain) => needed.every((name) => dimensionsByGrain[grain].includes(name)));
  const coarsest = able[0];
  if (coarsest === undefined) {
    return {
      kind: 'impossible',
      field: 'groupBy',
      reason: `no report knows ${needed.join(', ')} together; possible with ${conflict(needed)}`,
    };
  }
  if (asked === undefined) return { kind: 'chosen', grain: coarsest };
  if (able.includes(asked)) return { kind: 'chosen', grain: asked };
  return {
    kind: 'impossible',
    field: 'grain',
    reason: `the ${asked} grain knows ${dimensionsByGrain[asked].join(', ')}; for ${needed.join(', ')} use ${able.join(' or ')}`,
  };
}

function conflict(needed: readonly Dimension[]): string {
  const finest = coarseToFine.filter((grain) => needed.some((name) => name === grain));
  return finest.map((grain) => `${grain}: ${dimensionsByGrain[grain].join(', ')}`).join('; ');
}

export type GroupByChoice =
  | { readonly kind: 'dimensions'; readonly dimensions: readonly Dimension[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Reads `campaign,date`. Each dimension may stand once. */
export function parseGroupBy(text: string | undefined): GroupByChoice {
  const names = text === undefined || text === '' ? [] : text.split(',');
  const dimensions: Dimension[] = [];
  for (const name of names) {
    const known = dimensionNames.find((dimension) => dimension === name);
    if (known === undefined) {
      return { kind: 'unknown', reason: `${name} is not a dimension; known are ${dimensionNames.join(', ')}` };
    }
    if (dimensions.includes(known)) return { kind: 'unknown', reason: `${name} stands twice` };
    dimensions.push(known);
  }
  return { kind: 'dimensions', dimensions };
}

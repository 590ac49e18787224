import { apportion } from './apportion.ts';
import type { Day } from './calendar.ts';
import { type Claim, pick, type Share } from './divide.ts';
import { credited, type Measures } from './measures.ts';
import { hashText, logNormal, mix, uniform } from './random.ts';
import type { Ad } from './world.ts';

/** A text of a responsive search ad. The same text of one account is one asset, whichever ads use it. */
export interface Asset {
  readonly id: string;
  readonly kind: 'headline' | 'description';
  readonly text: string;
}

/** Texts shown together in one impression. */
const slots = { headline: 3, description: 2 } as const;

export function assetsOf(accountId: string, ad: Ad): readonly Asset[] {
  if (ad.format !== 'responsive-search') return [];
  const asset = (kind: Asset['kind'], text: string): Asset => {
    const hash = hashText(`${accountId}|${kind}|${text}`);
    return { id: `1${String(hash).padStart(10, '0')}${hashText(text) % 10}`, kind, text };
  };
  return [
    ...ad.headlines.map((text) => asset('headline', text)),
    ...ad.descriptions.map((text) => asset('description', text)),
  ];
}

/** The texts of one kind that an ad shows some of at a time. */
export interface Slots {
  readonly assetIds: readonly string[];
  readonly salts: readonly number[];
  readonly weights: readonly number[];
  readonly shown: number;
}

/** How an ad uses its texts: worked out once for all of its days. */
export function slotsOf(accountId: string, ad: Ad, salt: number): readonly Slots[] {
  const assets = assetsOf(accountId, ad);
  return (['headline', 'description'] as const).flatMap((kind) => {
    const assetIds = assets.filter((asset) => asset.kind === kind).map(({ id }) => id);
    if (assetIds.length === 0) return [];
    const salts = assetIds.map((id) => mix(salt, hashText(id)));
    const weights = salts.map((one) => 0.5 + uniform(mix(one, 1)));
    return [{ assetIds, salts, weights, shown: Math.min(slots[kind], assetIds.length) }];
  });
}

/**
 * What each text of an ad took part in. An impression shows several and counts for each of them, with its click, cost and
 * conversion: the sums exceed the ad's.
 */
export function divideByAsset(
  ad: Share,
  used: readonly Slots[],
  day: Day,
  centMicros: number,
): readonly (Measures & { readonly assetId: string })[] {
  return used.flatMap(({ assetIds, salts, weights, shown }) => {
    const all = (total: number) => assetIds.map(() => total);
    const impressions = apportion(
      ad.impressions * shown,
      weights.map((weight, index) => weight * logNormal(mix(salts[index] ?? 0, day), 0.1)),
      all(ad.impressions),
    );
    const clicks = apportion(
      ad.clicks * shown,
      impressions.map((count, index) => count * logNormal(mix(salts[index] ?? 0, day ^ 0x5bd1), 0.08)),
      impressions.map((count) => Math.min(count, ad.clicks)),
    );
    const units = Math.round(ad.costMicros / centMicros);
    const costs = apportion(units * shown, clicks, all(units));
    const claims = assetIds.map((): Claim[] => []);
    for (const claim of ad.claims) for (const index of choose(claim.key, weights, shown)) claims[index]?.push(claim);
    return assetIds.map((assetId, index) => ({
      assetId,
      impressions: impressions[index] ?? 0,
      clicks: clicks[index] ?? 0,
      costMicros: (costs[index] ?? 0) * centMicros,
      videoViews: 0,
      ...credited(claims[index] ?? []),
    }));
  });
}

/** Draws `count` different indexes by weight. */
function choose(key: number, weights: readonly number[], count: number): number[] {
  const left = weights.map((weight, index) => ({ weight, index }));
  return Array.from({ length: count }, (_, turn) => {
    const total = left.reduce((sum, { weight }) => sum + weight, 0);
    const at = pick(
      uniform(mix(key, 40 + turn)) * total,
      left.map(({ weight }) => weight),
    );
    return left.splice(at, 1)[0]?.index ?? 0;
  });
}

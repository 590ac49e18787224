import { apportion } from './apportion.ts';
import type { Day } from './calendar.ts';
import type { Part } from './delivery.ts';
import { credited, type Measures } from './measures.ts';
import { logNormal, mix, uniform } from './random.ts';

/** One conversion as a platform claims it: it counts on the local day of the click, from the instant it is reported. */
export interface Claim {
  /** The order it is a claim to. */
  readonly orderId: string;
  /** Instant of the click or view, epoch milliseconds. */
  readonly at: number;
  readonly reportedAt: number;
  readonly creditMicros: number;
  readonly valueMicros: number;
  /** What the whole order came to. */
  readonly priceMicros: number;
  readonly key: number;
}

export interface Whole extends Measures {
  readonly claims: readonly Claim[];
}

export interface Share extends Whole {
  /** `undefined` is the part nobody is named for. */
  readonly part: Part | undefined;
}

/** What a draw about a claim is for: its group, its ad, and one for every breakdown. */
export const draws = {
  group: 5,
  ad: 6,
  keyword: 7,
  'search-term': 8,
  age: 9,
  gender: 10,
  country: 11,
  device: 12,
  placement: 13,
} as const;
type Draw = keyof typeof draws;

interface Division {
  readonly parts: readonly Part[];
  /** Weight of what the platform reports for nobody. */
  readonly unnamedWeight?: number;
  readonly draw: Draw;
  readonly day: Day;
  /** Costs are multiples of it. */
  readonly centMicros: number;
}

/**
 * Divides a whole among its parts by weight and the day's chance. The shares add up to the whole exactly; the last is the part
 * nobody is named for, where there is one.
 */
export function divide(whole: Whole, division: Division): readonly Share[] {
  const { parts, unnamedWeight = 0, draw, day, centMicros } = division;
  const only = parts[0];
  if (only !== undefined && parts.length === 1 && unnamedWeight === 0) return [{ ...whole, part: only }];
  const weights = parts.map((part) => part.weight * logNormal(mix(part.salt, day), 0.12));
  if (unnamedWeight > 0) weights.push(unnamedWeight);
  const impressions = apportion(whole.impressions, weights);
  const clicks = apportion(
    whole.clicks,
    weights.map((weight, index) => weight * logNormal(mix(parts[index]?.salt ?? 7, day ^ 0x5bd1), 0.1)),
    impressions,
  );
  const units = apportion(
    Math.round(whole.costMicros / centMicros),
    clicks.map((count, index) => count * logNormal(mix(parts[index]?.salt ?? 9, day ^ 0x3c6e), 0.08)),
  );
  const views = whole.videoViews === 0 ? [] : apportion(whole.videoViews, impressions, impressions);
  const drawn = drawClaims(whole.claims, weights, draws[draw]);
  return weights.map((_, index) => {
    const claims = drawn[index] ?? [];
    return {
      part: parts[index],
      impressions: impressions[index] ?? 0,
      clicks: clicks[index] ?? 0,
      costMicros: (units[index] ?? 0) * centMicros,
      videoViews: views[index] ?? 0,
      ...credited(claims),
      claims,
    };
  });
}

function drawClaims(claims: readonly Claim[], weights: readonly number[], purpose: number): Claim[][] {
  const total = weights.reduce((left, right) => left + right, 0);
  const drawn = weights.map((): Claim[] => []);
  for (const claim of claims) drawn[pick(uniform(mix(claim.key, purpose)) * total, weights)]?.push(claim);
  return drawn;
}

/** The index whose weight a point between zero and the weights' sum falls on. */
export function pick(point: number, weights: readonly number[]): number {
  let left = point;
  let index = 0;
  while (index < weights.length - 1 && left >= (weights[index] ?? 0)) {
    left -= weights[index] ?? 0;
    index += 1;
  }
  return index;
}

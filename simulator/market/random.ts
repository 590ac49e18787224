/**
 * Randomness without state: every draw is a hash of what it is for, so that any object on any day can be computed
 * alone, in any order, and always comes out the same.
 */

/** FNV-1a over UTF-16 code units; 32 bits. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return finish(hash);
}

/** Combines a hash with an integer; 32 bits. */
export function mix(hash: number, value: number): number {
  return finish(Math.imul(hash ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(value | 0, 0xc2b2ae35));
}

/** In [0, 1). */
export function uniform(hash: number): number {
  return (finish(hash) >>> 0) / 0x1_0000_0000;
}

/** Standard normal, Box–Muller. */
export function normal(hash: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(mix(hash, 1))));
  return radius * Math.cos(2 * Math.PI * uniform(mix(hash, 2)));
}

/** Log-normal with median 1: the usual shape of noise on something that cannot be negative. */
export function logNormal(hash: number, sigma: number): number {
  return Math.exp(sigma * normal(hash));
}

/** Poisson: inversion below a mean of 30, the rounded normal above it. */
export function poisson(hash: number, mean: number): number {
  if (mean <= 0) return 0;
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(hash)));
  const target = uniform(hash);
  let probability = Math.exp(-mean);
  let cumulative = probability;
  let count = 0;
  // 200 is far beyond any quantile of a mean of 30; it bounds the loop against rounding.
  while (cumulative < target && count < 200) {
    count += 1;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

/** The murmur3 finaliser. */
function finish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

import type { Pixels } from './measure-contrast.ts';

/** One picture running into another of the same size; `share` of the second, 0–1. */
export function blend(from: Pixels, to: Pixels, share: number): Pixels {
  const data = new Uint8Array(from.data.length);
  for (let at = 0; at < data.length; at += 1)
    data[at] = Math.round((from.data[at] ?? 0) * (1 - share) + (to.data[at] ?? 0) * share);
  return { width: from.width, height: from.height, data };
}

import type { Pixels } from './measure-contrast.ts';

/** Makes the longer side at most so long, each pixel the mean of those it covers, weighed by how opaque they are. Never larger. */
export function shrink(pixels: Pixels, longest: number): Pixels {
  const { width, height, data } = pixels;
  const scale = longest / Math.max(width, height);
  if (scale >= 1) return pixels;
  const to = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const out = new Uint8Array(4 * to.width * to.height);
  for (let y = 0; y < to.height; y += 1) {
    const top = Math.floor((y * height) / to.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / to.height));
    for (let x = 0; x < to.width; x += 1) {
      const left = Math.floor((x * width) / to.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / to.width));
      let [red, green, blue, opaque] = [0, 0, 0, 0];
      for (let row = top; row < bottom; row += 1) {
        for (let at = 4 * (row * width + left); at < 4 * (row * width + right); at += 4) {
          const alpha = data[at + 3] ?? 0;
          red += (data[at] ?? 0) * alpha;
          green += (data[at + 1] ?? 0) * alpha;
          blue += (data[at + 2] ?? 0) * alpha;
          opaque += alpha;
        }
      }
      const at = 4 * (y * to.width + x);
      const weight = Math.max(1, opaque);
      out[at] = Math.round(red / weight);
      out[at + 1] = Math.round(green / weight);
      out[at + 2] = Math.round(blue / weight);
      out[at + 3] = Math.round(opaque / ((bottom - top) * (right - left)));
    }
  }
  return { ...to, data: out };
}

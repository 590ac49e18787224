import type { Pixels } from './measure-contrast.ts';

/** A channel below this is of the thing, above the other of the plain white behind it; between them it is an edge or a shadow. */
const thing = 222;
const white = 249;

/**
 * Takes away plain white that reaches in from the border, and what is then empty around. Null where the picture is no shot on white:
 * corners that are not, or hardly anything behind or in front.
 */
export function cutOut({ width, height, data }: Pixels): Pixels | null {
  const darkest = (at: number): number =>
    (data[4 * at + 3] ?? 255) < 128 ? 255 : Math.min(data[4 * at] ?? 0, data[4 * at + 1] ?? 0, data[4 * at + 2] ?? 0);
  const corners = [0, width - 1, (height - 1) * width, height * width - 1];
  if (corners.some((at) => darkest(at) < white - 4)) return null;

  const outside = new Uint8Array(width * height);
  const queue = new Int32Array(width * height);
  let end = 0;
  const reach = (at: number): void => {
    if (outside[at] !== 0 || darkest(at) < thing) return;
    outside[at] = 1;
    queue[end] = at;
    end += 1;
  };
  for (let x = 0; x < width; x += 1) {
    reach(x);
    reach((height - 1) * width + x);
  }
  for (let y = 0; y < height; y += 1) {
    reach(y * width);
    reach(y * width + width - 1);
  }
  for (let next = 0; next < end; next += 1) {
    const at = queue[next] ?? 0;
    const x = at % width;
    if (x > 0) reach(at - 1);
    if (x < width - 1) reach(at + 1);
    if (at >= width) reach(at - width);
    if (at < width * (height - 1)) reach(at + width);
  }
  /** The colour of the thing runs into white over one pixel: it is as opaque as it is like the pixel behind it. */
  const soften = (at: number): void => {
    const x = at % width;
    if (x === 0 || x === width - 1 || at < width || at >= width * (height - 1)) return;
    const around = [-1, 1, -width, width].filter((step) => outside[at + step] === 1);
    if (around.length === 0) return;
    const inward = at - around.reduce((sum, step) => sum + step, 0);
    const inner = outside[inward] === 0 ? inward : at;
    const alpha = Math.min(1, (white - darkest(at)) / Math.max(1, white - darkest(inner)));
    if (alpha > 0.92) return;
    for (let channel = 0; channel < 3; channel += 1) cut[4 * at + channel] = data[4 * inner + channel] ?? 0;
    cut[4 * at + 3] = Math.round(255 * alpha);
  };
  const share = end / (width * height);
  if (share < 0.05 || share > 0.985) return null;

  const cut = new Uint8Array(data);
  for (let at = 0; at < width * height; at += 1) if (outside[at] === 0) soften(at);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let at = 0; at < width * height; at += 1) {
    if (outside[at] === 1) {
      const alpha = Math.min(1, Math.max(0, (white - darkest(at)) / (white - thing)));
      cut[4 * at + 3] = Math.round(255 * alpha);
      // The white that shone into an edge is taken out of it again.
      for (let channel = 0; channel < 3 && alpha > 0; channel += 1)
        cut[4 * at + channel] = Math.max(0, Math.round(((data[4 * at + channel] ?? 0) - 255 * (1 - alpha)) / alpha));
    }
    if ((cut[4 * at + 3] ?? 0) < 64) continue;
    const x = at % width;
    const y = Math.floor(at / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return right < left ? null : crop({ width, height, data: cut }, left, top, right - left + 1, bottom - top + 1);
}

function crop({ width, data }: Pixels, left: number, top: number, columns: number, rows: number): Pixels {
  const out = new Uint8Array(4 * columns * rows);
  for (let row = 0; row < rows; row += 1) {
    const from = 4 * ((top + row) * width + left);
    out.set(data.subarray(from, from + 4 * columns), 4 * row * columns);
  }
  return { width: columns, height: rows, data: out };
}

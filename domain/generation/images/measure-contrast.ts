import { contrastOf, luminance, rgbOf } from './colour.ts';
import type { TextLayer } from './composition.ts';

/** Opaque pixels, four bytes each: red, green, blue, alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** So much has to change for a pixel to belong to a letter: sum over the channels, 0–765. */
const changed = 24;
/** Less of its box than this and a text is not seen, whatever its colour is said to be. */
const leastInk = 0.03;

/**
 * The least contrast of a text with what lies under its letters, by WCAG 2.2, on the pixels of the picture with and without letters.
 * 1 when the letters cannot be seen at all.
 */
export function measureContrast(layer: TextLayer, withLetters: Pixels, without: Pixels): number {
  const { width, height } = without;
  const ink = luminance(...rgbOf(layer.fill));
  const left = Math.max(0, Math.floor(layer.box.x));
  const right = Math.min(width, Math.ceil(layer.box.x + layer.box.width));
  const top = Math.max(0, Math.floor(layer.box.y));
  const bottom = Math.min(height, Math.ceil(layer.box.y + layer.box.height));
  let least = 21;
  let letters = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = 4 * (y * width + x);
      const red = without.data[at] ?? 0;
      const green = without.data[at + 1] ?? 0;
      const blue = without.data[at + 2] ?? 0;
      const difference =
        Math.abs(red - (withLetters.data[at] ?? 0)) +
        Math.abs(green - (withLetters.data[at + 1] ?? 0)) +
        Math.abs(blue - (withLetters.data[at + 2] ?? 0));
      if (difference < changed) continue;
      letters += 1;
      const under = contrastOf(ink, luminance(red, green, blue));
      if (under < least) least = under;
    }
  }
  return letters < leastInk * (right - left) * (bottom - top) ? 1 : least;
}

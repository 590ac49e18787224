import type { Pixels } from './decode-picture.ts';

/**
 * A square of `side` pixels, red, green and blue from 0 to 1, each the mean of what it covers: what the model of pictures sees.
 * Clear pixels are seen on white. Proportions are not kept, as in the model's training.
 */
export function shrinkPicture({ width, height, data }: Pixels, side: number): Float32Array {
  const square = new Float32Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const [top, bottom] = span(y, side, height);
    for (let x = 0; x < side; x++) {
      const [left, right] = span(x, side, width);
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const at = 4 * (row * width + column);
          const alpha = (data[at + 3] as number) / 255;
          const white = 255 * (1 - alpha);
          red += (data[at] as number) * alpha + white;
          green += (data[at + 1] as number) * alpha + white;
          blue += (data[at + 2] as number) * alpha + white;
        }
      }
      const scale = 255 * (bottom - top) * (right - left);
      square.set([red / scale, green / scale, blue / scale], 3 * (y * side + x));
    }
  }
  return square;
}

/** What the cell covers of a longer or shorter line: at least one pixel. */
function span(cell: number, cells: number, length: number): readonly [number, number] {
  const from = Math.min(length - 1, Math.floor((cell * length) / cells));
  return [from, Math.max(from + 1, Math.floor(((cell + 1) * length) / cells))];
}

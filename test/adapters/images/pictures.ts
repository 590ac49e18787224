import type { Pixels } from '../../../domain/generation/images/measure-contrast.ts';

type Colour = readonly [number, number, number];

/** A picture of one pixel after the other. */
export function drawn(width: number, height: number, colour: (x: number, y: number) => Colour): Pixels {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set([...colour(x, y), 255], 4 * (y * width + x));
  return { width, height, data };
}

/** A product shot: something blue in the middle of plain white, twice as high as wide. */
export const bottle = (side: number): Pixels =>
  drawn(side, side, (x, y) =>
    Math.abs(x - side / 2) < side * 0.15 && Math.abs(y - side / 2) < side * 0.3 ? [39, 70, 92] : [255, 255, 255],
  );

/** A photograph that reaches to its borders. */
export const scene = (width: number, height: number): Pixels =>
  drawn(width, height, (x, y) => [(x * 255) / width, 90, (y * 255) / height].map(Math.round) as unknown as Colour);

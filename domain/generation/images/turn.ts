import type { Pixels } from './measure-contrast.ts';

/** Brings a photo upright as its camera says: EXIF 2.32, orientation 1–8. */
export function turn(pixels: Pixels, orientation: number): Pixels {
  if (orientation <= 1 || orientation > 8) return pixels;
  const { width, height, data } = pixels;
  const lying = orientation >= 5;
  const turned = { width: lying ? height : width, height: lying ? width : height };
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  const mirrored = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const upsideDown = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  for (let y = 0; y < turned.height; y += 1) {
    for (let x = 0; x < turned.width; x += 1) {
      const [column, row] = lying ? [y, x] : [x, y];
      const sourceX = mirrored ? width - 1 - column : column;
      const sourceY = upsideDown ? height - 1 - row : row;
      to[y * turned.width + x] = from[sourceY * width + sourceX] ?? 0;
    }
  }
  return { ...turned, data: new Uint8Array(to.buffer) };
}

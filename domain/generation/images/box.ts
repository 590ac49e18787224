import type { ImageSize } from './sizes.ts';

/** Pixels from the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const safeArea = ({ width, height, unsafe }: ImageSize): Box => ({
  x: unsafe.left,
  y: unsafe.top,
  width: width - unsafe.left - unsafe.right,
  height: height - unsafe.top - unsafe.bottom,
});

/** Half a pixel more or less is rounding. */
export const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5;

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5 && a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5;

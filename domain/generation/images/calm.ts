import type { Box } from './box.ts';
import type { Composition, Layer } from './composition.ts';

/** Opacities that are tried in turn; 0 is the picture as it is. */
export const calmings = [0, 0.35, 0.6, 0.8, 0.94] as const;

/** Lays the ground's own colour between picture and words, fading out where the words end. */
export function calm(composition: Composition, opacity: number): Composition {
  if (opacity === 0) return composition;
  const [background, ...others] = composition.layers;
  if (background === undefined) return composition;
  const veil: Layer = { kind: 'scrim', fill: composition.palette.ground[0], opacity, ...veilOf(composition) };
  return { ...composition, layers: [background, veil, ...others] };
}

function veilOf({ size: { width, height }, column }: Composition): {
  readonly box: Box;
  readonly fades: Extract<Layer, { readonly kind: 'scrim' }>['fades'];
} {
  const right = column.x + column.width;
  const bottom = column.y + column.height;
  const beyond = 0.24;
  if (column.width < 0.75 * width && column.height > 0.6 * height) {
    return column.x < width - right
      ? { box: { x: 0, y: 0, width: Math.min(width, right * (1 + beyond)), height }, fades: 'right' }
      : { box: { x: Math.max(0, column.x - right * beyond), y: 0, width, height }, fades: 'left' };
  }
  if (column.height < 0.7 * height) {
    return column.y < height - bottom
      ? { box: { x: 0, y: 0, width, height: Math.min(height, bottom * (1 + beyond)) }, fades: 'down' }
      : { box: { x: 0, y: Math.max(0, column.y - height * beyond), width, height }, fades: 'up' };
  }
  return { box: { x: 0, y: 0, width, height }, fades: 'nowhere' };
}

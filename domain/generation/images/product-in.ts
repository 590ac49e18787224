import type { Box } from './box.ts';
import type { Layer, Placeable } from './composition.ts';

/** As large as the room takes it, in its middle; a cut-out stands a little lower, on its shadow. */
export function productIn(room: Box, product: Placeable): Layer {
  const scale = Math.min(room.width / product.width, room.height / product.height) * (product.cutOut ? 0.94 : 1);
  const width = product.width * scale;
  const height = product.height * scale;
  return {
    kind: 'product',
    cutOut: product.cutOut,
    radius: product.cutOut ? 0 : Math.min(width, height) * 0.05,
    box: { x: room.x + (room.width - width) / 2, y: room.y + (room.height - height) / 2, width, height },
  };
}

import { paintGround } from '../../domain/generation/images/paint-ground.ts';
import type { ImageModel } from './image-model.ts';
import { writePng } from './png-file.ts';

/** A new way of painting is a new version: the same seed gives another picture then. */
export const builtInImageModelName = 'built-in-ground-1';

/** Paints with mathematics alone: in no time worth counting, offline, the same picture for the same seed. */
export const builtInImageModel: ImageModel = {
  background(request) {
    // Fast and large: it is read once more within the second.
    const png = writePng(paintGround(request), { alpha: false, level: 1 });
    return Promise.resolve({
      kind: 'painted',
      png,
      model: builtInImageModelName,
      source: 'algorithmicMedia',
      costMicros: 0,
    });
  },
};

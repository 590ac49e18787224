import fc from 'fast-check';
import { expect, it } from 'vitest';
import { imageBatches } from '../../../../domain/generation/pipeline/image-batches.ts';

it('has every picture in one batch, in order, and no batch without one', () => {
  fc.assert(
    fc.property(fc.nat({ max: 200 }), (pictures) => {
      const batches = imageBatches(pictures);
      expect(batches.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at))).toEqual(
        Array.from({ length: pictures }, (_, at) => at),
      );
      expect(batches.every(({ count }) => count > 0)).toBe(true);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMillionths } from '../../platforms/millionths.ts';

describe('millionths', () => {
  it.each([
    [0, 0],
    [1.5, 1_500_000],
    [0.1, 100_000],
    // Halves go to the even neighbour.
    [0.0000005, 0],
    [0.0000015, 2],
    [0.0000025, 2],
    [2.5e-7, 0],
    // 1.0000005 * 1e6 is 1000000.4999999999 in doubles; the decimal is an exact half and 1000000 is even.
    [1.0000005, 1_000_000],
    [1.0000015, 1_000_002],
    [8.41, 8_410_000],
    [-1.25, -1_250_000],
    [9_007_199_254, 9_007_199_254_000_000],
  ])('of %d are %d', (value, expected) => {
    expect(toMillionths(value)).toBe(expected);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1e21, 9_007_199_255])('of %d do not exist', (value) => {
    expect(toMillionths(value)).toBeUndefined();
  });

  it('come back exactly from every number of whole millionths', () => {
    // Doubles carry 15 significant decimal digits: IEEE 754, so whole millionths up to 1e15 survive.
    fc.assert(fc.property(fc.integer({ min: 0, max: 1e15 }), (micros) => toMillionths(micros / 1e6) === micros));
  });

  it('are never further than half a millionth away', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (value) => {
        const millionths = toMillionths(value);
        return millionths !== undefined && Math.abs(millionths - value * 1e6) <= 0.5 + 1e-3;
      }),
    );
  });
});

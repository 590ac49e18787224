import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textToMillionths, toMillionths } from '../../platforms/millionths.ts';

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

describe('millionths of decimal text', () => {
  const micros = fc.integer({ min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
  /** Digits put around the point by hand, with more or fewer zeros at the end. */
  const written = (value: number, zeros: number) => {
    const digits = String(Math.abs(value)).padStart(7, '0');
    const text = `${digits.slice(0, -6)}.${digits.slice(-6)}${'0'.repeat(zeros)}`;
    return `${value < 0 ? '-' : ''}${zeros === 0 ? text.replace(/\.?0+$/, '') : text}`;
  };

  it('are exact for every safe integer of them, however it is written', () => {
    fc.assert(
      fc.property(micros, fc.integer({ min: 0, max: 4 }), (value, zeros) => {
        expect(textToMillionths(written(value, zeros))).toBe(value);
      }),
    );
  });

  it('round what is finer half to even, once', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 17n }), (tenths) => {
        const digits = String(tenths).padStart(8, '0');
        const [whole, rest] = [tenths / 10n, tenths % 10n];
        const up = rest > 5n || (rest === 5n && whole % 2n === 1n);
        const expected = Number(up ? whole + 1n : whole);
        expect(textToMillionths(`${digits.slice(0, -7)}.${digits.slice(-7)}`)).toBe(
          Number.isSafeInteger(expected) ? expected : undefined,
        );
      }),
    );
  });
});

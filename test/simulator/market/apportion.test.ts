import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion } from '../../../simulator/market/apportion.ts';

const weights = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 });

describe('apportion', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [7, [6, 3, 1], [4, 2, 1]],
    [0, [1, 2], [0, 0]],
    [5, [0, 1], [0, 5]],
  ])('divides %i by %j into %j', (total, given, parts) => {
    expect(apportion(total, given)).toEqual(parts);
  });

  it('adds up to the whole', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (total, given) => {
        expect(apportion(total, given).reduce((a, b) => a + b, 0)).toBe(total);
      }),
    );
  });

  it('stays within one of the exact share', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), weights, (total, given) => {
        const sum = given.reduce((a, b) => a + b, 0);
        apportion(total, given).forEach((part, index) => {
          expect(Math.abs(part - (total * (given[index] ?? 0)) / sum)).toBeLessThanOrEqual(1 + 1e-6);
        });
      }),
    );
  });

  it('respects caps that hold the total, and still adds up', () => {
    const cases = fc.array(fc.record({ weight: fc.double({ min: 0.001, max: 10, noNaN: true }), cap: fc.nat(50) }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), (parts, share) => {
        const caps = parts.map(({ cap }) => cap);
        const total = Math.floor(caps.reduce((a, b) => a + b, 0) * share);
        const divided = apportion(
          total,
          parts.map(({ weight }) => weight),
          caps,
        );
        expect(divided.reduce((a, b) => a + b, 0)).toBe(total);
        divided.forEach((part, index) => {
          expect(part).toBeLessThanOrEqual(caps[index] ?? 0);
        });
      }),
    );
  });
});

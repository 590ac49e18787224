import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  convertMicros,
  convertMicrosExactly,
  type ExchangeRate,
  type RateTable,
  rateOn,
} from '../../../domain/analysis/currency-conversion.ts';

const table = (days: Record<string, Record<string, string>>): RateTable => ({
  base: 'EUR',
  days: new Map(Object.entries(days)),
});

function rate(to: string, from: string): ExchangeRate {
  const found = rateOn(table({ '2026-11-20': { AAA: from, BBB: to } }), 'AAA', 'BBB', '2026-11-20');
  if (!found) throw new Error('no rate');
  return found;
}

describe('convertMicros', () => {
  // Computed with Python's decimal module (60 digits, ROUND_HALF_UP, which rounds halves away from zero).
  it.each([
    [12_345_678, '1.0956', '1', 13_525_925],
    [1, '0.5', '1', 1],
    [3, '0.5', '1', 2],
    [-3, '0.5', '1', -2],
    [987_654_321, '1.0956', '155.68', 6_950_630],
    [50_000_000, '0.86645', '1.0956', 39_542_260],
    [1_999_999, '155.68', '0.86645', 359_351_197],
    [7, '1', '14', 1],
    [0, '1.0956', '1', 0],
  ])('converts %d at %s to %s into %d', (micros, to, from, expected) => {
    expect(convertMicros(micros, rate(to, from))).toBe(expected);
  });

  const rateText = fc
    .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 999_999 }))
    .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(6, '0')}`);

  it('agrees with exact arithmetic on every amount and rate, halves included', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
          fc.integer({ min: 0, max: 2_000 }).map((half) => half * 500_000),
        ),
        fc.oneof(rateText, fc.constantFrom('0.5', '1.5', '0.000001', '2.25', '1')),
        fc.oneof(rateText, fc.constantFrom('1', '2', '4', '1000000')),
        (micros, to, from) => {
          const found = rate(to, from);
          expect(convertMicros(micros, found)).toBe(convertMicrosExactly(micros, found));
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('is at most half a micro off', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }),
        rateText,
        rateText,
        (micros, to, from) => {
          const { numerator, denominator } = rate(to, from);
          const converted = convertMicros(micros, rate(to, from));
          fc.pre(Number.isSafeInteger(converted));
          const error = BigInt(converted) * denominator - BigInt(micros) * numerator;
          expect(2n * (error < 0n ? -error : error) <= denominator).toBe(true);
        },
      ),
    );
  });
});

describe('rateOn', () => {
  const friday = table({ '2026-11-20': { USD: '1.1', GBP: '0.88' }, '2026-11-23': { USD: '1.2' } });

  it('takes the last published day on a weekend', () => {
    expect(rateOn(friday, 'EUR', 'USD', '2026-11-22')).toMatchObject({ publishedOn: '2026-11-20', approximate: 1.1 });
    expect(rateOn(friday, 'EUR', 'USD', '2026-11-23')?.publishedOn).toBe('2026-11-23');
  });

  it('takes both sides of a cross rate from one day', () => {
    const cross = rateOn(friday, 'GBP', 'USD', '2026-11-23');
    expect(cross).toMatchObject({ publishedOn: '2026-11-20', numerator: 5n, denominator: 4n });
  });

  it('knows nothing after seven days, before the first day, or for a currency that is not published', () => {
    expect(rateOn(friday, 'EUR', 'GBP', '2026-11-27')?.publishedOn).toBe('2026-11-20');
    expect(rateOn(friday, 'EUR', 'GBP', '2026-11-28')).toBeUndefined();
    expect(rateOn(friday, 'EUR', 'USD', '2026-11-19')).toBeUndefined();
    expect(rateOn(friday, 'EUR', 'XAU', '2026-11-20')).toBeUndefined();
    expect(rateOn(friday, 'EUR', 'constructor', '2026-11-20')).toBeUndefined();
  });

  it('leaves the same currency as it is, without any table', () => {
    expect(rateOn(table({}), 'VND', 'VND', '2026-11-20')).toMatchObject({ numerator: 1n, denominator: 1n });
  });

  it.each(['0', '-1', '1e3', '', 'NaN', '1.'])('does not take %j for a rate', (text) => {
    expect(rateOn(table({ '2026-11-20': { USD: text } }), 'EUR', 'USD', '2026-11-20')).toBeUndefined();
  });
});

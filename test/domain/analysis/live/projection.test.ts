import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastDays } from '../../../../domain/analysis/live/day-history.ts';
import { projectDay, studentT90 } from '../../../../domain/analysis/live/projection.ts';

const shares = (given: readonly number[]) =>
  given.map((share) => ({ soFarMicros: Math.round(share * 1e9), totalMicros: 1e9 }));

/** Mulberry32: the same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the projection of a day', () => {
  it('is what an independent computation says (Python, statistics.stdev and Simpson’s rule for t)', () => {
    expect(projectDay(30_000_000, shares([0.4, 0.45, 0.5, 0.42, 0.48, 0.44]), null)).toMatchObject({
      kind: 'projected',
      spendMicros: 66_949_411,
      lowMicros: 59_076_955,
      highMicros: 76_953_300,
      days: 6,
      level: 0.8,
    });
    expect(studentT90).toEqual([
      1.533206, 1.475884, 1.439756, 1.414924, 1.396815, 1.383029, 1.372184, 1.36343, 1.356217, 1.350171,
    ]);
  });

  it.each([
    [shares([0.4, 0.5, 0.4, 0.5]), 1_000, 'too-few-days'],
    [shares([0.01, 0.01, 0.01, 0.01, 0.02]), 1_000, 'too-early'],
    [shares([0.4, 0.5, 0.4, 0.5, 0.4]), 0, 'no-spend-today'],
  ])('is not made up where there is too little to go by', (past, spent, reason) => {
    expect(projectDay(spent, past, null)).toEqual({ kind: 'insufficient-data', reason, days: past.length, needed: 5 });
  });

  it('never lies below what is spent nor above what the platform may spend, and holds its own middle', () => {
    const share = fc.double({ min: 0.03, max: 1, noNaN: true });
    const input = fc.tuple(
      fc.array(share, { minLength: 5, maxLength: 14 }),
      fc.integer({ min: 1, max: 1e12 }),
      fc.integer({ min: 1, max: 1e12 }),
    );
    fc.assert(
      fc.property(input, ([given, spent, cap]) => {
        const found = projectDay(spent, shares(given), cap);
        if (found.kind !== 'projected') throw new Error('There is enough to project from.');
        expect(found.lowMicros).toBeGreaterThanOrEqual(spent);
        expect(found.spendMicros).toBeGreaterThanOrEqual(found.lowMicros);
        expect(found.highMicros).toBeGreaterThanOrEqual(found.spendMicros);
        expect(found.highMicros).toBeLessThanOrEqual(Math.max(cap, spent));
      }),
    );
  });

  it.each([5, 8, 14])('holds the day’s end in 80 of 100 days with %d days to go by (20,000 simulated)', (days) => {
    const random = seeded(20_261_121 + days);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const drawn = () => 1 / (1 + Math.exp(-(-0.3 + 0.5 * normal())));
    let held = 0;
    for (let day = 0; day < 20_000; day += 1) {
      const past = shares(Array.from({ length: days }, drawn));
      const found = projectDay(Math.round(drawn() * 1e9), past, null);
      if (found.kind === 'projected' && found.lowMicros <= 1e9 && 1e9 <= found.highMicros) held += 1;
    }
    // Three standard errors of a share of 0.8 in 20,000.
    expect(Math.abs(held / 20_000 - 0.8)).toBeLessThan(3 * Math.sqrt((0.8 * 0.2) / 20_000));
  });

  it('goes by days as they stood at the same time of day, without the one that counting began in', () => {
    const even = new Float64Array(24).fill(1_000);
    const days = new Map([
      ['2026-11-18', even],
      ['2026-11-19', even],
      ['2026-11-20', new Float64Array(24)],
    ]);
    const found = pastDays(days, ['2026-11-20', '2026-11-19', '2026-11-18'], 6.5, '2026-11-18');
    expect([...found]).toEqual([['2026-11-19', { soFarMicros: 6_500, totalMicros: 24_000 }]]);
  });
});

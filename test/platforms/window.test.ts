import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCalendarDate, splitWindow } from '../../platforms/window.ts';

const day = fc.integer({ min: 0, max: 40_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));

describe('a window of dates', () => {
  it('is cut at leap days like at any other', () => {
    expect(splitWindow({ from: '2028-02-27', to: '2028-03-02' }, 2)).toEqual([
      { from: '2028-02-27', to: '2028-02-28' },
      { from: '2028-02-29', to: '2028-03-01' },
      { from: '2028-03-02', to: '2028-03-02' },
    ]);
  });

  it('is covered once by pieces no longer than asked', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 40 }), (from, length, max) => {
        const to = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
        const pieces = splitWindow({ from, to }, max);
        const days = pieces.map((piece) => (Date.parse(piece.to) - Date.parse(piece.from)) / 86_400_000 + 1);
        const joined = pieces.every(
          (piece, i) => i === 0 || Date.parse(piece.from) - Date.parse(pieces[i - 1]?.to ?? '') === 86_400_000,
        );
        return pieces[0]?.from === from && pieces.at(-1)?.to === to && joined && days.every((n) => n >= 1 && n <= max);
      }),
    );
  });

  it.each([
    ['2026-11-02', '2026-11-01'],
    ['2026-02-30', '2026-03-01'],
    ["2026-11-01' OR 1=1", '2026-11-02'],
  ])('from %s to %s is refused', (from, to) => {
    expect(() => splitWindow({ from, to }, 31)).toThrow(RangeError);
  });

  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
  ])('knows whether %s is a date', (text, known) => {
    expect(isCalendarDate(text)).toBe(known);
  });
});

describe('a calendar date', () => {
  it('is what the runtime’s calendar has, and nothing else of its shape', () => {
    const part = (max: number, digits: number) =>
      fc.integer({ min: 0, max }).map((number) => String(number).padStart(digits, '0'));
    fc.assert(
      fc.property(part(9_999, 4), part(14, 2), part(33, 2), (year, month, date) => {
        const text = `${year}-${month}-${date}`;
        const at = Date.parse(`${text}T00:00:00Z`);
        const known = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
        return isCalendarDate(text) === known;
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['2026-02-29', '2100-02-29', '2026-1-1', '2026-01-01T00:00', '', ' 2026-01-01'])('is not %j', (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it.each(['2028-02-29', '2000-02-29'])('is %s, a leap day', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });
});

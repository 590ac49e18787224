import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossTable } from '../../../simulator/google-ads/gaql/cross-table.ts';

const sum = (values: readonly number[]) => values.reduce((left, right) => left + right, 0);

describe('a table from its sums', () => {
  it('is exact in both directions, whole and not negative', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 5_000_000_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(amounts, amounts, (rows, some) => {
        // The last column takes what makes the totals agree; too much of the others leaves no such table.
        fc.pre(sum(some) <= sum(rows));
        const columns = [...some, sum(rows) - sum(some)];
        const table = crossTable(rows, columns);
        expect(table.map(sum)).toEqual(rows);
        expect(columns.map((_, column) => sum(table.map((row) => row[column] ?? 0)))).toEqual(columns);
        expect(table.flat().every((cell) => Number.isInteger(cell) && cell >= 0)).toBe(true);
      }),
    );
  });

  it('is proportional as far as whole numbers go', () => {
    expect(crossTable([30, 60, 10], [50, 50])).toEqual([
      [15, 15],
      [30, 30],
      [5, 5],
    ]);
    expect(crossTable([0, 0], [0])).toEqual([[0], [0]]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpaOf, leastConversions, splitBudget } from '../../../../domain/generation/pipeline/split-budget.ts';

const euros = (amount: number) => amount * 1_000_000;

describe('the split of a budget', () => {
  it.each([
    ['nobody has measured', [null, null], 'even', [0.5, 0.5]],
    ['one alone has', [euros(10), null], 'even', [0.5, 0.5]],
    // Geometric mean 20: weights 2 and 0.5.
    ['one costs four times the other', [euros(10), euros(40)], 'past-cpa', [0.8, 0.2]],
    // Geometric mean 100: ten times either way is bounded by two.
    ['one costs a hundred times the other', [euros(10), euros(1_000)], 'past-cpa', [0.8, 0.2]],
    ['a third has measured nothing', [euros(10), euros(40), null], 'past-cpa', [2 / 3.5, 0.5 / 3.5, 1 / 3.5]],
  ] as const)('when %s', (_, costs, by, shares) => {
    const split = splitBudget(costs.map((cpaMicros, index) => ({ key: `${index}`, cpaMicros })));
    expect(split.by).toBe(by);
    shares.forEach((share, index) => {
      expect(split.shares.get(`${index}`)).toBeCloseTo(share, 9);
    });
  });

  it('adds up to one and gives nobody more than four times another', () => {
    const cost = fc.option(fc.integer({ min: 1, max: 1_000_000_000 }), { nil: null });
    fc.assert(
      fc.property(fc.array(cost, { minLength: 1, maxLength: 12 }), (costs) => {
        const shares = [
          ...splitBudget(costs.map((cpaMicros, index) => ({ key: `${index}`, cpaMicros }))).shares.values(),
        ];
        expect(shares.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9);
        expect(Math.max(...shares)).toBeLessThanOrEqual(4 * Math.min(...shares) + 1e-9);
      }),
    );
  });

  it('believes a cost per conversion only once there are enough', () => {
    expect(cpaOf({ spendMicros: euros(300), conversions: leastConversions })).toBe(euros(10));
    expect(cpaOf({ spendMicros: euros(300), conversions: leastConversions - 1 })).toBe(null);
    expect(cpaOf({ spendMicros: 0, conversions: 100 })).toBe(null);
  });
});

import { describe, expect, it } from 'vitest';
import type { Bidding } from '../../../contracts/schemas/changes.ts';
import { bidStep } from '../../../domain/changes/bid-step.ts';

const euros = (amount: number) => ({ micros: amount * 1_000_000, currency: 'EUR' });
const step = (before: Bidding | null, bidding: Bidding) =>
  bidStep({ do: 'set-bidding', target: { campaignId: 'cmp_1' }, bidding }, [
    { field: 'bidding', before, after: bidding },
  ]);

describe('a step of a bid', () => {
  it.each<[string, Bidding | null, Bidding, number | null]>([
    [
      'a hundred times the bid',
      { strategy: 'manual-cpc', amount: euros(1) },
      { strategy: 'manual-cpc', amount: euros(100) },
      99,
    ],
    [
      'a target return halved',
      { strategy: 'target-roas', targetRoas: 4 },
      { strategy: 'target-roas', targetRoas: 2 },
      1,
    ],
    ['a cap taken away', { strategy: 'maximize-clicks', amount: euros(1) }, { strategy: 'maximize-clicks' }, null],
    [
      'a target cost given up',
      { strategy: 'target-cpa', amount: euros(9) },
      { strategy: 'maximize-conversions' },
      null,
    ],
    [
      'a target return given up',
      { strategy: 'target-roas', targetRoas: 4 },
      { strategy: 'maximize-conversion-value' },
      null,
    ],
    [
      'a bid from nothing',
      { strategy: 'manual-cpc', amount: euros(0) },
      { strategy: 'manual-cpc', amount: euros(1) },
      null,
    ],
    [
      'ten times the amount with another strategy',
      { strategy: 'manual-cpc', amount: euros(1) },
      { strategy: 'target-cpa', amount: euros(10) },
      9,
    ],
    ['a bid in place of what nobody knows', null, { strategy: 'manual-cpc', amount: euros(9) }, null],
    [
      'a bid where the platform tells none',
      { strategy: 'manual-cpc' },
      { strategy: 'manual-cpc', amount: euros(9) },
      null,
    ],
  ])('%s', (_, before, after, raise) => {
    expect(step(before, after)?.raise).toBe(raise);
  });

  it.each<[string, Bidding | null, Bidding]>([
    ['less', { strategy: 'manual-cpc', amount: euros(2) }, { strategy: 'manual-cpc', amount: euros(1) }],
    ['a higher target return', { strategy: 'target-roas', targetRoas: 2 }, { strategy: 'target-roas', targetRoas: 4 }],
    [
      'another strategy for less',
      { strategy: 'target-cpa', amount: euros(9) },
      { strategy: 'manual-cpc', amount: euros(1) },
    ],
    ['a cap where there was none', { strategy: 'maximize-clicks' }, { strategy: 'maximize-clicks', amount: euros(9) }],
    ['an automatic bid in place of what nobody knows', null, { strategy: 'maximize-clicks' }],
  ])('%s is none', (_, before, after) => {
    expect(step(before, after)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { predecessors, readinessOf } from '../../../domain/changes/operation-order.ts';

describe('the order of operations', () => {
  it('puts what is referred to first, and what changes the same object one after the other', () => {
    const order = predecessors([
      { index: 3, after: [1], objectId: null },
      { index: 0, after: [], objectId: 'cmp_a' },
      { index: 1, after: [], objectId: null },
      { index: 2, after: [], objectId: 'cmp_a' },
      { index: 4, after: [], objectId: 'cmp_b' },
      { index: 5, after: [], objectId: 'cmp_a' },
    ]);
    expect(Object.fromEntries(order)).toEqual({ 0: [], 1: [], 2: [0], 3: [1], 4: [], 5: [2] });
  });

  it.each([
    ['ready', [0], { 0: 'applied' }, []],
    ['waiting', [0], { 0: 'applying' }, [0]],
    ['waiting', [0, 1], { 0: 'applied', 1: 'failed' }, [1]],
    ['blocked', [0, 1], { 0: 'applied', 1: 'failed' }, []],
    ['blocked', [0], { 0: 'unknown' }, []],
    ['blocked', [0, 1], { 0: 'applying', 1: 'conflict' }, [0]],
  ] as const)('is %s after %j which are %j, with %j in the outbox', (kind, before, statuses, queued) => {
    const statusOf = (index: number) => (statuses as Record<number, 'applied'>)[index];
    expect(readinessOf(before, statusOf, new Set(queued)).kind).toBe(kind);
  });
});

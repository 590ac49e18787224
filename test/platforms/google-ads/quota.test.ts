import { beforeEach, describe, expect, it } from 'vitest';
import { OperationBudget, sharedBudget } from '../../../platforms/google-ads/quota.ts';

let now = 0;
let waits: number[] = [];
const world = {
  now: () => now,
  wait: async (milliseconds: number) => {
    waits.push(milliseconds);
    now += milliseconds;
  },
};

beforeEach(() => {
  now = 1_000_000;
  waits = [];
});

async function takeMany(budget: OperationBudget, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await budget.take(60_000);
}

describe('the operation budget of a developer token', () => {
  it('lets a burst through and then paces', async () => {
    const budget = new OperationBudget(world);
    await takeMany(budget, 10);
    expect(waits).toEqual([]);
    await takeMany(budget, 2);
    expect(waits).toEqual([100, 100]);
  });

  it('puts those who wait at the same time in line', async () => {
    const budget = new OperationBudget({ ...world, wait: async (ms) => void waits.push(ms) });
    await takeMany(budget, 10);
    await Promise.all([budget.take(60_000), budget.take(60_000), budget.take(60_000)]);
    expect(waits).toEqual([100, 200, 300]);
  });

  it('halves its pace at a refusal and regains it slowly', () => {
    const budget = new OperationBudget(world);
    const before = budget.rate;
    budget.refused(undefined);
    expect(budget.rate).toBe(before / 2);
    budget.accepted();
    expect(budget.rate).toBeGreaterThan(before / 2);
    expect(budget.rate).toBeLessThan(before);
  });

  it('never falls to nothing', () => {
    const budget = new OperationBudget(world);
    for (let i = 0; i < 100; i += 1) budget.refused(undefined);
    expect(budget.rate).toBeGreaterThanOrEqual(0.2);
  });

  it('asks nothing before the time a refusal named', async () => {
    const budget = new OperationBudget(world);
    budget.refused(30);
    await budget.take(60_000);
    expect(now).toBe(1_030_000);
  });

  it('says how long it takes instead of waiting beyond patience', async () => {
    const budget = new OperationBudget(world);
    budget.refused(3_600);
    await expect(budget.take(20_000)).rejects.toMatchObject({
      kind: 'rate-limited',
      platformCode: 'OPERATION_BUDGET',
      retryAfterSeconds: 3_600,
    });
    expect(waits).toEqual([]);
  });

  it('is shared by connections with the same developer token and by no other', () => {
    expect(sharedBudget('a', 'https://one')).toBe(sharedBudget('a', 'https://one'));
    expect(sharedBudget('a', 'https://one')).not.toBe(sharedBudget('b', 'https://one'));
  });
});

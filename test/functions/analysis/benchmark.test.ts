import { expect, it } from 'vitest';
import { measureMetrics } from '../../../functions/analysis/query-metrics/benchmark.ts';

it('times an answer over as many facts as it says', () => {
  const timing = measureMetrics(30, 40, true, 3);
  expect(timing).toMatchObject({ campaigns: 30, days: 40, rows: 1_200, converted: true });
  expect(timing.bestMillis).toBeGreaterThan(0);
  expect(timing.medianMillis).toBeGreaterThanOrEqual(timing.bestMillis);
});

import { expect, it } from 'vitest';
import {
  backfillCallsLeft,
  callsOfReport,
  estimateCalls,
  pollCallsLeft,
} from '../../../domain/integrations/call-budget.ts';
import { paceOf } from '../../../domain/integrations/run-pace.ts';
import type { ItemProgress } from '../../../domain/integrations/run-status.ts';

const since = '2026-11-20T12:00:00.000Z';
const item = (stage: ItemProgress['stage'], days: number, seconds: number, rows = 0): ItemProgress => ({
  itemId: `${stage}-${days}-${seconds}`,
  accountId: 'acc_1',
  accountName: 'Shop',
  platform: 'google-ads',
  stage,
  from: '2026-11-01',
  to: `2026-11-${String(days).padStart(2, '0')}`,
  rowsExtracted: rows,
  rowsLoaded: rows,
  rowsQuarantined: 0,
  error: null,
  updatedAt: new Date(Date.parse(since) + seconds * 1_000).toISOString(),
});

it('reckons what is left from the days loaded so far', () => {
  const progress = [
    item('loaded', 10, 20, 400),
    item('loaded', 5, 30, 200),
    item('waiting', 30, 0),
    item('failed', 9, 25),
  ];
  expect(paceOf(progress, since)).toEqual({
    windows: { total: 4, done: 2, failed: 1 },
    rowsPerSecond: 20,
    secondsLeft: 60,
  });
});

it('does not take what an earlier attempt loaded for its own pace', () => {
  const progress = [item('loaded', 20, -3_600, 9_000), item('loaded', 1, 10, 100), item('waiting', 3, 0)];
  expect(paceOf(progress, since)).toEqual({
    windows: { total: 3, done: 2, failed: 0 },
    rowsPerSecond: 10,
    secondsLeft: 30,
  });
});

it('says nothing before a window is loaded, and no time once none is left', () => {
  expect(paceOf([item('extracting', 5, 10)], since)).toMatchObject({ rowsPerSecond: null, secondsLeft: null });
  expect(paceOf([item('loaded', 5, 10, 50)], since)).toMatchObject({ rowsPerSecond: 5, secondsLeft: null });
});

const descriptor = (rowsPerCall: number | null) => ({
  supports: { grains: ['account', 'campaign'] as const, structure: ['campaign', 'ad-group', 'ad'] as const },
  callBudget: { perDay: 1_000, rowsPerCall },
});
const windows = [
  { from: '2026-10-01', to: '2026-10-10' },
  { from: '2026-10-11', to: '2026-10-20' },
];

it.each([
  ['a report a call', null, 500, 2 * 2 + 3],
  ['pages of 1,000 rows: 10 days of 500 rows in two reports are 2,500 each', 1_000, 500, 2 * 2 * 3 + 3],
  ['nothing measured yet', 1_000, null, 2 * 2 + 3],
] as const)('estimates calls with %s', (_, rowsPerCall, rowsPerDay, calls) => {
  expect(estimateCalls({ descriptor: descriptor(rowsPerCall), windows, rowsPerDay })).toBe(calls);
});

it('counts a report without rows as one call', () => {
  expect(callsOfReport(descriptor(1_000), 0)).toBe(1);
  expect(callsOfReport(descriptor(1_000), 1_001)).toBe(2);
});

it.each([
  [1_000, { scheduled: 0, onDemand: 0, polls: 0 }, 500],
  [1_000, { scheduled: 300, onDemand: 450, polls: 0 }, 50],
  [1_000, { scheduled: 900, onDemand: 0, polls: 0 }, 100],
  [1_000, { scheduled: 700, onDemand: 0, polls: 200 }, 100],
  [1_000, { scheduled: 1_200, onDemand: 0, polls: 0 }, 0],
  [null, { scheduled: 9, onDemand: 9, polls: 9 }, null],
])('leaves a back-fill half of %s calls a day, and what the scheduled loads left: %o', (perDay, used, left) => {
  expect(backfillCallsLeft(perDay, used)).toBe(left);
});

it.each([
  ['an hour’s at midnight', 9_600, '00:00', { scheduled: 0, onDemand: 0, polls: 0 }, 100],
  ['half of it and an hour’s at noon', 9_600, '12:00', { scheduled: 0, onDemand: 0, polls: 300 }, 1_000],
  ['all of it in the last hour', 9_600, '23:30', { scheduled: 0, onDemand: 0, polls: 0 }, 2_400],
  ['none ahead of the pace', 9_600, '00:00', { scheduled: 0, onDemand: 0, polls: 100 }, 0],
  ['no more than the loads left', 9_600, '23:30', { scheduled: 9_000, onDemand: 590, polls: 0 }, 10],
  ['what it likes without a limit', null, '00:00', { scheduled: 9, onDemand: 9, polls: 9 }, null],
] as const)('leaves polls a quarter of the day’s calls, spread over it: %s', (_, perDay, time, used, left) => {
  expect(pollCallsLeft(perDay, used, Date.parse(`2026-11-20T${time}:00Z`))).toBe(left);
});

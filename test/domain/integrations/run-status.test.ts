import { describe, expect, it } from 'vitest';
import { closingStatus, countRun, type ItemProgress } from '../../../domain/integrations/run-status.ts';

const item = (account: string | null, stage: ItemProgress['stage'], rows = 0): ItemProgress => ({
  itemId: `${account}-${rows}`,
  accountId: account,
  accountName: 'Shop',
  platform: 'google-ads',
  stage,
  from: null,
  to: null,
  rowsExtracted: rows,
  rowsLoaded: rows,
  rowsQuarantined: 0,
  error: null,
  updatedAt: '2026-11-20T00:00:00.000Z',
});

describe('the end of a run', () => {
  it.each([
    ['succeeded', [item('a', 'loaded'), item('b', 'loaded')]],
    ['succeeded', [item('a', 'loaded'), item('b', 'skipped')]],
    ['succeeded', []],
    ['partial', [item('a', 'loaded'), item('b', 'failed')]],
    ['partial', [item('a', 'loaded'), item('a', 'extracting')]],
    ['failed', [item('a', 'failed'), item('b', 'skipped')]],
    ['failed', [item(null, 'failed')]],
  ] as const)('is %s', (status, items) => {
    expect(closingStatus(items)).toBe(status);
  });

  it('counts accounts, not windows, and all rows', () => {
    const items = [item('a', 'loaded', 3), item('a', 'failed', 4), item('b', 'loaded', 5), item('c', 'skipped')];
    expect(countRun(items)).toEqual({
      accounts: { total: 3, loaded: 1, failed: 1, skipped: 1 },
      rowsExtracted: 12,
      rowsLoaded: 12,
      rowsQuarantined: 0,
    });
  });
});

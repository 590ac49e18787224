import { describe, expect, it } from 'vitest';
import {
  isSuperseded,
  newestSpans,
  newestSpansByFamily,
  newestStructure,
  type RawWindow,
  rawWindowKey,
  rawWindowsFrom,
  readRawWindow,
} from '../../../domain/integrations/raw-windows.ts';

const account = { workspaceId: 'wsp_1', platform: 'google-ads', accountPlatformId: '111' };
const raw = (from: string, to: string, extractedAt: number, over: Partial<RawWindow> = {}): RawWindow => ({
  from,
  to,
  extractedAt,
  runId: `run_${extractedAt}`,
  itemId: `acc_1-${from}`,
  withStructure: false,
  families: ['objects', 'segments'],
  ...over,
});

describe('the newest raw answers of a family of grains', () => {
  it('are told apart where a load was of one family alone', () => {
    const month = raw('2026-11-01', '2026-11-20', 1);
    const hourly = raw('2026-11-20', '2026-11-20', 2, { families: ['objects'] });
    expect(newestSpansByFamily({ from: '2026-11-01', to: '2026-11-20' }, [month, hourly])).toEqual([
      { raw: month, window: { from: '2026-11-01', to: '2026-11-19' }, families: ['objects'] },
      { raw: month, window: { from: '2026-11-01', to: '2026-11-20' }, families: ['segments'] },
      { raw: hourly, window: { from: '2026-11-20', to: '2026-11-20' }, families: ['objects'] },
    ]);
  });

  it('stay together where one load is the newest word on all', () => {
    const month = raw('2026-11-01', '2026-11-20', 1);
    expect(newestSpansByFamily({ from: '2026-11-01', to: '2026-11-20' }, [month])).toEqual([
      { raw: month, window: { from: '2026-11-01', to: '2026-11-20' }, families: ['objects', 'segments'] },
    ]);
  });
});

describe('the newest raw answers of a day', () => {
  it('are told by their key alone', () => {
    const window = raw('2026-11-01', '2026-11-20', 1_763_640_000_000, { withStructure: true });
    expect(readRawWindow(rawWindowKey(account, window))).toEqual(window);
    expect(readRawWindow('raw/platform=google-ads/workspace=wsp_1/account=111/run=r/item=i/manifest.json')).toBe(
      undefined,
    );
  });

  it('are found by a listing that begins at the first day', () => {
    const early = rawWindowKey(account, raw('2026-10-01', '2026-10-31', 1));
    const late = rawWindowKey(account, raw('2026-10-15', '2026-11-01', 2));
    const after = rawWindowsFrom(account, '2026-11-01');
    expect([early > after, late > after]).toEqual([false, true]);
  });

  it('divide days among extractions, neighbours together, days without answers left out', () => {
    const month = raw('2026-11-01', '2026-11-20', 100);
    const hourly = raw('2026-11-19', '2026-11-21', 200);
    const correction = raw('2026-11-05', '2026-11-06', 150);
    expect(newestSpans({ from: '2026-11-03', to: '2026-11-22' }, [month, hourly, correction])).toEqual([
      { window: { from: '2026-11-03', to: '2026-11-04' }, raw: month },
      { window: { from: '2026-11-05', to: '2026-11-06' }, raw: correction },
      { window: { from: '2026-11-07', to: '2026-11-18' }, raw: month },
      { window: { from: '2026-11-19', to: '2026-11-21' }, raw: hourly },
    ]);
    expect(newestSpans({ from: '2026-12-01', to: '2026-12-05' }, [month])).toEqual([]);
  });

  it('name the newest structure, whatever days it came with', () => {
    const old = raw('2026-10-01', '2026-10-02', 1, { withStructure: true });
    const fresh = raw('2026-09-01', '2026-09-02', 2, { withStructure: true });
    expect(newestStructure([old, fresh, raw('2026-11-01', '2026-11-02', 3)])).toBe(fresh);
    expect(newestStructure([raw('2026-11-01', '2026-11-02', 3)])).toBe(undefined);
  });

  it.each([
    ['a later extraction of one of the days', raw('2026-11-20', '2026-11-21', 11), true],
    ['an earlier one', raw('2026-11-20', '2026-11-21', 9), false],
    ['a later one of other days', raw('2026-11-21', '2026-11-22', 11), false],
    ['a later one of other facts', raw('2026-11-20', '2026-11-21', 11, { families: ['segments'] }), false],
    ['its own', raw('2026-11-01', '2026-11-20', 11, { runId: 'mine' }), false],
  ])('are superseded by %s: %o', (_, other, expected) => {
    const mine = {
      from: '2026-11-01',
      to: '2026-11-20',
      extractedAt: 10,
      runId: 'mine',
      families: ['objects'] as const,
    };
    expect(isSuperseded(mine, [other])).toBe(expected);
  });
});

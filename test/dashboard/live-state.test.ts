import { describe, expect, it } from 'vitest';
import { longestSilence, pauseBefore } from '../../dashboard/src/pages/live/live-connection.ts';
import { nextState } from '../../dashboard/src/pages/live/live-state.ts';
import { profileText, projectionText } from '../../dashboard/src/pages/live/live-words.ts';
import { livelier, liveOf } from './fixture/live.ts';
import { createMarket } from './fixture/market.ts';

const now = Date.parse('2026-11-20T12:00:30Z');
const state = liveOf(createMarket(10, new Date(now)), false, new URLSearchParams('minutes=3'), now);

describe('the live view after an event', () => {
  it('is the state that a stream begins with, whatever was before', () => {
    expect(nextState(undefined, { kind: 'state', state })).toBe(state);
    expect(nextState({ ...state, rows: [] }, { kind: 'state', state })).toBe(state);
  });

  it('is nothing after a change of nothing', () => {
    expect(nextState(undefined, livelier(state))).toBeUndefined();
  });

  it('moves its window on: minutes before it go, changed ones are replaced, new ones are last', () => {
    const change = livelier(state);
    if (change.kind !== 'change') expect.unreachable();
    const [changed] = change.minutes;
    const added = { at: '2026-11-20T12:01:00.000Z', values: state.totals };
    const next = nextState(state, {
      ...change,
      from: '2026-11-20T11:59:00.000Z',
      minutes: [added, ...change.minutes],
    });
    expect(next?.minutes).toEqual([state.minutes[1], changed, added]);
  });

  it('keeps rows that nothing was said of, takes new ones at their places and drops those behind the last', () => {
    const change = livelier(state);
    const [first, second, third] = state.rows;
    if (change.kind !== 'change' || first === undefined || second === undefined || third === undefined) {
      expect.unreachable();
    }
    const swapped = nextState(state, { ...change, rowCount: 2, rows: [{ index: 1, row: third }] });
    expect(swapped?.rows).toEqual([first, third]);
    const grown = nextState(
      { ...state, rows: [first] },
      {
        ...change,
        rowCount: 3,
        rows: [
          { index: 1, row: second },
          { index: 2, row: third },
        ],
      },
    );
    expect(grown?.rows).toEqual([first, second, third]);
  });
});

describe('the pause before the next try', () => {
  it('is short after a stream that ended as it should, and grows to half a minute after failures', () => {
    expect(pauseBefore(0, 0.5)).toBeLessThan(1_000);
    expect([1, 2, 3, 4, 5, 6, 40].map((failures) => pauseBefore(failures, 0.5))).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(pauseBefore(40, 1)).toBeLessThan(longestSilence);
  });
});

describe('what is said of the end of the day', () => {
  it('never gives a span where there are too few days, but what is needed', () => {
    expect(projectionText({ kind: 'insufficient-data', reason: 'too-few-days', days: 1, needed: 5 }, 'EUR')).toBe(
      'What the day comes to needs 5 past days with spend; there is 1.',
    );
  });

  it('names a pace that no past day stands behind', () => {
    expect(profileText({ source: 'flat', days: 2 })).toContain('even day');
    expect(profileText({ source: 'account-history', days: 14 })).toContain('14 past days');
    expect(profileText(null)).toBeUndefined();
  });
});

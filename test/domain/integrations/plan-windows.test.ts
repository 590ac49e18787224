import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayInZone, daysIn, monthsIn } from '../../../domain/integrations/calendar-day.ts';
import { lookBackDaysOf, planWindows, type WindowQuestion } from '../../../domain/integrations/plan-windows.ts';

const noon = Date.parse('2026-11-20T12:00:00Z');
const question = (over: Partial<WindowQuestion> = {}): WindowQuestion => ({
  trigger: 'daily',
  from: null,
  to: null,
  now: noon,
  timeZone: 'Europe/Berlin',
  limits: { lookBackDays: 30, maxLookBackDays: 90, maxWindowDays: 31 },
  ...over,
});

describe('look-back of an account', () => {
  const limits = { lookBackDays: 28, maxLookBackDays: 90, maxWindowDays: 31 };
  const type = (clickWindowDays: number, viewWindowDays = 1) => ({
    platformId: '1',
    name: 'Purchase',
    clickWindowDays,
    viewWindowDays,
  });
  it.each([
    ['the platform’s own where the account does not say', undefined, 28],
    ['the platform’s own where every window is shorter', [type(7)], 28],
    ['the longest window of its conversion types', [type(7), type(60), type(30)], 60],
    ['a view window when that is the longest', [type(7, 45)], 45],
    ['never more than the platform lets anybody have', [type(400)], 90],
  ] as const)('is %s', (_, types, days) => {
    expect(lookBackDaysOf(limits, types)).toBe(days);
  });
});

describe('windows of a run', () => {
  it.each([
    ['daily: today and every day that may still be restated', question(), [['2026-10-21', '2026-11-20']]],
    ['hourly: yesterday and today', question({ trigger: 'hourly' }), [['2026-11-19', '2026-11-20']]],
    ['on demand without days: as daily', question({ trigger: 'on-demand' }), [['2026-10-21', '2026-11-20']]],
    ['on demand: what is asked', question({ from: '2026-11-01', to: '2026-11-02' }), [['2026-11-01', '2026-11-02']]],
    [
      'on demand up to the future: up to today',
      question({ from: '2026-11-19', to: '2027-01-01' }),
      [['2026-11-19', '2026-11-20']],
    ],
    [
      'on demand with an end alone: the look-back before it',
      question({ to: '2026-03-31' }),
      [['2026-03-01', '2026-03-31']],
    ],
    ['on demand in the future: nothing', question({ from: '2026-11-21', to: '2026-11-30' }), []],
    ['on demand backwards: nothing', question({ from: '2026-11-10', to: '2026-11-01' }), []],
    [
      'longer than the platform answers: in pieces',
      question({ from: '2026-01-01', to: '2026-02-10' }),
      [
        ['2026-01-01', '2026-01-31'],
        ['2026-02-01', '2026-02-10'],
      ],
    ],
  ] as const)('%s', (_, asked, expected) => {
    expect(planWindows(asked).map(({ from, to }) => [from, to])).toEqual(expected);
  });

  it.each([
    // Instants around midnight and the changes of daylight saving; offsets after tzdata (IANA).
    ['2026-11-20T23:30:00Z', 'Europe/Berlin', '2026-11-21'],
    ['2026-11-20T23:30:00Z', 'America/Los_Angeles', '2026-11-20'],
    ['2026-11-20T11:30:00Z', 'Pacific/Kiritimati', '2026-11-21'],
    ['2026-11-20T10:30:00Z', 'Pacific/Pago_Pago', '2026-11-19'],
    ['2026-03-29T00:59:59Z', 'Europe/Berlin', '2026-03-29'],
    ['2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25'],
    ['2026-03-08T07:59:59Z', 'America/Los_Angeles', '2026-03-07'],
    ['2026-11-01T06:59:59Z', 'America/Los_Angeles', '2026-10-31'],
    ['2026-04-24T22:00:00Z', 'Africa/Cairo', '2026-04-25'],
  ])('takes %s in %s for %s', (instant, timeZone, day) => {
    expect(dayInZone(Date.parse(instant), timeZone)).toBe(day);
    expect(planWindows(question({ now: Date.parse(instant), timeZone })).at(-1)?.to).toBe(day);
  });

  it('refuses a time zone nobody knows', () => {
    expect(() => planWindows(question({ timeZone: 'Mars/Base' }))).toThrow(RangeError);
  });

  it('goes back no further than any platform remembers', () => {
    const windows = planWindows(question({ from: '0001-01-01' }));
    expect(windows[0]?.from).toBe('2015-11-20');
    expect(windows.length).toBeLessThan(140);
  });

  it('covers every day asked for exactly once, in windows no longer than allowed', () => {
    const day = fc.integer({ min: -400, max: 40 }).map((offset) => addDays('2026-11-20', offset));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 90 }), (from, to, maxWindowDays) => {
        const asked = question({ from, to, limits: { lookBackDays: 30, maxLookBackDays: 90, maxWindowDays } });
        const windows = planWindows(asked);
        const last = to < '2026-11-20' ? to : '2026-11-20';
        expect(windows.reduce((days, one) => days + daysIn(one.from, one.to), 0)).toBe(Math.max(0, daysIn(from, last)));
        for (const [index, one] of windows.entries()) {
          expect(daysIn(one.from, one.to)).toBeLessThanOrEqual(maxWindowDays);
          expect(one.from).toBe(index === 0 ? from : addDays(windows[index - 1]?.to ?? '', 1));
        }
      }),
    );
  });

  it('names the months a window touches', () => {
    expect(monthsIn('2026-11-30', '2027-02-01')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(monthsIn('2026-02-03', '2026-02-03')).toEqual(['2026-02']);
  });
});

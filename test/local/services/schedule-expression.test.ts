import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../local/services/scheduler/schedule-expression.ts';

function next(text: string, zone: string, after: string, anchor = 0): string | undefined {
  const schedule = parseSchedule(text, zone);
  if (typeof schedule === 'string') throw new Error(schedule);
  const moment = schedule.next(Date.parse(after), anchor);
  return moment === undefined ? undefined : new Date(moment).toISOString().replace(':00.000Z', 'Z');
}

describe('cron', () => {
  it.each([
    ['cron(0 12 * * ? *)', '2026-11-22T11:59Z', '2026-11-22T12:00Z'],
    ['cron(0 12 * * ? *)', '2026-11-22T12:00Z', '2026-11-23T12:00Z'],
    ['cron(0/15 * * * ? *)', '2026-11-22T12:31Z', '2026-11-22T12:45Z'],
    ['cron(5,35 8-17 ? * MON-FRI *)', '2026-11-20T17:36Z', '2026-11-23T08:05Z'],
    ['cron(0 0 1 JAN ? *)', '2026-06-01T00:00Z', '2027-01-01T00:00Z'],
    ['cron(0 0 L * ? *)', '2028-02-01T00:00Z', '2028-02-29T00:00Z'],
    ['cron(0 0 29 2 ? *)', '2097-01-01T00:00Z', '2104-02-29T00:00Z'],
    ['cron(0 9 ? * 6L *)', '2026-11-22T00:00Z', '2026-11-27T09:00Z'],
    ['cron(0 9 ? * MON#2 *)', '2026-11-22T00:00Z', '2026-12-14T09:00Z'],
    ['cron(0 9 1W * ? *)', '2026-08-01T00:00Z', '2026-08-03T09:00Z'],
    ['cron(30 6 ? * 1 2027)', '2026-11-22T00:00Z', '2027-01-03T06:30Z'],
  ])('%s after %s fires at %s', (text, after, expected) => {
    expect(next(text, 'UTC', after)).toBe(expected);
  });

  it('never fires again after its last year', () => {
    expect(next('cron(0 0 1 1 ? 2020)', 'UTC', '2026-01-01T00:00Z')).toBeUndefined();
  });

  // Berlin, 2026: clocks go 02:00 → 03:00 on 29 March (01:00 UTC) and 03:00 → 02:00 on 25 October (01:00 UTC).
  it.each([
    ['cron(30 2 * * ? *)', '2026-03-28T12:00Z', '2026-03-30T00:30Z', 'a time that the clocks skip is skipped'],
    [
      'cron(30 3 * * ? *)',
      '2026-03-28T12:00Z',
      '2026-03-29T01:30Z',
      'the hour after the gap is an hour earlier in UTC',
    ],
    ['cron(30 2 * * ? *)', '2026-10-24T12:00Z', '2026-10-25T00:30Z', 'a repeated time fires at its first showing'],
    ['cron(30 2 * * ? *)', '2026-10-25T00:30Z', '2026-10-26T01:30Z', 'and not at its second'],
    ['cron(0 6 * * ? *)', '2026-10-24T12:00Z', '2026-10-25T05:00Z', 'morning schedules stay at their wall time'],
  ])('%s in Berlin after %s fires at %s: %s', (text, after, expected) => {
    expect(next(text, 'Europe/Berlin', after)).toBe(expected);
  });

  it('keeps to the wall time in zones of half an hour and across midnight', () => {
    expect(next('cron(0 9 * * ? *)', 'Asia/Kolkata', '2026-11-22T03:30Z')).toBe('2026-11-23T03:30Z');
    // Lord Howe Island moves its clocks by half an hour: 02:00 → 02:30 on 4 October 2026.
    expect(next('cron(15 2 * * ? *)', 'Australia/Lord_Howe', '2026-10-03T00:00Z')).toBe('2026-10-04T15:15Z');
    expect(next('cron(30 0 * * ? *)', 'America/Los_Angeles', '2026-11-22T12:00Z')).toBe('2026-11-23T08:30Z');
  });
});

describe('rate and at', () => {
  it('counts rates from their anchor', () => {
    const anchor = Date.parse('2026-11-22T00:07Z');
    expect(next('rate(5 minutes)', 'UTC', '2026-11-22T00:00Z', anchor)).toBe('2026-11-22T00:07Z');
    expect(next('rate(5 minutes)', 'UTC', '2026-11-22T01:00Z', anchor)).toBe('2026-11-22T01:02Z');
    expect(next('rate(1 day)', 'UTC', '2026-11-24T00:07Z', anchor)).toBe('2026-11-25T00:07Z');
  });

  it('fires once, at the wall time of its zone', () => {
    expect(next('at(2026-12-01T09:00:00)', 'America/New_York', '2026-11-22T00:00Z')).toBe('2026-12-01T14:00Z');
    expect(next('at(2026-12-01T09:00:00)', 'America/New_York', '2026-12-01T14:00Z')).toBeUndefined();
  });
});

it.each([
  'cron(0 12 * * * *)',
  'cron(0 12 ? * ? *)',
  'cron(60 * * * ? *)',
  'cron(0 0 * * ?)',
  'cron(5-1 0 * * ? *)',
  'cron(*/0 * * * ? *)',
  'rate(0 minutes)',
  'rate(5 weeks)',
  'at(tomorrow)',
  'every day',
])('refuses %s with a reason', (text) => {
  expect(parseSchedule(text, 'UTC')).toBeTypeOf('string');
});

it('refuses a time zone that does not exist', () => {
  expect(parseSchedule('rate(1 hour)', 'Europe/Nowhere')).toContain('Europe/Nowhere');
});

import { expect, it } from 'vitest';
import { hourEndedAt, quarterMillis } from '../../../../domain/integrations/streaming/ended-hour.ts';

const endedBetween = (from: string, to: string, timeZone: string): string[] => {
  const ended: string[] = [];
  for (let at = Date.parse(from) + quarterMillis; at <= Date.parse(to); at += quarterMillis) {
    const hour = hourEndedAt(at, timeZone);
    if (hour) ended.push(`${hour.date} ${hour.hour}: ${(hour.to - hour.from) / 60_000}`);
  }
  return ended;
};

it.each([
  ['Europe/Berlin', '2026-11-20T09:00Z', '2026-11-20T11:00Z', ['2026-11-20 10: 60', '2026-11-20 11: 60']],
  ['Asia/Kathmandu', '2026-11-20T09:00Z', '2026-11-20T11:00Z', ['2026-11-20 14: 60', '2026-11-20 15: 60']],
  // Clocks are set back from 03:00 to 02:00: one hour of two.
  ['Europe/Berlin', '2026-10-25T00:00Z', '2026-10-25T02:00Z', ['2026-10-25 2: 120']],
  // Clocks are set on from 02:00 to 03:00: there is no hour of two o'clock.
  ['Europe/Berlin', '2026-03-29T00:00Z', '2026-03-29T02:00Z', ['2026-03-29 1: 60', '2026-03-29 3: 60']],
  // Half an hour back, from 02:00 to 01:30.
  ['Australia/Lord_Howe', '2026-04-04T14:00Z', '2026-04-04T16:30Z', ['2026-04-05 1: 90', '2026-04-05 2: 60']],
])('the hours of %s from %s to %s end once each', (timeZone, from, to, ended) => {
  expect(endedBetween(from, to, timeZone)).toEqual(ended);
});

import { expect, it } from 'vitest';
import { endOfLocalDay, startOfLocalDay } from '../../../../domain/integrations/streaming/local-day.ts';

const hour = 3_600_000;

/** Instants by the offsets of the IANA time zone database. */
it.each([
  ['UTC', '2026-11-20', '2026-11-20T00:00:00Z', 24],
  ['Europe/Berlin, the day clocks go forward', '2026-03-29', '2026-03-28T23:00:00Z', 23],
  ['Europe/Berlin, the day clocks go back', '2026-10-25', '2026-10-24T22:00:00Z', 25],
  ['America/New_York, the day clocks go back', '2026-11-01', '2026-11-01T04:00:00Z', 25],
  ['America/Santiago, where midnight itself is skipped', '2026-09-06', '2026-09-06T04:00:00Z', 23],
  ['Australia/Lord_Howe, by half an hour', '2026-04-05', '2026-04-04T13:00:00Z', 24.5],
  ['Asia/Kolkata', '2026-11-20', '2026-11-19T18:30:00Z', 24],
  ['Asia/Kathmandu', '2026-11-20', '2026-11-19T18:15:00Z', 24],
  ['Pacific/Chatham', '2026-11-20', '2026-11-19T10:15:00Z', 24],
  ['Pacific/Kiritimati', '2026-11-20', '2026-11-19T10:00:00Z', 24],
  ['Pacific/Pago_Pago', '2026-11-20', '2026-11-20T11:00:00Z', 24],
  ['Africa/Casablanca, over a new year', '2025-12-31', '2025-12-30T23:00:00Z', 24],
])('begins and ends a day of %s (%s)', (place, date, begin, hours) => {
  const timeZone = place.split(',')[0] ?? '';
  const start = startOfLocalDay(date, timeZone);
  expect(new Date(start).toISOString()).toBe(new Date(begin).toISOString());
  expect((endOfLocalDay(date, timeZone) - start) / hour).toBe(hours);
});

import { addDays, dayInZone } from '../../domain/integrations/calendar-day.ts';

/** `YYYY-MM-DD HH:MM:SS` in UTC, as TikTok reads schedules. */
export const utcText = (instant: number): string => new Date(instant).toISOString().slice(0, 19).replace('T', ' ');

/** The instant at which a day begins in a zone. Clocks are put back and forward by whole minutes, never for a whole day. */
export function startOfDay(date: string, timeZone: string): number {
  const noonUtc = Date.parse(`${date}T12:00:00Z`);
  let from = noonUtc - 30 * 3_600_000;
  let to = noonUtc + 30 * 3_600_000;
  while (to - from > 60_000) {
    const middle = from + Math.floor((to - from) / 120_000) * 60_000;
    if (dayInZone(middle, timeZone) < date) from = middle;
    else to = middle;
  }
  return to;
}

/** From the start of the first day, or from now on, to the end of the last. Days are the account's. */
export function scheduleBody(
  { startDate, endDate }: { readonly startDate?: string | undefined; readonly endDate?: string | undefined },
  timeZone: string,
  now: number,
): Readonly<Record<string, string>> {
  const start = Math.max(now, startDate === undefined ? now : startOfDay(startDate, timeZone));
  if (endDate === undefined) return { schedule_type: 'SCHEDULE_FROM_NOW', schedule_start_time: utcText(start) };
  return {
    schedule_type: 'SCHEDULE_START_END',
    schedule_start_time: utcText(start),
    schedule_end_time: utcText(startOfDay(addDays(endDate, 1), timeZone)),
  };
}

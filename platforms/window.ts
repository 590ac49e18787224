import type { DateWindow } from '../domain/integrations/platform.ts';

const dayMs = 86_400_000;
const iso = /^(\d{4})-(\d{2})-(\d{2})$/;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Dates found good: the few days of a window come again in every object's rows. */
const known = new Set<string>();

/** Whether the text is an ISO date that the calendar has. */
export function isCalendarDate(text: string): boolean {
  if (known.has(text)) return true;
  const good = isInCalendar(text);
  if (good && known.size < 10_000) known.add(text);
  return good;
}

function isInCalendar(text: string): boolean {
  const match = iso.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0) + leapDay;
}

/** The window in pieces of at most `maxDays` days, oldest first, without gap or overlap. Throws `RangeError` on a window that is none. */
export function splitWindow(window: DateWindow, maxDays: number): readonly DateWindow[] {
  if (!isCalendarDate(window.from) || !isCalendarDate(window.to) || window.from > window.to) {
    throw new RangeError(`A window needs two ISO dates in order, got "${window.from}" to "${window.to}".`);
  }
  const last = Date.parse(window.to);
  const pieces: DateWindow[] = [];
  for (let start = Date.parse(window.from); start <= last; start += maxDays * dayMs) {
    const end = Math.min(last, start + (maxDays - 1) * dayMs);
    pieces.push({ from: isoDay(start), to: isoDay(end) });
  }
  return pieces;
}

function isoDay(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}

import type { Run } from '../../contracts/schemas/pipelines.ts';
import { addDays, dayInZone, daysIn } from './calendar-day.ts';
import type { ConversionType, DateWindow, PlatformDescriptor } from './platform.ts';

export interface WindowQuestion {
  readonly trigger: Run['trigger'];
  /** What an on-demand run asks for; missing ends take the look-back window. */
  readonly from: string | null;
  readonly to: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly timeZone: string;
  readonly limits: PlatformDescriptor['limits'];
}

/**
 * How far before today an hourly run loads: yesterday, because the platforms still count it, and because one run an hour may be the
 * first after midnight.
 */
const hourlyDaysBack = 1;
/** No platform keeps daily figures for longer than eleven years (Google Ads); an older start is moved to here. */
const oldestDays = 4_018;

/**
 * Days that the account's numbers may still change: until the longest window of its conversion types is over, never fewer than
 * the platform's own and never more than it lets anybody have.
 */
export function lookBackDaysOf(
  limits: PlatformDescriptor['limits'],
  conversionTypes: readonly ConversionType[] = [],
): number {
  const windows = conversionTypes.flatMap(({ clickWindowDays, viewWindowDays }) => [clickWindowDays, viewWindowDays]);
  return Math.min(Math.max(limits.lookBackDays, ...windows), Math.max(limits.lookBackDays, limits.maxLookBackDays));
}

/**
 * The account-local windows to load, oldest first, none longer than the platform allows. Empty when the request lies wholly
 * in the account's future.
 */
export function planWindows(question: WindowQuestion): DateWindow[] {
  const today = dayInZone(question.now, question.timeZone);
  const { lookBackDays, maxWindowDays } = question.limits;
  const daysBack = question.trigger === 'hourly' ? Math.min(hourlyDaysBack, lookBackDays) : lookBackDays;
  const to = question.to !== null && question.to < today ? question.to : today;
  const oldest = addDays(today, -oldestDays);
  const asked = question.from ?? addDays(to, -daysBack);
  const from = asked < oldest ? oldest : asked;
  if (from > to) return [];
  const windows: DateWindow[] = [];
  for (let start = from, left = daysIn(from, to); left > 0; left -= maxWindowDays) {
    const end = addDays(start, Math.min(left, maxWindowDays) - 1);
    windows.push({ from: start, to: end });
    start = addDays(end, 1);
  }
  return windows;
}

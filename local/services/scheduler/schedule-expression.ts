/** `cron(…)`, `rate(…)` and `at(…)`: when a schedule fires next. */
import { nextCron, parseCron } from './cron.ts';
import { isTimeZone, momentOf } from './time-zone.ts';

export interface ScheduleExpression {
  /** The first moment after `after`; rates count from `anchor`. All in epoch milliseconds. `undefined`: never again. */
  next(after: number, anchor: number): number | undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = {
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

/** The schedule, or why the text is none. */
export function parseSchedule(text: string, zone: string): ScheduleExpression | string {
  if (!isTimeZone(zone)) return `${zone} is not a time zone`;
  const [, kind, inner = ''] = /^(cron|rate|at)\((.*)\)$/.exec(text.trim()) ?? [];
  if (kind === 'cron') {
    const cron = parseCron(inner);
    return typeof cron === 'string' ? cron : { next: (after) => nextCron(cron, zone, after) };
  }
  if (kind === 'rate') {
    const [, count = '', unit = ''] = /^(\d+) (\w+)$/.exec(inner.trim()) ?? [];
    const every = Number(count) * (UNITS_MS[unit] ?? Number.NaN);
    if (!(every > 0)) return `rate(${inner}) must be a positive number of minutes, hours or days`;
    return {
      next: (after, anchor) => (after < anchor ? anchor : anchor + (Math.floor((after - anchor) / every) + 1) * every),
    };
  }
  if (kind === 'at') {
    const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(inner) ? Date.parse(`${inner}Z`) : Number.NaN;
    if (Number.isNaN(wall)) return `at(${inner}) must be yyyy-mm-ddThh:mm:ss`;
    const moment = momentOf(wall, zone);
    return { next: (after) => (moment !== undefined && moment > after ? moment : undefined) };
  }
  return `"${text}" is not a cron(), rate() or at() expression`;
}

/**
 * AWS cron expressions: `minutes hours day-of-month month day-of-week year`, with one of the days `?`.
 * Source: EventBridge Scheduler user guide, "Schedule types". A time that the clocks skip is skipped; one that they repeat fires once.
 */
import { momentOf, type WallTime, wallTime } from './time-zone.ts';

interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: ReadonlySet<number>;
  readonly years: ReadonlySet<number>;
  /** Whether a date fits, given as midnight UTC. */
  readonly day: (date: Date) => boolean;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** 1 is Sunday. */
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** No zone moves its clocks by more. */
const LARGEST_SHIFT_MS = 3 * HOUR_MS;
/** 29 February can be eight years away, around a century without leap day. */
const MAX_DAYS = 9 * 366;

/** The expression, or why it is none. */
export function parseCron(text: string): Cron | string {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', years = ''] = fields;
  if (fields.length !== 6) return `cron(${text}) must have six fields`;
  if ((days === '?') === (weekdays === '?'))
    return `cron(${text}) needs "?" for exactly one of day-of-month and day-of-week`;
  try {
    const monthSet = new Set(numbers(months, 1, 12, MONTHS));
    return {
      minutes: numbers(minutes, 0, 59),
      hours: numbers(hours, 0, 23),
      months: monthSet,
      years: new Set(numbers(years, FIRST_YEAR, LAST_YEAR)),
      day: days === '?' ? weekdayTest(weekdays) : monthDayTest(days),
    };
  } catch (error) {
    return `cron(${text}): ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Lists, ranges and steps, sorted. */
function numbers(field: string, first: number, last: number, names: readonly string[] = []): number[] {
  const read = (word: string): number => {
    const named = names.indexOf(word.toUpperCase());
    const value = named >= 0 ? named + first : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    if (!(value >= first && value <= last)) throw new Error(`"${word}" is not between ${first} and ${last}`);
    return value;
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', stepText] = part.split('/');
    const step = stepText === undefined ? 1 : Number(stepText);
    if (!Number.isInteger(step) || step < 1) throw new Error(`"${part}" has no valid step`);
    const [from = '', to] = range.split('-');
    const start = range === '*' ? first : read(from);
    const end = to !== undefined ? read(to) : range === '*' || stepText !== undefined ? last : start;
    if (end < start) throw new Error(`"${part}" runs backwards`);
    for (let value = start; value <= end; value += step) values.add(value);
  }
  return [...values].sort((left, right) => left - right);
}

function lastDayOf(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function monthDayTest(field: string): Cron['day'] {
  if (field === 'L') return (date) => date.getUTCDate() === lastDayOf(date);
  const weekday = /^(\d+)W$/.exec(field);
  if (weekday !== null) {
    const [wanted = 1] = numbers(weekday[1] ?? '', 1, 31);
    return (date) => date.getUTCDate() === nearestWeekday(date, wanted);
  }
  const days = new Set(numbers(field, 1, 31));
  return (date) => days.has(date.getUTCDate());
}

/** The weekday (Monday to Friday) nearest to a day without leaving the month. */
function nearestWeekday(date: Date, wanted: number): number {
  const day = Math.min(wanted, lastDayOf(date));
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? day + 2 : day - 1;
  if (weekday === 0) return day === lastDayOf(date) ? day - 2 : day + 1;
  return day;
}

function weekdayTest(field: string): Cron['day'] {
  const last = /^(\w+)L$/.exec(field);
  if (last !== null) {
    const [wanted] = numbers(last[1] ?? '', 1, 7, WEEKDAYS);
    return (date) => date.getUTCDay() + 1 === wanted && date.getUTCDate() > lastDayOf(date) - 7;
  }
  const nth = /^(\w+)#([1-5])$/.exec(field);
  if (nth !== null) {
    const [wanted] = numbers(nth[1] ?? '', 1, 7, WEEKDAYS);
    return (date) => date.getUTCDay() + 1 === wanted && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]);
  }
  const days = new Set(numbers(field, 1, 7, WEEKDAYS));
  return (date) => days.has(date.getUTCDay() + 1);
}

/** The first moment after `after` (epoch milliseconds), or `undefined` when there is none within nine years. */
export function nextCron(cron: Cron, zone: string, after: number): number | undefined {
  const firstDay = Math.floor(wallTime(after, zone) / DAY_MS) * DAY_MS;
  for (let day = 0; day < MAX_DAYS; day += 1) {
    const midnight: WallTime = firstDay + day * DAY_MS;
    const date = new Date(midnight);
    if (!cron.years.has(date.getUTCFullYear()) || !cron.months.has(date.getUTCMonth() + 1) || !cron.day(date)) continue;
    const next = firstOfDay(cron, zone, midnight, after);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** First moments of ascending wall times ascend too, so that the first one found is the earliest. */
function firstOfDay(cron: Cron, zone: string, midnight: WallTime, after: number): number | undefined {
  const passed = wallTime(after, zone) - LARGEST_SHIFT_MS;
  for (const hour of cron.hours) {
    if (midnight + (hour + 1) * HOUR_MS < passed) continue;
    for (const minute of cron.minutes) {
      const moment = momentOf(midnight + hour * HOUR_MS + minute * 60_000, zone);
      if (moment !== undefined && moment > after) return moment;
    }
  }
  return undefined;
}

import { type Day, isoOf, weekdayOf } from '../../market/calendar.ts';
import { queryError } from '../failure.ts';

/** First and last day, inclusive. */
type Range = readonly [Day, Day];

/** The date ranges DURING knows, from the account's today. */
const ranges: Readonly<Record<string, (today: Day) => Range>> = {
  TODAY: (today) => [today, today],
  YESTERDAY: (today) => [today - 1, today - 1],
  LAST_7_DAYS: (today) => [today - 7, today - 1],
  LAST_14_DAYS: (today) => [today - 14, today - 1],
  LAST_30_DAYS: (today) => [today - 30, today - 1],
  LAST_BUSINESS_WEEK: (today) => [monday(today) - 7, monday(today) - 3],
  LAST_WEEK_MON_SUN: (today) => [monday(today) - 7, monday(today) - 1],
  LAST_WEEK_SUN_SAT: (today) => [sunday(today) - 7, sunday(today) - 1],
  THIS_WEEK_MON_TODAY: (today) => [monday(today), today],
  THIS_WEEK_SUN_TODAY: (today) => [sunday(today), today],
  THIS_MONTH: (today) => [monthStart(today), today],
  LAST_MONTH: (today) => [monthStart(monthStart(today) - 1), monthStart(today) - 1],
};

export function during(name: string, today: Day): Range {
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (range === undefined) {
    throw queryError('INVALID_VALUE_WITH_DURING_OPERATOR', `Error in query: invalid date range '${name}' for DURING.`);
  }
  return range(today);
}

export function monday(day: Day): Day {
  return day - weekdayOf(day);
}

function sunday(day: Day): Day {
  return day - ((weekdayOf(day) + 1) % 7);
}

export function monthStart(day: Day): Day {
  return day - Number(isoOf(day).slice(8)) + 1;
}

export function quarterStart(day: Day): Day {
  const [year, month] = isoOf(day).split('-').map(Number);
  return Date.UTC(year ?? 0, Math.floor(((month ?? 1) - 1) / 3) * 3, 1) / 86_400_000;
}

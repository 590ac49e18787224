import type { AlertCondition } from '../../../contracts/schemas/alert-rules.ts';
import { comparedDays } from './windows.ts';

/** What has to be read before a condition can be judged. */
export interface ConditionNeeds {
  /** The newest complete minutes. */
  readonly minutes: number;
  /** Account-local days of hours, today among them. */
  readonly hourDays: number;
  /** Days of loaded facts before today. */
  readonly factDays: number;
}

/** Alerts show the last day by the hour, or two weeks by the day. */
const shownHourDays = 2;
export const shownFactDays = 14;

export function needsOf(condition: AlertCondition): ConditionNeeds {
  if (condition.kind === 'missing-data') {
    return { minutes: condition.minutes, hourDays: comparedDays + 2, factDays: 0 };
  }
  // One more than is compared: only so is it known whether counting began within them.
  if (condition.kind === 'pacing') return { minutes: 0, hourDays: comparedDays + 2, factDays: 0 };
  const { unit, length } = condition.window;
  const compares = condition.kind === 'rate-of-change';
  const windows = compares && condition.against === 'window-before' ? 2 : 1;
  if (unit === 'days') return { minutes: 0, hourDays: 0, factDays: Math.max(windows * length, shownFactDays) };
  if (unit === 'minutes') return { minutes: windows * length, hourDays: shownHourDays, factDays: 0 };
  const beside = compares && condition.against === 'same-hours' ? comparedDays + 1 : 0;
  return {
    minutes: 0,
    hourDays: Math.max(shownHourDays, Math.ceil((windows * length) / 24) + 1 + beside),
    factDays: 0,
  };
}

/** Rules on loaded facts are looked at when facts were loaded; all others each minute. */
export const isBatch = (condition: AlertCondition): boolean => needsOf(condition).factDays > 0;

/** What all of several conditions need. */
export const needsOfAll = (conditions: readonly AlertCondition[]): ConditionNeeds => {
  const needs = conditions.map(needsOf);
  const most = (of: (need: ConditionNeeds) => number) => Math.max(0, ...needs.map(of));
  return {
    minutes: most(({ minutes }) => minutes),
    hourDays: most(({ hourDays }) => hourDays),
    factDays: most(({ factDays }) => factDays),
  };
};

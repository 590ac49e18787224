import type { AlertCondition, AlertMetric } from '../../../contracts/schemas/alert-rules.ts';
import type { Course } from './course.ts';
import { paceOf } from './pace.ts';
import { hasVolume, metricOf, type Sums } from './sums.ts';
import {
  daysKnown,
  fewestDays,
  hoursBack,
  median,
  minuteMillis,
  type ReadWindow,
  readWindow,
  windowHours,
} from './windows.ts';

/** What a condition was judged by; what an alert says and what it costs are made from it. */
export interface Finding {
  readonly metric: AlertMetric;
  /** Null where there is none: spend without any conversion has no cost of one. */
  readonly value: number | null;
  /** What it was held against, in the unit of the metric. */
  readonly limit: number;
  /** The window. */
  readonly sums: Sums;
  /** What the window was compared with, where it was. */
  readonly compared: Sums | null;
  /** How long the window is, in hours. */
  readonly hours: number;
}

export type Verdict =
  | { readonly kind: 'holds'; readonly finding: Finding }
  | { readonly kind: 'clear'; readonly finding: Finding }
  /** There is nothing to judge: a zero denominator, too little volume, no days to compare with. */
  | { readonly kind: 'no-value'; readonly reason: string }
  /** It cannot be known yet. */
  | { readonly kind: 'unread'; readonly reason: string };

type Kind = AlertCondition['kind'];
type Of<K extends Kind> = Extract<AlertCondition, { kind: K }>;
type Judge<K extends Kind> = (condition: Of<K>, course: Course, now: number) => Verdict;

/** Whether the condition holds for one object at `now`, epoch milliseconds. */
export const judge = (condition: AlertCondition, course: Course, now: number): Verdict =>
  (judges[condition.kind] as Judge<Kind>)(condition, course, now);

const said = (holds: boolean, finding: Finding): Verdict => ({ kind: holds ? 'holds' : 'clear', finding });
const noValue = (reason: string): Verdict => ({ kind: 'no-value', reason });

const judges: { readonly [K in Kind]: Judge<K> } = {
  threshold(condition, course, now) {
    const { metric, window, is, value: limit, minimum } = condition;
    const found = readWindow(course, window, now);
    if (found.kind === 'unread') return found;
    if (minimum !== undefined && !hasVolume(found.sums, minimum)) return noValue('there is too little volume');
    const measured = metricOf(found.sums, metric);
    if (measured.kind === 'none') return noValue(measured.reason);
    const { value } = measured;
    return said(is === 'above' ? value > limit : value < limit, {
      metric,
      value,
      limit,
      sums: found.sums,
      compared: null,
      hours: windowHours(window),
    });
  },

  'rate-of-change'(condition, course, now) {
    const { metric, window, moves, by, against, minimum } = condition;
    const found = readWindow(course, window, now);
    if (found.kind === 'unread') return found;
    const before =
      against === 'window-before' ? windowBefore(condition, course, now) : sameHours(condition, course, now);
    if (before.kind !== 'before') return before;
    const measured = metricOf(found.sums, metric);
    if (measured.kind === 'none') return noValue(measured.reason);
    const most = Math.max(volumeOf(found.sums, minimum.metric), before.volume);
    if (most < minimum.value) return noValue('there is too little volume');
    const limit = before.value * (moves === 'up' ? 1 + by : 1 - by);
    // From nothing anything is a rise, and nothing falls.
    const moved =
      moves === 'up'
        ? measured.value > before.value && measured.value >= limit
        : before.value > 0 && measured.value <= limit;
    return said(moved, {
      metric,
      value: measured.value,
      limit: before.value,
      sums: found.sums,
      compared: before.sums,
      hours: windowHours(window),
    });
  },

  'no-results'({ result, window, spendMicros }, course, now) {
    const found = readWindow(course, window, now);
    if (found.kind === 'unread') return found;
    const [spend, results] = [metricOf(found.sums, 'spendMicros'), metricOf(found.sums, result)];
    if (spend.kind === 'none') return noValue(spend.reason);
    if (results.kind === 'none') return noValue(results.reason);
    return said(results.value <= 0 && spend.value >= spendMicros, {
      metric: 'spendMicros',
      value: spend.value,
      limit: spendMicros,
      sums: found.sums,
      compared: null,
      hours: windowHours(window),
    });
  },

  pacing({ is, factor }, course, now) {
    const pace = paceOf(course, now);
    if (pace.kind === 'unknown') return noValue(pace.reason);
    const limit = is === 'ahead' ? pace.plannedMicros * factor : pace.plannedMicros / factor;
    return said(is === 'ahead' ? pace.spentMicros > limit : pace.spentMicros < limit, {
      metric: 'spendMicros',
      value: pace.spentMicros,
      limit: pace.plannedMicros,
      sums: { ...course.hour(now, -1), spendMicros: pace.spentMicros },
      compared: null,
      hours: pace.hours,
    });
  },

  'missing-data'({ measure, minutes }, course, now) {
    const expected = expectedIn(course, measure, minutes, now);
    if (expected === undefined) return noValue('too few days are known to say what is usual');
    const found = readWindow(course, { unit: 'minutes', length: minutes }, now);
    if (found.kind === 'unread') return found;
    const measured = metricOf(found.sums, measure);
    if (measured.kind === 'none') return noValue(measured.reason);
    return said(measured.value <= 0 && expected >= fewestExpected, {
      metric: measure,
      value: measured.value,
      limit: expected,
      sums: found.sums,
      compared: null,
      hours: minutes / 60,
    });
  },
};

type Before =
  | {
      readonly kind: 'before';
      readonly sums: Sums;
      readonly value: number;
      /** Of the metric that the least volume is given in. */
      readonly volume: number;
    }
  | Exclude<Verdict, { readonly kind: 'holds' | 'clear' }>;

const volumeOf = (sums: Sums, metric: AlertMetric): number => {
  const found = metricOf(sums, metric);
  return found.kind === 'value' ? found.value : 0;
};

function windowBefore({ metric, window, minimum }: Of<'rate-of-change'>, course: Course, now: number): Before {
  const found: ReadWindow = readWindow(course, window, now, 1);
  if (found.kind === 'unread') return found;
  const value = metricOf(found.sums, metric);
  if (value.kind === 'none') return { kind: 'no-value', reason: `of the window before, ${value.reason}` };
  return { kind: 'before', sums: found.sums, value: value.value, volume: volumeOf(found.sums, minimum.metric) };
}

/** The median of days, and the day that lies nearest to it for what else it tells. */
function sameHours({ metric, window, minimum }: Of<'rate-of-change'>, course: Course, now: number): Before {
  const days = daysKnown(course, now).flatMap((daysBack) => {
    const sums = hoursBack(course, now, 0, window.length, daysBack);
    const value = metricOf(sums, metric);
    return value.kind === 'value' ? [{ sums, value: value.value }] : [];
  });
  if (days.length < fewestDays) return { kind: 'no-value', reason: 'fewer than three days are there to compare with' };
  const value = median(days.map((day) => day.value));
  const [nearest] = [...days].sort((a, b) => Math.abs(a.value - value) - Math.abs(b.value - value));
  return {
    kind: 'before',
    sums: nearest?.sums ?? course.hour(now, 0),
    value,
    volume: median(days.map(({ sums }) => volumeOf(sums, minimum.metric))),
  };
}

/**
 * So many must usually come in the time before silence says something: of events that come independently, none comes by chance once in
 * twenty times (Poisson, e⁻³).
 */
const fewestExpected = 3;

/** What the same time of the last seven days had, as a median; an hour of which a part is looked at counts in that part. */
function expectedIn(course: Course, measure: AlertMetric, minutes: number, now: number): number | undefined {
  const end = Math.floor(now / minuteMillis) * minuteMillis;
  const start = end - minutes * minuteMillis;
  const hour = 60 * minuteMillis;
  const values = daysKnown(course, now).map((daysBack) => {
    let expected = 0;
    for (let back = -1; ; back += 1) {
      const from = Math.floor(now / hour) * hour - (back + 1) * hour;
      const share = (Math.min(end, from + hour) - Math.max(start, from)) / hour;
      if (share > 0) expected += share * volumeOf(course.hour(now, back, daysBack), measure);
      if (from <= start) return expected;
    }
  });
  return values.length < fewestDays ? undefined : median(values);
}

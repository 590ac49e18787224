import type { AlertCondition, AlertMetric } from '../../../contracts/schemas/alert-rules.ts';
import type { Alert } from '../../../contracts/schemas/alerts.ts';
import { addDays } from '../../integrations/calendar-day.ts';
import { localHour } from '../../integrations/streaming/local-hour.ts';
import type { Course } from './course.ts';
import type { Finding } from './judge.ts';
import { moneyAtRiskOf } from './money-at-risk.ts';
import { isBatch, shownFactDays } from './needs-of.ts';
import { metricOf } from './sums.ts';
import { comparedDays, minuteMillis } from './windows.ts';
import { messageOf } from './words.ts';

/** What an alert says of its object's numbers. */
export type Measured = Pick<
  Alert,
  'message' | 'metric' | 'value' | 'limit' | 'currency' | 'moneyAtRisk' | 'course' | 'measuredAt'
>;

export function measuredOf(condition: AlertCondition, course: Course, finding: Finding, now: number): Measured {
  const { currency } = course;
  return {
    message: messageOf(condition, finding, currency),
    metric: finding.metric,
    value: finding.value,
    limit: finding.limit,
    currency,
    moneyAtRisk: moneyAtRiskOf(condition, finding, { currency, lastSpendPerHourMicros: lastSpend(course, now) }),
    course: isBatch(condition) ? byDay(course, finding.metric, now) : byHour(course, finding.metric, now),
    measuredAt: new Date(now).toISOString(),
  };
}

const hourMillis = 60 * minuteMillis;
const shownHours = 24;

function byHour(course: Course, metric: AlertMetric, now: number): Alert['course'] {
  const start = Math.floor(now / hourMillis) * hourMillis;
  return Array.from({ length: shownHours }, (_, index) => {
    const back = shownHours - 1 - index;
    return {
      at: new Date(start - (back + 1) * hourMillis).toISOString(),
      value: shown(course.hour(now, back), metric),
    };
  });
}

function byDay(course: Course, metric: AlertMetric, now: number): Alert['course'] {
  const today = localHour(now, course.timeZone).date;
  return Array.from({ length: shownFactDays }, (_, index) => {
    const date = addDays(today, index - shownFactDays);
    return { at: `${date}T00:00:00.000Z`, value: shown(course.days(date, date), metric) };
  });
}

function shown(sums: Parameters<typeof metricOf>[0], metric: AlertMetric): number | null {
  const found = metricOf(sums, metric);
  return found.kind === 'value' ? found.value : null;
}

/** Of the last complete hour that had any. */
function lastSpend(course: Course, now: number): number | null {
  for (let back = 0; back < comparedDays * 24; back += 1) {
    const { spendMicros, otherMoney } = course.hour(now, back);
    if (spendMicros !== null && spendMicros > 0 && !otherMoney) return spendMicros;
  }
  return null;
}

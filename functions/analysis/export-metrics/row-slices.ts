import type { MetricRow } from '../../../contracts/schemas/metrics.ts';
import { answerMetrics, type Metrics, type MetricsRequest } from '../../../domain/analysis/answer-metrics.ts';
import type { Period } from '../../../domain/analysis/calendar.ts';
import type { MetricsPlan } from '../../../domain/analysis/metrics-plan.ts';
import type { Rollup } from '../../../domain/analysis/rollup.ts';
import { addDays, daysIn, monthOf } from '../../../domain/integrations/calendar-day.ts';

/** Days summed at once when rows are days in order of their date: 70,000 rows of 10,000 campaigns. */
const daysAtOnce = 7;

/** Whether rows of earlier days all come before, or all after, those of later ones. */
const followsDays = ({ groupBy, order, previous }: MetricsPlan): boolean =>
  groupBy.includes('date') && order.by === 'date' && previous === undefined;

/** The parts of a period that can be answered one after the other; the whole of it where order or comparison needs all at once. */
export function slicesOf(plan: MetricsPlan): Period[] {
  if (!followsDays(plan)) return [plan.period];
  const slices: Period[] = [];
  for (let from = plan.period.from; from <= plan.period.to; from = addDays(from, daysAtOnce)) {
    const last = addDays(from, daysAtOnce - 1);
    slices.push({ from, to: last < plan.period.to ? last : plan.period.to });
  }
  return plan.order.descending ? slices.reverse() : slices;
}

export type SliceRefusal = Exclude<Metrics['kind'], 'answered'>;

/** Rows of one slice, unsorted; halves of it where it has too many at once. */
export function* sliceRows(
  facts: readonly Rollup[],
  request: MetricsRequest,
  slice: Period,
  plan: MetricsPlan,
): Generator<readonly MetricRow[] | SliceRefusal> {
  const months = { from: monthOf((plan.previous ?? slice).from), to: monthOf(slice.to) };
  const within = facts.filter(({ month }) => month >= months.from && month <= months.to);
  const metrics = answerMetrics(within, { ...request, period: slice });
  if (metrics.kind === 'answered') return yield metrics.rows;
  const days = daysIn(slice.from, slice.to);
  if (metrics.kind === 'too-large' || !followsDays(plan) || days === 1) return yield metrics.kind;
  const middle = addDays(slice.from, Math.floor(days / 2));
  const halves: Period[] = [
    { from: slice.from, to: addDays(middle, -1) },
    { from: middle, to: slice.to },
  ];
  for (const half of plan.order.descending ? halves.reverse() : halves) yield* sliceRows(facts, request, half, plan);
}

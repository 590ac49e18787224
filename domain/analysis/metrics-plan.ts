import type { Dimension, MetricsQuery } from '../../contracts/schemas/metrics.ts';
import type { Grain } from '../../contracts/schemas/primitives.ts';
import { AppError, type FieldError } from '../errors.ts';
import { daysIn } from '../integrations/calendar-day.ts';
import { type Period, previousPeriod } from './calendar.ts';
import { chooseGrain, parseGroupBy } from './choose-grain.ts';
import { parseSort, type SortOrder } from './sort-rows.ts';

/** The longest period of one question, in days: a year and the month it is compared within. */
export const maximumDays = 400;

export interface MetricsPlan {
  readonly period: Period;
  readonly previous: Period | undefined;
  readonly groupBy: readonly Dimension[];
  readonly grain: Grain;
  readonly order: SortOrder;
}

/** What a query means, or everything that is wrong with it at once. Throws `AppError` `invalid-request`. */
export function planMetrics(query: MetricsQuery): MetricsPlan {
  const errors: FieldError[] = [];
  const period = { from: query.from, to: query.to };
  const days = daysIn(period.from, period.to);
  if (days < 1) errors.push({ field: 'to', message: `must not be before from (${query.from})` });
  if (days > maximumDays) errors.push({ field: 'to', message: `must be at most ${maximumDays} days after from` });

  const grouped = parseGroupBy(query.groupBy);
  if (grouped.kind === 'unknown') errors.push({ field: 'groupBy', message: grouped.reason });
  const groupBy = grouped.kind === 'dimensions' ? grouped.dimensions : [];

  const needed: Dimension[] = [
    ...new Set([...groupBy, ...(query.campaignId === undefined ? [] : ['campaign' as const])]),
  ];
  const choice = chooseGrain(needed, query.grain);
  if (choice.kind === 'impossible') errors.push({ field: choice.field, message: choice.reason });

  const sort = parseSort(query.sort, groupBy);
  if (sort.kind === 'unknown') errors.push({ field: 'sort', message: sort.reason });

  if (errors.length > 0 || choice.kind === 'impossible' || sort.kind === 'unknown') {
    throw new AppError('invalid-request', 'This question cannot be answered; `errors` says why and what is possible.', {
      fields: errors,
    });
  }
  return {
    period,
    previous: query.compare === 'previous-period' ? previousPeriod(period) : undefined,
    groupBy,
    grain: choice.grain,
    order: sort.order,
  };
}

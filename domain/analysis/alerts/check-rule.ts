import type { AlertCondition, AlertMetric, AlertScope } from '../../../contracts/schemas/alert-rules.ts';
import type { FieldError } from '../../errors.ts';

/** What facts do not hold: it is of live events alone. */
const liveOnly: ReadonlySet<AlertMetric> = new Set([
  'events',
  'orders',
  'leads',
  'revenueMicros',
  'refundsMicros',
  'costPerOrderMicros',
  'siteRoas',
]);
/** Counts and ratios of counts: what may be added up over accounts of any currency. */
const withoutMoney: ReadonlySet<AlertMetric> = new Set([
  'events',
  'impressions',
  'clicks',
  'conversions',
  'orders',
  'leads',
  'ctr',
]);

/** What of a rule cannot be, whatever the workspace holds; each with its field. */
export function faultsOf(scope: AlertScope, condition: AlertCondition): FieldError[] {
  const faults: FieldError[] = [];
  const metrics = metricsOf(condition);
  const days = 'window' in condition && condition.window.unit === 'days';
  if (days) {
    for (const metric of metrics.filter((one) => liveOnly.has(one))) {
      faults.push({
        field: 'condition.window.unit',
        message: `loaded facts do not hold ${metric}; use minutes or hours`,
      });
    }
  }
  if (condition.kind === 'rate-of-change' && condition.against === 'same-hours' && condition.window.unit !== 'hours') {
    faults.push({ field: 'condition.window.unit', message: 'must be hours where the same hours are compared' });
  }
  if (condition.kind === 'rate-of-change' && condition.against === 'same-hours' && condition.window.length > 24) {
    faults.push({ field: 'condition.window.length', message: 'must be at most 24 where the same hours are compared' });
  }
  if (condition.kind === 'rate-of-change' && condition.moves === 'down' && condition.by > 1) {
    faults.push({ field: 'condition.by', message: 'must be at most 1: nothing falls by more than all of it' });
  }
  if (scope.each === 'workspace') {
    if (condition.kind === 'pacing') {
      faults.push({ field: 'scope.each', message: 'must be account or campaign: those have budgets' });
    }
    for (const metric of metrics.filter((one) => !withoutMoney.has(one))) {
      faults.push({
        field: 'scope.each',
        message: `must be account or campaign for ${metric}: money of several accounts is not added up`,
      });
    }
  }
  if (scope.campaignIds !== undefined && scope.each !== 'campaign') {
    faults.push({ field: 'scope.campaignIds', message: 'may be given where each campaign is watched' });
  }
  if (scope.currency === undefined && amountOf(condition) !== undefined && scope.each !== 'workspace') {
    faults.push({
      field: 'scope.currency',
      message: `must say which currency ${amountOf(condition)} is in; only accounts of that currency are watched`,
    });
  }
  return faults;
}

const metricsOf = (condition: AlertCondition): AlertMetric[] => {
  switch (condition.kind) {
    case 'threshold':
      return [condition.metric, ...(condition.minimum === undefined ? [] : [condition.minimum.metric])];
    case 'rate-of-change':
      return [condition.metric, condition.minimum.metric];
    case 'no-results':
      return ['spendMicros', condition.result];
    case 'pacing':
      return ['spendMicros'];
    case 'missing-data':
      return [condition.measure];
  }
};

/** The field with an amount of money, which means nothing without its currency. */
function amountOf(condition: AlertCondition): string | undefined {
  const isMoney = (metric: AlertMetric) => metric.endsWith('Micros');
  switch (condition.kind) {
    case 'threshold':
      if (isMoney(condition.metric)) return 'condition.value';
      return condition.minimum !== undefined && isMoney(condition.minimum.metric) ? 'condition.minimum' : undefined;
    case 'rate-of-change':
      return isMoney(condition.minimum.metric) ? 'condition.minimum' : undefined;
    case 'no-results':
      return 'condition.spendMicros';
    default:
      return undefined;
  }
}

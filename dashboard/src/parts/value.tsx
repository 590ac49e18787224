import type { MetricValues } from '../../../sdks/javascript/src/generated/api.ts';
import { type MetricKey, metricOf, metricText } from '../format/metrics.ts';

interface ValueProps {
  readonly metric: MetricKey;
  /** The values it is one of; they tell why it may be missing. */
  readonly values: MetricValues;
  readonly currency: string;
}

/** A metric as text; a missing one is a dash that says why. */
export function Value({ metric, values, currency }: ValueProps) {
  const value = metricOf(metric).of(values);
  if (value !== null) return <>{metricText(metric, value, currency)}</>;
  return <NoValue why={metricOf(metric).without?.(values) ?? 'No value'} />;
}

/** In place of a number that nobody reported; 0 would say that somebody did. */
export function NoValue({ why }: { readonly why: string }) {
  return (
    <span title={why} className="no-value">
      <span aria-hidden="true">–</span>
      <span className="unseen">{why}</span>
    </span>
  );
}

import { type MetricKey, metricOf, metricText } from '../format/metrics.ts';

interface ValueProps {
  readonly metric: MetricKey;
  readonly value: number | null;
  readonly currency: string;
}

/** A metric as text; a missing one is a dash that says why. */
export function Value({ metric, value, currency }: ValueProps) {
  const text = metricText(metric, value, currency);
  if (value !== null) return <>{text}</>;
  const why = metricOf(metric).without ?? 'No value';
  return (
    <span title={why} className="no-value">
      <span aria-hidden="true">{text}</span>
      <span className="unseen">{why}</span>
    </span>
  );
}

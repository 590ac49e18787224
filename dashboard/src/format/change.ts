import type { MetricKey } from './metrics.ts';
import { metricOf } from './metrics.ts';

export type Change =
  | { readonly kind: 'none-before' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'changed';
      /** 0.12 is 12 % more. */
      readonly fraction: number;
      readonly direction: 'up' | 'down' | 'same';
      readonly judgement: 'better' | 'worse' | 'neutral';
    };

/** Below this, in the one decimal that is shown, nothing changed. */
const visible = 0.0005;

/** How a metric moved against the period before. */
export function changeOf(key: MetricKey, now: number | null, before: number | null | undefined): Change {
  if (before === null || before === undefined || before === 0) return { kind: 'none-before' };
  if (now === null) return { kind: 'unknown' };
  const fraction = (now - before) / before;
  if (Math.abs(fraction) < visible) return { kind: 'changed', fraction, direction: 'same', judgement: 'neutral' };
  const direction = fraction > 0 ? 'up' : 'down';
  const { better } = metricOf(key);
  const judgement =
    better === undefined ? 'neutral' : (better === 'higher') === (direction === 'up') ? 'better' : 'worse';
  return { kind: 'changed', fraction, direction, judgement };
}

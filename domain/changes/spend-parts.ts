import type { FieldChange } from '../../contracts/schemas/change-requests.ts';
import type { Operation } from '../../contracts/schemas/changes.ts';
import type { BudgetStep } from './guardrails.ts';
import type { BudgetEdit } from './spend-effect.ts';

/** What one operation means for spend, read from what it changes. */
export interface SpendParts {
  readonly direction: 'increase' | 'decrease' | 'neutral';
  readonly budget: BudgetStep | null;
  /** Of its object before and after; null where it says nothing about spend. */
  readonly was: BudgetEdit | null;
  readonly becomes: BudgetEdit | null;
}

const nothing: SpendParts = { direction: 'neutral', budget: null, was: null, becomes: null };

const microsOf = (value: unknown): number | null =>
  typeof value === 'object' && value !== null && 'micros' in value && typeof value.micros === 'number'
    ? value.micros
    : null;

/** `fields` as the preview found them: old values are the platform’s own. */
export function spendParts(operation: Operation, fields: readonly FieldChange[]): SpendParts {
  const [first] = fields;
  if (first === undefined) return nothing;
  if (operation.do === 'set-status' || operation.do === 'remove') {
    const was = { enabled: first.before === 'enabled' };
    const becomes = { enabled: first.after === 'enabled' };
    // A removal is for good: it is never let through as a mere decrease.
    const decided = operation.do === 'set-status' && was.enabled !== becomes.enabled;
    return { direction: !decided ? 'neutral' : becomes.enabled ? 'increase' : 'decrease', budget: null, was, becomes };
  }
  if (operation.do === 'set-daily-budget') {
    const before = microsOf(first.before);
    const beforeMicros = before ?? 0;
    const { micros: afterMicros, currency } = operation.dailyBudget;
    return {
      direction: afterMicros > beforeMicros ? 'increase' : afterMicros < beforeMicros ? 'decrease' : 'neutral',
      budget: { beforeMicros, afterMicros, currency },
      was: { dailyBudgetMicros: before },
      becomes: { dailyBudgetMicros: afterMicros },
    };
  }
  return nothing;
}

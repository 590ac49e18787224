import type { DecidedChange } from '../../../adapters/stores/change-store.ts';
import type { DecidedPart } from './guard-change.ts';

/** States in which an operation may have done what it says, or will. */
const onItsWay: ReadonlySet<string> = new Set(['pending', 'applying', 'unknown']);

/** What was decided lately and counts against the guardrails: applied, on its way, or nobody knows. */
export const decidedParts = (decided: readonly DecidedChange[]): DecidedPart[] =>
  decided.flatMap(({ change, operations, queued }) =>
    operations.flatMap((one): DecidedPart[] => {
      const waits = queued.has(one.index) || onItsWay.has(one.status);
      if (one.result === null && !waits) return [];
      const at = one.result?.appliedAt ?? change.approvedAt ?? change.decidedAt ?? change.createdAt;
      return [{ ...one, at: Date.parse(at), applied: one.result !== null }];
    }),
  );

import type { Alert } from '../../../contracts/schemas/alerts.ts';
import type { Verdict } from './judge.ts';

/** What is remembered of a rule and one object between two looks. Times are epoch milliseconds. */
export interface Watch {
  /** Of the open alert; null: none is open. */
  readonly alertId: string | null;
  /** Since when the condition has not held, while an alert is open. */
  readonly clearSince: number | null;
  /** Before this no other alert is opened. */
  readonly quietUntil: number | null;
  /** Until then nothing is sent. */
  readonly mutedUntil: number | null;
}

export const noWatch: Watch = { alertId: null, clearSince: null, quietUntil: null, mutedUntil: null };

export interface StepRules {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly cooldownMinutes: number;
  readonly recoveryMinutes: number;
}

type Because = NonNullable<Alert['resolvedBecause']>;

/**
 *   quiet ──holds, cooldown over──► open ──clear for recoveryMinutes──► quiet (until cooldown)
 *             an open one that holds again forgets that it was clear; what cannot be read changes nothing
 */
export type Step =
  | { readonly kind: 'stay' }
  | { readonly kind: 'open' }
  /** The alert goes on; its numbers may be told anew. */
  | { readonly kind: 'remain'; readonly watch: Watch }
  | { readonly kind: 'resolve'; readonly because: Because; readonly watch: Watch };

const minute = 60_000;

export function stepOf(watch: Watch, verdict: Verdict, { now, cooldownMinutes, recoveryMinutes }: StepRules): Step {
  if (verdict.kind === 'unread') return { kind: 'stay' };
  if (watch.alertId === null) {
    const quiet = watch.quietUntil !== null && now < watch.quietUntil;
    return verdict.kind === 'holds' && !quiet ? { kind: 'open' } : { kind: 'stay' };
  }
  if (verdict.kind === 'holds') return { kind: 'remain', watch: { ...watch, clearSince: null } };
  const clearSince = watch.clearSince ?? now;
  if (now - clearSince < recoveryMinutes * minute) return { kind: 'remain', watch: { ...watch, clearSince } };
  return {
    kind: 'resolve',
    because: verdict.kind === 'no-value' ? 'no-value' : 'recovered',
    watch: closed(watch, now, cooldownMinutes),
  };
}

/** After an alert was resolved, for whatever reason. */
export const closed = (watch: Watch, now: number, cooldownMinutes: number): Watch => ({
  ...watch,
  alertId: null,
  clearSince: null,
  quietUntil: now + cooldownMinutes * minute,
});

import type { AccountProgress, Run } from '../../contracts/schemas/pipelines.ts';

/** One item of a run with its own id beside what callers see. */
export interface ItemProgress extends AccountProgress {
  readonly itemId: string;
  /** Its answers were the trouble: a resumed run asks the platform again instead of using them. */
  readonly askAgain?: boolean | undefined;
}

export type RunCounts = Pick<Run, 'accounts' | 'rowsExtracted' | 'rowsLoaded' | 'rowsQuarantined'>;

const sum = (progress: readonly ItemProgress[], field: 'rowsExtracted' | 'rowsLoaded' | 'rowsQuarantined'): number =>
  progress.reduce((total, item) => total + item[field], 0);

/**
 * A run's counters, derived from its items and never kept beside them: a step that is repeated cannot count twice.
 * An account counts as failed when any of its windows failed, as loaded when all of them are.
 */
export function countRun(progress: readonly ItemProgress[]): RunCounts {
  const byAccount = Map.groupBy(progress, (item) => item.accountId ?? item.itemId);
  const accounts = { total: byAccount.size, loaded: 0, failed: 0, skipped: 0 };
  for (const items of byAccount.values()) {
    if (items.some((item) => item.stage === 'failed')) accounts.failed += 1;
    else if (items.every((item) => item.stage === 'skipped')) accounts.skipped += 1;
    else if (items.every((item) => item.stage === 'loaded' || item.stage === 'skipped')) accounts.loaded += 1;
  }
  return {
    accounts,
    rowsExtracted: sum(progress, 'rowsExtracted'),
    rowsLoaded: sum(progress, 'rowsLoaded'),
    rowsQuarantined: sum(progress, 'rowsQuarantined'),
  };
}

/** How a run that has come to its end is closed: cancelled as soon as one item was given up for it. Skipped accounts are no failure; an item that never finished is one. */
export function closingStatus(progress: readonly ItemProgress[]): 'succeeded' | 'partial' | 'failed' | 'cancelled' {
  if (progress.some((item) => item.stage === 'cancelled')) return 'cancelled';
  const relevant = progress.filter((item) => item.stage !== 'skipped');
  const loaded = relevant.filter((item) => item.stage === 'loaded').length;
  if (loaded === relevant.length) return 'succeeded';
  return loaded === 0 ? 'failed' : 'partial';
}

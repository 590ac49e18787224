import { daysIn } from './calendar-day.ts';
import { type DateWindow, type GrainFamily, grainsAsked, type PlatformDescriptor } from './platform.ts';

/** How many of a day's calls a back-fill may use; the rest is the scheduled loads'. */
export const backfillShare = 0.5;

/** Rows of an account day where nothing was measured yet: one page a report. */
const unmeasuredRowsPerDay = 0;

export interface CallQuestion {
  readonly descriptor: Pick<PlatformDescriptor, 'supports' | 'callBudget'>;
  readonly windows: readonly DateWindow[];
  /** One family of grains; all when absent. */
  readonly grains?: GrainFamily | undefined;
  /** Rows that one day of the account had in its latest load, over all reports; `null` when it has none. */
  readonly rowsPerDay: number | null;
}

type Budgeted = Pick<PlatformDescriptor, 'callBudget'>;

/** Calls that a report of so many rows takes: one at least. */
export function callsOfReport({ callBudget }: Budgeted, rows: number): number {
  const rowsPerCall = callBudget?.rowsPerCall ?? null;
  return rowsPerCall === null ? 1 : Math.max(1, Math.ceil(rows / rowsPerCall));
}

/**
 * Calls that loading an account's windows takes: each report at least one a window, more as its rows fill pages, and the
 * structure once. An estimate: rows are taken to spread evenly over the reports.
 */
export function estimateCalls({ descriptor, windows, grains, rowsPerDay }: CallQuestion): number {
  const reports = grainsAsked(descriptor.supports.grains, grains).length;
  if (reports === 0) return 0;
  const ofWindow = ({ from, to }: DateWindow): number => {
    const rows = ((rowsPerDay ?? unmeasuredRowsPerDay) * daysIn(from, to)) / reports;
    return reports * callsOfReport(descriptor, rows);
  };
  const structure = windows.length > 0 && grains !== 'segments' ? descriptor.supports.structure.length : 0;
  return windows.reduce((sum, window) => sum + ofWindow(window), structure);
}

/** Calls of one UTC day through one connection. */
export interface CallsUsed {
  readonly scheduled: number;
  readonly onDemand: number;
  /** Of the running day. */
  readonly polls: number;
}

/** What back-fills may still call today; `null` where the platform names no daily limit. */
export function backfillCallsLeft(perDay: number | null, used: CallsUsed): number | null {
  if (perDay === null) return null;
  const share = Math.floor(perDay * backfillShare) - used.onDemand;
  return Math.max(0, Math.min(share, perDay - used.scheduled - used.onDemand - used.polls));
}

/** How many of a day's calls the polls of the running day may use. */
export const pollShare = 0.25;
/** A morning's polls may run so far ahead of the even pace. */
const aheadMillis = 3_600_000;
const dayMillis = 86_400_000;

/**
 * What polls may still call by now (epoch milliseconds); `null` where the platform names no daily limit. Their share is spread over the UTC
 * day, so that too many accounts make every poll rarer rather than the evening blind.
 */
export function pollCallsLeft(perDay: number | null, used: CallsUsed, now: number): number | null {
  if (perDay === null) return null;
  const soFar = Math.min(1, ((now % dayMillis) + aheadMillis) / dayMillis);
  const share = Math.floor(perDay * pollShare * soFar) - used.polls;
  return Math.max(0, Math.min(share, perDay - used.scheduled - used.onDemand - used.polls));
}

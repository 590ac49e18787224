import type { RunPace } from '../../contracts/schemas/pipelines.ts';
import { daysIn } from './calendar-day.ts';
import type { ItemProgress } from './run-status.ts';

const over: ReadonlySet<ItemProgress['stage']> = new Set(['loaded', 'failed', 'skipped', 'cancelled']);
const days = ({ from, to }: ItemProgress): number => (from === null || to === null ? 0 : daysIn(from, to));

/**
 * How far a run is and what is left of it. The time that is left follows from the days loaded since `since` (the start, or the
 * last resumption): windows differ in length, days of one account hardly. It moves with the items alone, so that two looks
 * at the same state say the same.
 */
export function paceOf(progress: readonly ItemProgress[], since: string): RunPace {
  const windows = progress.filter((item) => item.from !== null);
  const loaded = windows.filter((item) => item.stage === 'loaded');
  const fresh = loaded.filter((item) => item.updatedAt >= since);
  const latest = windows.reduce((last, item) => (item.updatedAt > last ? item.updatedAt : last), since);
  const seconds = (Date.parse(latest) - Date.parse(since)) / 1_000;
  const daysDone = fresh.reduce((sum, item) => sum + days(item), 0);
  const daysLeft = windows.filter((item) => !over.has(item.stage)).reduce((sum, item) => sum + days(item), 0);
  const measured = daysDone > 0 && seconds > 0;
  const rows = fresh.reduce((sum, item) => sum + item.rowsLoaded, 0);
  return {
    windows: {
      total: windows.length,
      done: loaded.length,
      failed: windows.filter((item) => item.stage === 'failed').length,
    },
    rowsPerSecond: measured ? Math.round((rows / seconds) * 10) / 10 : null,
    secondsLeft: measured && daysLeft > 0 ? Math.round((daysLeft / daysDone) * seconds) : null,
  };
}

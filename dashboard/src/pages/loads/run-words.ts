import type { AccountProgress, Run, RunPace } from '../../../../sdks/javascript/src/generated/api.ts';
import { counted } from '../../format/plural.ts';
import { roughly, shortDay } from '../../format/times.ts';
import type { Tone } from '../../parts/status.tsx';

export const runStatus: Readonly<Record<Run['status'], { readonly label: string; readonly tone: Tone }>> = {
  queued: { label: 'Queued', tone: 'busy' },
  running: { label: 'Running', tone: 'busy' },
  succeeded: { label: 'Succeeded', tone: 'good' },
  partial: { label: 'Partly loaded', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
};

export const accountStage: Readonly<Record<AccountProgress['stage'], { readonly label: string; readonly tone: Tone }>> =
  {
    waiting: { label: 'Waiting', tone: 'quiet' },
    extracting: { label: 'Extracting', tone: 'busy' },
    transforming: { label: 'Transforming', tone: 'busy' },
    loading: { label: 'Loading', tone: 'busy' },
    loaded: { label: 'Loaded', tone: 'good' },
    failed: { label: 'Failed', tone: 'bad' },
    skipped: { label: 'Skipped', tone: 'quiet' },
    cancelled: { label: 'Cancelled', tone: 'quiet' },
  };

const triggers: Readonly<Record<Run['trigger'], string>> = {
  daily: 'Daily',
  hourly: 'Hourly',
  'on-demand': 'On demand',
};

/** `Daily`, `On demand, from kept answers, 2nd attempt` */
export const runKind = ({ trigger, mode, attempt }: Pick<Run, 'trigger' | 'mode' | 'attempt'>): string =>
  [
    triggers[trigger],
    ...(mode === 'reprocess' ? ['from kept answers'] : []),
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
  ].join(', ');

export const isFinished = ({ status }: Pick<Run, 'status'>): boolean => status !== 'queued' && status !== 'running';

/** What a load was asked for: `24 Aug – 22 Nov`, or the platform's look-back window when nothing was named. */
export function runDays({ from, to }: Pick<Run, 'from' | 'to'>, locale?: string): string {
  if (from !== null && to !== null) return `${shortDay(from, locale)} – ${shortDay(to, locale)}`;
  if (from !== null) return `Since ${shortDay(from, locale)}`;
  return to === null ? 'Look-back window' : `Until ${shortDay(to, locale)}`;
}

/** `2 of 4 accounts done, 1 failed; 1,204 rows loaded` */
export function runSummary({ accounts, rowsLoaded, rowsQuarantined }: Run): string {
  const { total, loaded, failed, skipped } = accounts;
  return [
    total === 0 ? 'Finding the accounts' : `${loaded + failed + skipped} of ${counted(total, 'account')} done`,
    failed > 0 ? `, ${failed} failed` : '',
    skipped > 0 ? `, ${skipped} skipped` : '',
    `; ${counted(rowsLoaded, 'row')} loaded`,
    rowsQuarantined > 0 ? `, ${counted(rowsQuarantined, 'row')} refused` : '',
  ].join('');
}

/** What a run can go on from; one that succeeded has nothing left to do. */
export const isResumable = ({ status }: Pick<Run, 'status'>): boolean =>
  status === 'failed' || status === 'cancelled' || status === 'partial';

/** `34 rows a second; about 2 min left` */
export function paceText({ rowsPerSecond, secondsLeft }: RunPace): string {
  if (rowsPerSecond === null) return 'The time left is known once a window is loaded.';
  return [
    `${counted(Math.round(rowsPerSecond), 'row')} a second`,
    ...(secondsLeft === null ? [] : [`about ${roughly(secondsLeft)} left`]),
  ].join('; ');
}

import { AppError } from '../../../domain/errors.ts';
import { type ClosePorts, closeWindows } from './close-windows.ts';

export interface CloseAllPorts {
  readonly workspaceIds: () => Promise<readonly string[]>;
  readonly portsOf: (workspaceId: string) => ClosePorts;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly remainingMs: () => number;
  readonly failed: (workspaceId: string, error: unknown) => void;
}

/** Workspaces looked at side by side. */
const atOnce = 4;

/**
 * Tells the hours that are over in all workspaces. Whose turn comes first moves on each minute: where the time does not reach for all,
 * nobody is left out for good. A workspace that fails stops no other and is told of by the next run.
 */
export async function closeAllWindows(
  ports: CloseAllPorts,
): Promise<{ readonly workspaces: number; readonly windows: number }> {
  const all = [...(await ports.workspaceIds())].sort();
  const first = all.length === 0 ? 0 : Math.floor(ports.now() / 60_000) % all.length;
  const left = [...all.slice(first), ...all.slice(0, first)];
  const sum = { workspaces: 0, windows: 0 };
  let failed = 0;
  const work = async (): Promise<void> => {
    while (ports.remainingMs() > 0) {
      const workspaceId = left.shift();
      if (workspaceId === undefined) return;
      try {
        // Added afterwards: others add to it while this one waits.
        const windows = await closeWindows(ports.portsOf(workspaceId));
        sum.windows += windows;
        sum.workspaces += 1;
      } catch (error) {
        failed += 1;
        ports.failed(workspaceId, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, work));
  if (failed > 0) throw new AppError('unavailable', `The windows of ${failed} workspaces could not be told of.`);
  return sum;
}

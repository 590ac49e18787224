import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';

type Own = WorkspaceStores<'reviews' | 'settings'>;

export interface WatchPorts {
  readonly workspaceIds: () => Promise<readonly string[]>;
  readonly storesOf: (workspaceId: string) => Own;
  /** Hours in which a review of the workspace should be decided. */
  readonly hoursOf: (own: Own) => Promise<number>;
  readonly failed: (workspaceId: string, error: unknown) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export interface Waiting {
  /** Workspaces in which something waits longer than it should. */
  readonly overdue: number;
  /** Of what waits longest anywhere. */
  readonly oldestHours: number;
}

/** Looks at what waits longest in each workspace: one that cannot be read does not hide the others. */
export async function watchReviews(ports: WatchPorts): Promise<Waiting> {
  let [overdue, oldestHours] = [0, 0];
  for (const workspaceId of await ports.workspaceIds()) {
    try {
      const own = ports.storesOf(workspaceId);
      const opened = await own.reviews.oldestOpen();
      if (opened === undefined) continue;
      const hours = (ports.now() - Date.parse(opened)) / 3_600_000;
      oldestHours = Math.max(oldestHours, hours);
      if (hours > (await ports.hoursOf(own))) overdue += 1;
    } catch (error) {
      ports.failed(workspaceId, error);
    }
  }
  return { overdue, oldestHours };
}

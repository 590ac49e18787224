import type { DueStore } from '../../../adapters/stores/outbox-store.ts';
import { applyChange } from './apply-change.ts';
import { operationMs } from './apply-operation.ts';
import { createPlatformTurns } from './platform-turns.ts';
import type { ApplyPorts } from './ports.ts';

/** Changes applied side by side by one worker; their operations take turns at the platforms. */
const changesAtOnce = 16;
/** Items looked up at once; what is due beyond them comes with the next look. */
const lookedUp = 500;
/** What is due within this is waited for; all else is the schedule's, which comes every minute. */
const patienceMs = 15_000;
const rounds = 10_000;
/** A change without anything to do that the index still shows is looked at again: the index is late, or it was resumed. */
const secondLooks = 5;
const secondLookMs = 2_000;

export interface ChangeName {
  readonly workspaceId: string;
  readonly changeId: string;
}

export interface OutboxPorts {
  readonly due: DueStore;
  readonly portsOf: (workspaceId: string) => ApplyPorts;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
  readonly remainingMs: () => number;
  readonly failed: (change: ChangeName, error: unknown) => void;
}

const keyOf = ({ workspaceId, changeId }: ChangeName): string => `${workspaceId} ${changeId}`;

/**
 * Applies the changes named, which the index may not show yet, and whatever else is due in the stage, until nothing is or the time is
 * up. A change that fails as a whole is told and left to the next worker; it stops no other.
 */
export async function runOutbox(ports: OutboxPorts, named: readonly ChangeName[]): Promise<{ changes: number }> {
  const { now } = ports;
  const touched = new Set<string>();
  const takeTurn = createPlatformTurns();
  /** When each change that was looked at is due again, epoch milliseconds. */
  const nextAt = new Map<string, number>();
  const known = new Map(named.map((one) => [keyOf(one), one]));
  for (const key of known.keys()) nextAt.set(key, 0);
  const looks = new Map<string, number>();
  for (let round = 0; round < rounds && ports.remainingMs() > operationMs; round += 1) {
    const seen = await ports.due.due(new Date(now()).toISOString(), lookedUp);
    for (const item of seen) {
      const key = keyOf(item);
      if (!known.has(key)) known.set(key, item);
      if (!nextAt.has(key)) nextAt.set(key, 0);
      else if (nextAt.get(key) === Number.POSITIVE_INFINITY && (looks.get(key) ?? 0) < secondLooks) {
        looks.set(key, (looks.get(key) ?? 0) + 1);
        nextAt.set(key, now() + secondLookMs);
      }
    }
    const due = [...known.entries()].filter(([key]) => (nextAt.get(key) ?? 0) <= now());
    if (due.length === 0) {
      const soonest = Math.min(...nextAt.values());
      if (soonest - now() > patienceMs) break;
      await ports.wait(Math.max(50, soonest - now()));
      continue;
    }
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < due.length) {
        const [key, change] = due[next] ?? [];
        next += 1;
        if (key === undefined || change === undefined) return;
        touched.add(key);
        nextAt.set(key, await progress(change));
      }
    };
    await Promise.all(Array.from({ length: Math.min(changesAtOnce, due.length) }, work));
  }
  return { changes: touched.size };

  async function progress(change: ChangeName): Promise<number> {
    try {
      const { nextAt: at } = await applyChange(ports.portsOf(change.workspaceId), change.changeId, takeTurn);
      // What has nothing left may still stand in the index for a moment.
      return at ?? Number.POSITIVE_INFINITY;
    } catch (error) {
      ports.failed(change, error);
      return Number.POSITIVE_INFINITY;
    }
  }
}

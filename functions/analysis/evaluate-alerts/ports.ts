import type { WatchedKinds } from '../../../adapters/metrics/read-watched.ts';
import type { RollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { EventDetail } from '../../../contracts/events.ts';

export type AlertKinds = WatchedKinds | 'alertRules' | 'alerts';

/** What looking at one workspace's rules works with. */
export interface EvaluatePorts {
  readonly own: WorkspaceStores<AlertKinds>;
  readonly rollups: RollupCache;
  /** Tells the bus at once; what is lost here is told by the outbox. */
  readonly tell: <N extends 'alert.opened' | 'alert.resolved'>(name: N, detail: EventDetail<N>) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Milliseconds that may still be spent. */
  readonly remainingMs: () => number;
  readonly warn: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}

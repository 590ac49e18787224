import type { WatchedKinds } from '../../../adapters/metrics/read-watched.ts';
import type { RollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { WebhookSecrets } from '../../../adapters/webhook-secrets.ts';

type ManagedKinds = WatchedKinds | 'alertRules' | 'alerts';
export type ManagedStores = WorkspaceStores<ManagedKinds>;

export interface ManageAlertsPorts {
  readonly stores: Stores<ManagedKinds>;
  readonly rollups: RollupCache;
  readonly secrets: Pick<WebhookSecrets, 'create' | 'remove'>;
  readonly newSecret: () => string;
  /** Why an address may not be named; undefined when it may. */
  readonly refusalOf: (url: string) => string | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

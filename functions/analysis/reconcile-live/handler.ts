import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createRollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createLiveStore } from '../../../adapters/stores/live-store.ts';
import { createPollStore } from '../../../adapters/stores/poll-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { reconcileLiveRoutes } from '../../../contracts/routes/reconcile-live.ts';
import { reconcileLive } from './reconcile-live.ts';

/** A month of 10,000 campaigns takes 16 MB. */
const cacheBytes = 128 * 1024 * 1024;

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'http']);
const lake = createLake(config);

export const handler = apiHandler(
  reconcileLiveRoutes,
  {
    reconcileLive: reconcileLive({
      stores: createStores(
        config.state.table,
        {
          workspace: createWorkspaceStore,
          accounts: createAccountStore,
          rollups: createRollupStore,
          live: createLiveStore,
          polls: createPollStore,
          ...structureStores,
        },
        {},
      ),
      rollups: createRollupCache((key) => lake.getPacked(key), cacheBytes),
      now: Date.now,
    }),
  },
  config.http,
);

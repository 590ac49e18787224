import { readConfig } from '../../../adapters/config.ts';
import { fileHandler } from '../../../adapters/http/file-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createNameCache } from '../../../adapters/metrics/name-cache.ts';
import { createRollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createRateStore } from '../../../adapters/stores/rate-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { exportMetricsRoutes } from '../../../contracts/routes/export-metrics.ts';
import { exportMetrics } from './export-metrics.ts';

/** Exports are rare: what one read serves its own slices, and little is kept for the next. */
const cacheBytes = 64 * 1024 * 1024;

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'http']);
const stores = createStores(
  config.state.table,
  { accounts: createAccountStore, rollups: createRollupStore, workspace: createWorkspaceStore, ...structureStores },
  { rates: createRateStore },
);
const lake = createLake(config);
const rollups = createRollupCache((key) => lake.getPacked(key), cacheBytes);

export const handler = fileHandler(
  exportMetricsRoutes,
  exportMetrics({ stores, rollups, names: createNameCache(Date.now) }),
  config.http,
);

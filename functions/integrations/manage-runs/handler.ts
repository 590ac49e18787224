import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createCallStore } from '../../../adapters/stores/call-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkflows } from '../../../adapters/workflows.ts';
import { manageRunsRoutes } from '../../../contracts/routes/manage-runs.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { manageRuns } from './manage-runs.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'workflows', 'http']);

const ports = {
  stores: createStores(config.state.table, {
    accounts: createAccountStore,
    runs: createRunStore,
    calls: createCallStore,
  }),
  workflows: createWorkflows(config),
  lake: createLake(config),
  descriptorOf: (platform: keyof typeof descriptors) => descriptors[platform],
  now: Date.now,
};

export const handler = apiHandler(manageRunsRoutes, manageRuns(ports), config.http);

import { readConfig } from '../../../adapters/config.ts';
import { createGenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageGenerationRunsRoutes } from '../../../contracts/routes/manage-generation-runs.ts';
import { manageGenerationRuns } from './manage-generation-runs.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'generating', 'http']);

export const handler = apiHandler(
  manageGenerationRunsRoutes,
  manageGenerationRuns({
    stores: createStores(config.state.table, {
      generationRuns: createGenerationRunStore,
      creatives: createCreativeStore,
      accounts: createAccountStore,
      audit: createAuditStore,
    }),
    workflow: createGenerationWorkflow(config, config.generating.workflow),
    lake: createLake(config),
    inputsOf: async (_workspaceId, { brief, brandKit = null }) =>
      brief === undefined ? undefined : { brief, brandKit, page: null },
    now: Date.now,
  }),
  config.http,
);

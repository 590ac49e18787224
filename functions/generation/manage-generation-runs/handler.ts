import { readConfig } from '../../../adapters/config.ts';
import { createGenerationWorkflow } from '../../../adapters/generation/generation-workflow.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createBrandKitStore, createBriefStore } from '../../../adapters/stores/brief-store.ts';
import { createCreativeStore } from '../../../adapters/stores/creative-store.ts';
import { createGenerationRunStore } from '../../../adapters/stores/generation-run-store.ts';
import { createReviewStore } from '../../../adapters/stores/review-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageGenerationRunsRoutes } from '../../../contracts/routes/manage-generation-runs.ts';
import { inputsOf } from './inputs-of.ts';
import { manageGenerationRuns } from './manage-generation-runs.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'generating', 'http']);

const stores = createStores(config.state.table, {
  generationRuns: createGenerationRunStore,
  creatives: createCreativeStore,
  reviews: createReviewStore,
  accounts: createAccountStore,
  audit: createAuditStore,
  briefs: createBriefStore,
  brandKits: createBrandKitStore,
});
const lake = createLake(config);

export const handler = apiHandler(
  manageGenerationRunsRoutes,
  manageGenerationRuns({
    stores,
    workflow: createGenerationWorkflow(config, config.generating.workflow),
    lake,
    inputsOf: (workspaceId, asked) => inputsOf(stores.forWorkspace(workspaceId), asked),
    now: Date.now,
  }),
  config.http,
);

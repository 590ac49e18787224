import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createGuardrailStore } from '../../../adapters/stores/guardrail-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { manageGuardrailsRoutes } from '../../../contracts/routes/manage-guardrails.ts';
import { manageGuardrails } from './manage-guardrails.ts';

const config = readConfig(['state', 'http']);

export const handler = apiHandler(
  manageGuardrailsRoutes,
  manageGuardrails({
    stores: createStores(config.state.table, {
      guardrails: createGuardrailStore,
      audit: createAuditStore,
      accounts: createAccountStore,
      campaigns: structureStores.campaigns,
    }),
    now: Date.now,
  }),
  config.http,
);

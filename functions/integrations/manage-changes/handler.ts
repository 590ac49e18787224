import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionWriters } from '../../../adapters/connection-writers.ts';
import { createAssetReader } from '../../../adapters/generation/generated-assets.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createOutsideFetch } from '../../../adapters/outside-fetch.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createChangeStore } from '../../../adapters/stores/change-store.ts';
import { createGuardrailStore } from '../../../adapters/stores/guardrail-store.ts';
import { createRateStore } from '../../../adapters/stores/rate-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { launchRequest } from '../../../contracts/generation.ts';
import { manageChangesRoutes } from '../../../contracts/routes/manage-changes.ts';
import { writeRules } from '../../../platforms/registry.ts';
import { openWriter } from '../../../platforms/writers.ts';
import { launchChange } from './launch-change.ts';
import { manageChanges } from './manage-changes.ts';

const config = readConfig(['state', 'parameters', 'settings', 'secrets', 'aws', 'credentials', 'http', 'lake']);

const parameters = createParameters(config);
const lake = createLake(config);
const ports = {
  lake,
  stores: createStores(
    config.state.table,
    {
      workspace: createWorkspaceStore,
      settings: createSettingsStore,
      accounts: createAccountStore,
      guardrails: createGuardrailStore,
      changes: createChangeStore,
      ...structureStores,
    },
    { rates: createRateStore },
  ),
  openWriter: createConnectionWriters({
    secrets: createSecrets(config),
    parameters,
    settings: createSettings(config),
    openWriter,
    limiter: createSharedRateLimiter(config.state.table),
  }),
  fetchAsset: createOutsideFetch({ samples: async () => (await parameters.endpoints()).samples?.origin }),
  readAsset: createAssetReader(lake),
  rulesOf: (platform: keyof typeof writeRules) => writeRules[platform],
  now: Date.now,
};

const answer = apiHandler(manageChangesRoutes, manageChanges(ports), config.http);
const launch = stepHandler(launchRequest, (request) => launchChange(ports, request));

/** For the API, and for the state machine that launches what somebody approved. */
export const handler = (event: APIGatewayProxyEvent | { readonly operationsKey: string }, context: Context) =>
  'operationsKey' in event ? launch(event, context) : answer(event, context);

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createOAuthClient } from '../../../adapters/oauth-client.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAuthorizationStore } from '../../../adapters/stores/authorization-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { manageConnectionsRoutes } from '../../../contracts/routes/manage-connections.ts';
import { configuredVersion } from '../../../domain/integrations/resolved-settings.ts';
import { authorizations } from '../../../platforms/authorizations.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { manageConnections } from './manage-connections.ts';

const config = readConfig(['state', 'secrets', 'settings', 'parameters', 'aws', 'credentials', 'http']);
const client = new SecretsManagerClient({
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
});
const stores = createStores(config.state.table, {
  workspace: createWorkspaceStore,
  authorizations: createAuthorizationStore,
  settings: createSettingsStore,
  accounts: createAccountStore,
});
const parameters = createParameters(config);
const settings = createSettings(config);

export const handler = apiHandler(
  manageConnectionsRoutes,
  manageConnections({
    stores,
    secrets: createSecrets(config, client),
    keeping: createConnectionSecrets(client, config.secrets.prefix),
    oauth: createOAuthClient(),
    authorizationOf: (platform) => authorizations[platform],
    descriptorOf: (platform) => descriptors[platform],
    endpointsOf: async (platform) => (await parameters.endpoints())[platform] ?? {},
    versionOf: async (workspaceId, platform) =>
      configuredVersion(await settings.forWorkspace(stores.forWorkspace(workspaceId)), platform),
    allowedOrigin: config.http.allowedOrigin,
    secretPrefix: config.secrets.prefix,
    telemetry: createTelemetry(),
    now: Date.now,
  }),
  config.http,
);

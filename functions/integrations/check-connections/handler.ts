import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionReaders } from '../../../adapters/connection-readers.ts';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets, createSecretsClient } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { checkConnections } from './check-connections.ts';

const config = readConfig(['state', 'parameters', 'settings', 'secrets', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { workspace: createWorkspaceStore, settings: createSettingsStore },
  { identity: createIdentityStore },
);
const settings = createSettings(config);
const secretsClient = createSecretsClient();
const openConnection = createConnectionReaders({
  secrets: createSecrets(config, secretsClient),
  keeping: createConnectionSecrets(secretsClient, config.secrets.prefix),
  parameters: createParameters(config),
  settings,
  openReader,
  limiter: createSharedRateLimiter(config.state.table),
});

/** For the daily schedule, and for operators who want to know now; not reachable over HTTP. */
export const handler = stepHandler(z.object({}), (_input, { telemetry, signal, remainingMs }) =>
  checkConnections({
    stores,
    settings,
    openConnection,
    descriptorOf: (platform) => descriptors[platform],
    telemetry,
    now: Date.now,
    remainingMs,
    signal,
  }),
);

import { readConfig } from '../../../adapters/config.ts';
import { createConnectionReaders } from '../../../adapters/connection-readers.ts';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets, createSecretsClient } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { etlInput } from '../../../contracts/etl.ts';
import { configured } from '../../../domain/integrations/resolved-settings.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { planSync } from './plan-sync.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'secrets', 'aws', 'credentials']);
const stores = createStores(config.state.table, {
  workspace: createWorkspaceStore,
  settings: createSettingsStore,
  accounts: createAccountStore,
  runs: createRunStore,
});
const lake = createLake(config);
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

export const handler = stepHandler(etlInput, async (input, { telemetry, signal }) => {
  const own = stores.forWorkspace(input.workspaceId);
  const resolved = await settings.forWorkspace(own);
  const plan = await planSync(
    {
      stores: own,
      lake,
      descriptorOf: (platform) => configured(descriptors[platform], resolved),
      openReader: (connection) => openConnection(own, connection),
      now: Date.now,
      telemetry,
      signal,
    },
    input,
  );
  return { ...plan, concurrency: resolved.get('extraction.concurrency') };
});

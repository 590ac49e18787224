import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionReaders } from '../../../adapters/connection-readers.ts';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets, createSecretsClient } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createCallStore } from '../../../adapters/stores/call-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { type EtlItem, etlItem } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors, mappings } from '../../../platforms/registry.ts';
import { extractReport } from './extract-report.ts';
import { createPermits } from './extraction-permits.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'secrets', 'aws', 'credentials']);
const stores = createStores(config.state.table, {
  workspace: createWorkspaceStore,
  settings: createSettingsStore,
  runs: createRunStore,
  calls: createCallStore,
});
const lake = createLake(config);
const secretsClient = createSecretsClient();
const openConnection = createConnectionReaders({
  secrets: createSecrets(config, secretsClient),
  keeping: createConnectionSecrets(secretsClient, config.secrets.prefix),
  parameters: createParameters(config),
  settings: createSettings(config),
  openReader,
  limiter: createSharedRateLimiter(config.state.table),
});

export const handler = stepHandler(etlItem, (item, { signal, remainingMs }) => {
  const own = stores.forWorkspace(item.workspaceId);
  const { runs, workspace, calls } = own;
  const descriptorOf = (platform: EtlItem['platform']) => descriptors[platform];
  return extractReport(
    {
      runs,
      lake,
      descriptorOf,
      mappingOf: (platform) => mappings[platform],
      permits: createPermits({
        runs,
        calls,
        descriptorOf,
        now: Date.now,
        wait: (ms) => wait(ms, undefined, { signal }),
        remainingMs,
      }),
      openReader: async ({ connectionId }) => {
        const connection = await workspace.connection(connectionId);
        if (!connection) throw new AppError('not-found', 'The connection of this account was removed.');
        return openConnection(own, connection);
      },
      now: Date.now,
      wait: (ms, aborted) => wait(ms, undefined, aborted ? { signal: aborted } : {}),
      remainingMs,
      signal,
    },
    item,
  );
});

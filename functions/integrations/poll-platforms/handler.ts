import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionReaders } from '../../../adapters/connection-readers.ts';
import { createConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets, createSecretsClient } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createCallStore } from '../../../adapters/stores/call-store.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createPollStore } from '../../../adapters/stores/poll-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { createEventStream } from '../../../adapters/streams/kinesis-event-stream.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors, mappings } from '../../../platforms/registry.ts';
import { pollPlatforms } from './poll-platforms.ts';

const config = readConfig(['state', 'parameters', 'settings', 'secrets', 'stream', 'schemas', 'aws', 'credentials']);
const settings = createSettings(config);
const secretsClient = createSecretsClient();
const ports = {
  stores: createStores(
    config.state.table,
    {
      workspace: createWorkspaceStore,
      settings: createSettingsStore,
      accounts: createAccountStore,
      polls: createPollStore,
      calls: createCallStore,
    },
    { identity: createIdentityStore },
  ),
  settings,
  openConnection: createConnectionReaders({
    secrets: createSecrets(config, secretsClient),
    keeping: createConnectionSecrets(secretsClient, config.secrets.prefix),
    parameters: createParameters(config),
    settings,
    openReader,
    limiter: createSharedRateLimiter(config.state.table),
  }),
  descriptorOf: (platform: keyof typeof descriptors) => descriptors[platform],
  mappingOf: (platform: keyof typeof mappings) => mappings[platform],
  events: createEventStream(config),
  now: Date.now,
};

/** For the schedule, each minute; which accounts are due their settings say. */
export const handler = stepHandler(z.object({}), (_input, { telemetry, signal, remainingMs }) =>
  pollPlatforms({ ...ports, telemetry, signal, remainingMs }),
);

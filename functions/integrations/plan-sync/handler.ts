import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { etlInput } from '../../../contracts/etl.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { planSync } from './plan-sync.ts';

const config = readConfig(['state', 'lake', 'parameters', 'secrets', 'aws', 'credentials']);
const stores = createStores(config.state.table);
const lake = createLake(config);
const parameters = createParameters(config);
const secrets = createSecrets(config);
const limiter = createSharedRateLimiter(config.state.table);

export const handler = stepHandler(etlInput, (input, { telemetry, signal }) =>
  planSync(
    {
      stores: stores.forWorkspace(input.workspaceId),
      lake,
      descriptorOf: (platform) => descriptors[platform],
      openReader: async (connection) =>
        openReader(connection.platform, {
          credentials: await secrets.connection(connection.id),
          endpoints: (await parameters.endpoints())[connection.platform] ?? {},
          ...(connection.managerPlatformId !== null && { managerPlatformId: connection.managerPlatformId }),
          limiter,
        }),
      now: Date.now,
      telemetry,
      signal,
    },
    input,
  ),
);

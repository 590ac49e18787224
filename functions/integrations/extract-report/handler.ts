import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { type EtlItem, etlItem } from '../../../contracts/etl.ts';
import { AppError } from '../../../domain/errors.ts';
import { openReader } from '../../../platforms/readers.ts';
import { descriptors, mappings } from '../../../platforms/registry.ts';
import { extractReport } from './extract-report.ts';
import { createPermits } from './extraction-permits.ts';

const config = readConfig(['state', 'lake', 'parameters', 'secrets', 'aws', 'credentials']);
const stores = createStores(config.state.table);
const lake = createLake(config);
const parameters = createParameters(config);
const secrets = createSecrets(config);
const limiter = createSharedRateLimiter(config.state.table);

export const handler = stepHandler(etlItem, (item, { signal, remainingMs }) => {
  const { runs, workspace, calls } = stores.forWorkspace(item.workspaceId);
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
      openReader: async ({ connectionId, platform }) => {
        const connection = await workspace.connection(connectionId);
        if (!connection) throw new AppError('not-found', 'The connection of this account was removed.');
        return openReader(platform, {
          credentials: await secrets.connection(connection.id),
          endpoints: (await parameters.endpoints())[platform] ?? {},
          ...(connection.managerPlatformId !== null && { managerPlatformId: connection.managerPlatformId }),
          limiter,
        });
      },
      now: Date.now,
      wait: (ms, aborted) => wait(ms, undefined, aborted ? { signal: aborted } : {}),
      remainingMs,
      signal,
    },
    item,
  );
});

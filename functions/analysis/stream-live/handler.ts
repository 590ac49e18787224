import { readConfig } from '../../../adapters/config.ts';
import { streamHandler } from '../../../adapters/http/stream-handler.ts';
import { createLiveReader } from '../../../adapters/live/live-reader.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createLiveStore } from '../../../adapters/stores/live-store.ts';
import { createPollStore } from '../../../adapters/stores/poll-store.ts';
import { createRateStore } from '../../../adapters/stores/rate-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { streamLiveRoutes } from '../../../contracts/routes/stream-live.ts';
import { writeRules } from '../../../platforms/registry.ts';
import { watchLive } from './stream-live.ts';

const config = readConfig(['state', 'http']);
const reader = createLiveReader({
  stores: createStores(
    config.state.table,
    {
      workspace: createWorkspaceStore,
      accounts: createAccountStore,
      live: createLiveStore,
      polls: createPollStore,
      ...structureStores,
    },
    { rates: createRateStore },
  ),
  mostADay: (platform, budget) => writeRules[platform].mostSpend(budget).dayMicros,
  now: Date.now,
});

export const handler = streamHandler(streamLiveRoutes, watchLive(reader), config.http);

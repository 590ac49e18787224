import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createQuotaStore } from '../../../adapters/stores/quota-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createEventStream } from '../../../adapters/streams/kinesis-event-stream.ts';
import { createPlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { receiveConversionsRoutes } from '../../../contracts/routes/receive-conversions.ts';
import { receiveEventsRoutes } from '../../../contracts/routes/receive-events.ts';
import { eventQuota } from '../../../domain/integrations/resolved-settings.ts';
import { receiveEvents } from './receive-events.ts';

const config = readConfig(['state', 'stream', 'schemas', 'settings', 'parameters', 'aws', 'credentials', 'http']);
const stores = createStores(config.state.table, {
  accounts: createAccountStore,
  quotas: createQuotaStore,
  ...structureStores,
});
const settings = createSettings(config);

export const handler = apiHandler(
  { ...receiveEventsRoutes, ...receiveConversionsRoutes },
  receiveEvents({
    stores,
    places: createPlaceDirectory(stores, Date.now),
    stream: createEventStream(config),
    quota: async () => eventQuota(await settings.shared()),
    now: Date.now,
  }),
  config.http,
);

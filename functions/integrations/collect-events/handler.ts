import { readConfig } from '../../../adapters/config.ts';
import { publicHandler } from '../../../adapters/http/public-handler.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createPixelOwners } from '../../../adapters/stores/pixel-store.ts';
import { createQuotaStore } from '../../../adapters/stores/quota-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createEventStream } from '../../../adapters/streams/kinesis-event-stream.ts';
import { createPlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { collectEventsRoutes } from '../../../contracts/routes/collect-events.ts';
import { mostCollectedBytes } from '../../../contracts/schemas/pixels.ts';
import { eventQuota } from '../../../domain/integrations/resolved-settings.ts';
import { collectEvents } from './collect-events.ts';
import { knownPixels } from './known-pixels.ts';

const config = readConfig(['stage', 'state', 'stream', 'schemas', 'settings', 'parameters', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { accounts: createAccountStore, quotas: createQuotaStore, ...structureStores },
  { pixelOwners: createPixelOwners },
);
const settings = createSettings(config);

export const handler = publicHandler(
  collectEventsRoutes,
  collectEvents({
    stores,
    pixelOf: knownPixels(stores.pixelOwners, Date.now),
    places: createPlaceDirectory(stores, Date.now),
    stream: createEventStream(config),
    quota: async () => eventQuota(await settings.shared()),
    telemetry: createTelemetry({ stage: config.stage.name }),
    now: Date.now,
  }),
  { mostBytes: mostCollectedBytes },
);

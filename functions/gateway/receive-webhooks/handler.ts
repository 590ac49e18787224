import { readConfig } from '../../../adapters/config.ts';
import { publicHandler } from '../../../adapters/http/public-handler.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { createAccountOwners, createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createEventStream } from '../../../adapters/streams/kinesis-event-stream.ts';
import { createPlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { receiveWebhooksRoutes } from '../../../contracts/routes/receive-webhooks.ts';
import { challenges, webhooks } from '../../../platforms/webhooks.ts';
import { receiveWebhooks } from './receive-webhooks.ts';

const config = readConfig(['stage', 'state', 'stream', 'schemas', 'secrets', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { accounts: createAccountStore, ...structureStores },
  { accountOwners: createAccountOwners },
);
const secrets = createSecrets(config);

/** A delivery tells of one thing, or of some. */
const mostBytes = 262_144;

export const handler = publicHandler(
  receiveWebhooksRoutes,
  receiveWebhooks({
    webhooks,
    challengeOf: challenges['linkedin-ads'],
    appOf: secrets.app,
    owners: stores.accountOwners,
    places: createPlaceDirectory(stores, Date.now),
    stream: createEventStream(config),
    telemetry: createTelemetry({ stage: config.stage.name }),
    now: Date.now,
  }),
  { mostBytes },
);

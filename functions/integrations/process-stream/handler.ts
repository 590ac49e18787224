import { readConfig } from '../../../adapters/config.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createLaneStore } from '../../../adapters/stores/lane-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { Table } from '../../../adapters/stores/table.ts';
import { createDeadLetters } from '../../../adapters/streams/dead-letters.ts';
import { createEventCodec } from '../../../adapters/streams/event-codec.ts';
import { createGlueRegistry } from '../../../adapters/streams/glue-registry.ts';
import { knownAccounts } from '../../../adapters/streams/known-accounts.ts';
import { LaneCache } from '../../../adapters/streams/lane-cache.ts';
import { createTelemetry } from '../../../adapters/telemetry.ts';
import { processStream } from './process-stream.ts';
import type { StreamDelivery } from './stream-records.ts';

const config = readConfig(['stage', 'state', 'schemas', 'deadLetters', 'aws', 'credentials']);
const table = new Table(config.state.table);
const ports = {
  codec: createEventCodec(createGlueRegistry(config)),
  accountOf: knownAccounts(createStores(table, { accounts: createAccountStore }), Date.now),
  lanes: new LaneCache((workspaceId, lane) => createLaneStore(table, { workspaceId, lane })),
  deadLetters: createDeadLetters(config),
  telemetry: createTelemetry({ stage: config.stage.name, capability: 'process-stream' }),
  now: Date.now,
};

export const handler = (delivery: StreamDelivery) => processStream(delivery, ports);

import { createBus } from '../../../adapters/bus.ts';
import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import { publishInput } from '../../../contracts/etl.ts';
import { publishRollups } from './publish-rollups.ts';

const config = readConfig(['state', 'lake', 'bus', 'warehouse', 'aws', 'credentials']);
const stores = createStores(config.state.table, {
  accounts: createAccountStore,
  runs: createRunStore,
  rollups: createRollupStore,
});
const lake = createLake(config);
const warehouse = createWarehouse(config);
const bus = createBus(config);

export const handler = stepHandler(publishInput, (input, { telemetry, remainingMs }) =>
  publishRollups(
    { stores: stores.forWorkspace(input.workspaceId), lake, warehouse, bus, now: Date.now, telemetry, remainingMs },
    input,
  ),
);

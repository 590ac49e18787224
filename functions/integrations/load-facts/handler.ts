import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import { loadInput } from '../../../contracts/etl.ts';
import { loadFacts } from './load-facts.ts';

const config = readConfig(['state', 'warehouse', 'aws', 'credentials']);
const stores = createStores(config.state.table, { runs: createRunStore });
const warehouse = createWarehouse(config);

export const handler = stepHandler(loadInput, (input) =>
  loadFacts({ runs: stores.forWorkspace(input.item.workspaceId).runs, warehouse, now: Date.now }, input),
);

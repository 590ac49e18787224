import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { etlItem } from '../../../contracts/etl.ts';
import { descriptors, mappings } from '../../../platforms/registry.ts';
import { transformReport } from './transform-report.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const stores = createStores(config.state.table, { runs: createRunStore, ...structureStores });
const lake = createLake(config);

export const handler = stepHandler(etlItem, (item) =>
  transformReport(
    {
      stores: stores.forWorkspace(item.workspaceId),
      lake,
      mapping: mappings[item.platform],
      descriptor: descriptors[item.platform],
      now: Date.now,
    },
    item,
  ),
);

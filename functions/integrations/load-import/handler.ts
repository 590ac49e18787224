import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createImportStore } from '../../../adapters/stores/import-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import { importWork } from '../../../contracts/schemas/imports.ts';
import { descriptors, downloadedReports } from '../../../platforms/registry.ts';
import { loadImport } from './load-import.ts';

const config = readConfig(['state', 'lake', 'warehouse', 'aws', 'credentials']);
const stores = createStores(config.state.table, {
  accounts: createAccountStore,
  imports: createImportStore,
  runs: createRunStore,
});
const lake = createLake(config);
const warehouse = createWarehouse(config);

export const handler = stepHandler(importWork, (work) =>
  loadImport(
    {
      stores: stores.forWorkspace(work.workspaceId),
      lake,
      warehouse,
      reports: Object.values(downloadedReports),
      grainsOf: (platform) => descriptors[platform].supports.grains,
      now: Date.now,
    },
    work,
  ),
);

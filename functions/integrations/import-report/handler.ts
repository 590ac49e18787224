import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createImportWorkflow } from '../../../adapters/import-workflow.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createImportStore } from '../../../adapters/stores/import-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { importReportRoutes } from '../../../contracts/routes/import-report.ts';
import { descriptors, downloadedReports } from '../../../platforms/registry.ts';
import { importReport } from './import-report.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'importing', 'http']);

export const handler = apiHandler(
  importReportRoutes,
  importReport({
    stores: createStores(config.state.table, { accounts: createAccountStore, imports: createImportStore }),
    lake: createLake(config),
    workflow: createImportWorkflow(config),
    reports: Object.values(downloadedReports),
    grainsOf: (platform) => descriptors[platform].supports.grains,
    now: Date.now,
  }),
  config.http,
);

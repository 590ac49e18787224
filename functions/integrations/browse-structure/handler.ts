import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { browseStructureRoutes } from '../../../contracts/routes/browse-structure.ts';
import { browseStructure } from './browse-structure.ts';

const config = readConfig(['state', 'http']);

export const handler = apiHandler(
  browseStructureRoutes,
  browseStructure(createStores(config.state.table, { accounts: createAccountStore, ...structureStores })),
  config.http,
);

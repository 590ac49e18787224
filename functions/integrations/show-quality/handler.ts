import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createQualityStore } from '../../../adapters/stores/quality-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { showQualityRoutes } from '../../../contracts/routes/show-quality.ts';
import { showQuality } from './show-quality.ts';

const config = readConfig(['state', 'http']);
const stores = createStores(config.state.table, {
  accounts: createAccountStore,
  runs: createRunStore,
  quality: createQualityStore,
});

export const handler = apiHandler(showQualityRoutes, showQuality({ stores }), config.http);

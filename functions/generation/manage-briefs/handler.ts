import { createBus } from '../../../adapters/bus.ts';
import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAssetStore } from '../../../adapters/stores/asset-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createBriefStore } from '../../../adapters/stores/brief-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageBriefsRoutes } from '../../../contracts/routes/manage-briefs.ts';
import { manageBriefs } from './manage-briefs.ts';

const config = readConfig(['state', 'bus', 'aws', 'credentials', 'http']);
const bus = createBus(config);

export const handler = apiHandler(
  manageBriefsRoutes,
  manageBriefs({
    stores: createStores(config.state.table, {
      briefs: createBriefStore,
      accounts: createAccountStore,
      assets: createAssetStore,
      audit: createAuditStore,
    }),
    askReading: (asked) => bus.put('brief.reading.asked', [asked]),
    now: Date.now,
  }),
  config.http,
);

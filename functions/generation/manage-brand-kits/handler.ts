import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAssetStore } from '../../../adapters/stores/asset-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createBrandKitStore } from '../../../adapters/stores/brief-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageBrandKitsRoutes } from '../../../contracts/routes/manage-brand-kits.ts';
import { manageBrandKits } from './manage-brand-kits.ts';

const config = readConfig(['state', 'http']);

export const handler = apiHandler(
  manageBrandKitsRoutes,
  manageBrandKits({
    stores: createStores(config.state.table, {
      brandKits: createBrandKitStore,
      assets: createAssetStore,
      audit: createAuditStore,
    }),
    now: Date.now,
  }),
  config.http,
);

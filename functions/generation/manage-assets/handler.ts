import { readConfig } from '../../../adapters/config.ts';
import { createObjectLinks } from '../../../adapters/generation/picture-links.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { openModerator, thresholdsIn } from '../../../adapters/moderation/open-moderator.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createAssetStore } from '../../../adapters/stores/asset-store.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageAssetsRoutes } from '../../../contracts/routes/manage-assets.ts';
import { manageAssets } from './manage-assets.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'guardrail', 'aws', 'credentials', 'http']);
const settings = createSettings(config);

export const handler = apiHandler(
  manageAssetsRoutes,
  manageAssets({
    stores: createStores(config.state.table, {
      assets: createAssetStore,
      audit: createAuditStore,
      settings: createSettingsStore,
    }),
    lake: createLake(config),
    moderator: openModerator(config),
    thresholdsOf: async (own) => thresholdsIn(await settings.forWorkspace(own)),
    linkTo: createObjectLinks(config),
    now: Date.now,
  }),
  config.http,
);

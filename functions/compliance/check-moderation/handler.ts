import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { openModerator, thresholdsIn } from '../../../adapters/moderation/open-moderator.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { checkModerationRoutes } from '../../../contracts/routes/check-moderation.ts';
import { checkModeration } from './check-moderation.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'guardrail', 'aws', 'credentials', 'http']);
const lake = createLake(config);
const settings = createSettings(config);
const stores = createStores(config.state.table, { settings: createSettingsStore });

export const handler = apiHandler(
  checkModerationRoutes,
  checkModeration({
    moderator: openModerator(config),
    thresholdsOf: async (workspaceId) => thresholdsIn(await settings.forWorkspace(stores.forWorkspace(workspaceId))),
    exists: async (key) => (await lake.get(key)) !== undefined,
  }),
  config.http,
);

import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { manageSettingsRoutes } from '../../../contracts/routes/manage-settings.ts';
import { manageSettings } from './manage-settings.ts';

const config = readConfig(['state', 'settings', 'parameters', 'aws', 'credentials', 'http']);

export const handler = apiHandler(
  manageSettingsRoutes,
  manageSettings({
    stores: createStores(config.state.table, { settings: createSettingsStore }),
    settings: createSettings(config),
    now: Date.now,
  }),
  config.http,
);

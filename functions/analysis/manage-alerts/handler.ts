import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createRollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import { refusalOf } from '../../../adapters/outside-post.ts';
import { createSecretsClient } from '../../../adapters/secrets.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAlertRuleStore } from '../../../adapters/stores/alert-rule-store.ts';
import { createAlertStore } from '../../../adapters/stores/alert-store.ts';
import { createLiveStore } from '../../../adapters/stores/live-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createWebhookSecrets } from '../../../adapters/webhook-secrets.ts';
import { newWebhookSecret } from '../../../adapters/webhook-signature.ts';
import { manageAlertsRoutes } from '../../../contracts/routes/manage-alerts.ts';
import { manageOpenAlerts } from './manage-open-alerts.ts';
import { manageRules } from './manage-rules.ts';

/** Facts of previews. */
const cacheBytes = 64 * 1024 * 1024;

const config = readConfig(['state', 'lake', 'secrets', 'aws', 'credentials', 'http']);
const lake = createLake(config);
const ports = {
  stores: createStores(config.state.table, {
    live: createLiveStore,
    accounts: createAccountStore,
    campaigns: structureStores.campaigns,
    rollups: createRollupStore,
    alertRules: createAlertRuleStore,
    alerts: createAlertStore,
  }),
  rollups: createRollupCache((key) => lake.getPacked(key), cacheBytes),
  secrets: createWebhookSecrets(createSecretsClient(), config.secrets.prefix),
  newSecret: newWebhookSecret,
  refusalOf,
  now: Date.now,
};

export const handler = apiHandler(
  manageAlertsRoutes,
  { ...manageRules(ports), ...manageOpenAlerts(ports) },
  config.http,
);

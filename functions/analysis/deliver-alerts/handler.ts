import { createBus } from '../../../adapters/bus.ts';
import { readConfig } from '../../../adapters/config.ts';
import { createMail } from '../../../adapters/mail.ts';
import { createOutsidePost } from '../../../adapters/outside-post.ts';
import { createSecretsClient } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAlertStore, createDueAlertStore } from '../../../adapters/stores/alert-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWebhookSecrets } from '../../../adapters/webhook-secrets.ts';
import { deliverAlerts, deliverEvent } from './deliver-alerts.ts';

const config = readConfig(['state', 'bus', 'secrets', 'settings', 'parameters', 'http', 'aws', 'credentials']);
const stores = createStores(config.state.table, { alerts: createAlertStore }, { dueAlerts: createDueAlertStore });
const bus = createBus(config);
const post = createOutsidePost();
const secrets = createWebhookSecrets(createSecretsClient(), config.secrets.prefix);
const mail = createMail(config);
const settings = createSettings(config);

/** When an alert was opened or resolved, and each minute for what is to be tried again. */
export const handler = stepHandler(deliverEvent, (_, { telemetry, remainingMs }) =>
  deliverAlerts({
    due: stores.dueAlerts,
    alertsOf: (workspaceId) => stores.forWorkspace(workspaceId).alerts,
    post,
    secrets,
    mail,
    tell: (name, detail) => bus.put(name, [detail]),
    mailFrom: async () => (await settings.shared()).get('alerts.mailFrom'),
    dashboard: config.http.allowedOrigin,
    now: Date.now,
    remainingMs,
    failed: ({ id, workspaceId, channel }, error) =>
      telemetry.error('alert not delivered', error, { workspaceId, channel, deliveryId: id }),
    gaveUp: ({ id, workspaceId, channel }, reason) => {
      telemetry.warn('alert given up', { workspaceId, channel, deliveryId: id, reason });
      telemetry.metric('alertDeliveriesGivenUp', 1, 'Count', { channel });
    },
  }),
);

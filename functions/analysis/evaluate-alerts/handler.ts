import { createBus } from '../../../adapters/bus.ts';
import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createRollupCache } from '../../../adapters/metrics/rollup-cache.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createAlertRuleStore } from '../../../adapters/stores/alert-rule-store.ts';
import { createAlertStore } from '../../../adapters/stores/alert-store.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createLiveStore } from '../../../adapters/stores/live-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { evaluateAlerts, evaluateEvent } from './evaluate-alerts.ts';

/** Of one workspace after another: what is looked at together is of one load. */
const cacheBytes = 128 * 1024 * 1024;

const config = readConfig(['state', 'lake', 'bus', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  {
    live: createLiveStore,
    accounts: createAccountStore,
    campaigns: structureStores.campaigns,
    rollups: createRollupStore,
    alertRules: createAlertRuleStore,
    alerts: createAlertStore,
  },
  { identity: createIdentityStore },
);
const lake = createLake(config);
const rollups = createRollupCache((key) => lake.getPacked(key), cacheBytes);
const bus = createBus(config);

/** Each minute, and whenever facts were loaded. */
export const handler = stepHandler(evaluateEvent, (event, { telemetry, remainingMs }) =>
  evaluateAlerts(
    {
      workspaceIds: () => stores.identity.workspaceIds(),
      portsOf: (workspaceId) => ({
        own: stores.forWorkspace(workspaceId),
        rollups,
        tell: (name, detail) => bus.put(name, [detail]),
        now: Date.now,
        remainingMs,
        warn: (message, fields) => telemetry.warn(message, { workspaceId, ...fields }),
      }),
      now: Date.now,
      remainingMs,
      failed: (workspaceId, error) => telemetry.error('alert rules not looked at', error, { workspaceId }),
    },
    event,
  ),
);

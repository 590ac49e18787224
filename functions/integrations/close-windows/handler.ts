import * as z from 'zod/mini';
import { createBus } from '../../../adapters/bus.ts';
import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createClosedWindowStore } from '../../../adapters/stores/closed-window-store.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createLiveStore } from '../../../adapters/stores/live-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { closeAllWindows } from './close-all-windows.ts';

const config = readConfig(['state', 'bus', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { accounts: createAccountStore, live: createLiveStore, closedWindows: createClosedWindowStore },
  { identity: createIdentityStore },
);
const bus = createBus(config);

/** Each minute. */
export const handler = stepHandler(z.object({}), (_, { telemetry, remainingMs }) =>
  closeAllWindows({
    workspaceIds: () => stores.identity.workspaceIds(),
    portsOf: (workspaceId) => ({
      own: stores.forWorkspace(workspaceId),
      tell: (detail) => bus.put('metrics.window.closed', [detail]),
      now: Date.now,
      remainingMs,
    }),
    now: Date.now,
    remainingMs,
    failed: (workspaceId, error) => telemetry.error('windows not closed', error, { workspaceId }),
  }),
);

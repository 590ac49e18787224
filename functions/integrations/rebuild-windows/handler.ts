import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createLiveStore } from '../../../adapters/stores/live-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { Table } from '../../../adapters/stores/table.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import { rebuildWindows as asked } from '../../../contracts/window-rebuild.ts';
import { rebuildWindows } from './rebuild-windows.ts';

const config = readConfig(['state', 'warehouse', 'aws', 'credentials']);
const table = new Table(config.state.table);
const stores = createStores(table, { accounts: createAccountStore, live: createLiveStore });
const warehouse = createWarehouse(config, undefined, { deadlineMs: 10 * 60_000, now: Date.now, wait });

/** For operators: `npm run streams`; not reachable over HTTP. */
export const handler = stepHandler(asked, async (input, { telemetry, remainingMs }) => {
  const outcome = await rebuildWindows({ table, stores, warehouse, now: Date.now, remainingMs }, input);
  const { differences: _, ...told } = outcome;
  telemetry.info('windows held against the lake', { ...told, mode: input.mode, workspaceId: input.workspaceId });
  return outcome;
});

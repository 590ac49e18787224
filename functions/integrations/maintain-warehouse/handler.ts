import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createOperationsStore } from '../../../adapters/stores/operations-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import { type Maintained, maintainWarehouse, maintenanceTasks } from '../../../contracts/maintenance.ts';
import { retention } from '../../../contracts/retention.ts';
import { applyRetention } from './apply-retention.ts';
import { evolveSchema } from './evolve-schema.ts';
import { tendTables } from './tend-tables.ts';

/** Compaction of a month's small files takes minutes at most; a statement that takes longer is stopped. */
const statementMs = 5 * 60_000;

const config = readConfig(['state', 'lake', 'warehouse', 'parameters', 'settings', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { rollups: createRollupStore },
  { identity: createIdentityStore, operations: createOperationsStore },
);
const lake = createLake(config);
const settings = createSettings(config);
const warehouse = createWarehouse(config, undefined, { deadlineMs: statementMs, now: Date.now, wait });

/** Retention with the days that an operator has set. */
async function configuredRules() {
  const days = (await settings.shared()).get('retention.facts.days');
  return { rollups: retention.rollups, facts: { ...retention.facts, ...(days !== null && { days }) } };
}

/** For deployments, local starts and the daily schedule; not reachable over HTTP. */
export const handler = stepHandler(
  maintainWarehouse,
  async (input, { telemetry, remainingMs }): Promise<Maintained> => {
    const tasks = new Set(input.tasks ?? maintenanceTasks);
    const { operations } = stores;
    const now = Date.now;
    const columnsAdded = tasks.has('schema') ? await evolveSchema({ warehouse, operations, now }) : [];
    const removed = tasks.has('retention')
      ? await applyRetention({ stores, lake, warehouse, now, rules: await configuredRules() })
      : { rollupsRemoved: 0, factsExpired: [] };
    const tended = tasks.has('tending')
      ? await tendTables({ warehouse, operations, now, remainingMs, statementMs })
      : { tended: [], left: [] };
    const done = { columnsAdded, ...removed, ...tended };
    telemetry.info('maintained', done);
    return done;
  },
);

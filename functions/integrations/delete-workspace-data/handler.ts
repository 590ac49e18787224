import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createSecretRemoval } from '../../../adapters/secret-removal.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createDeletionStore } from '../../../adapters/stores/deletion-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceData } from '../../../adapters/stores/workspace-data.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { createWarehouse } from '../../../adapters/warehouse.ts';
import { deleteWorkspaceData } from '../../../contracts/workspace-deletion.ts';
import { deleteWorkspace } from './delete-workspace-data.ts';

const config = readConfig(['stage', 'state', 'lake', 'warehouse', 'secrets', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { workspace: createWorkspaceStore, runs: createRunStore, data: createWorkspaceData },
  { deletions: createDeletionStore },
);
const lake = createLake(config);
const secrets = {
  connections: createSecretRemoval(config, 'connections'),
  'alert-webhooks': createSecretRemoval(config, 'alert-webhooks'),
};
const warehouse = createWarehouse(config, undefined, { deadlineMs: 10 * 60_000, now: Date.now, wait });

/** For operators: `npm run workspace -- delete`. Not reachable over HTTP. */
export const handler = stepHandler(deleteWorkspaceData, async (order, { telemetry, remainingMs }) => {
  const answer = await deleteWorkspace(
    {
      stage: config.stage.name,
      stores,
      lake,
      warehouse,
      secrets,
      now: Date.now,
      remainingMs,
      newToken: () => randomBytes(18).toString('base64url'),
    },
    order,
  );
  telemetry.info('workspace deletion', { workspaceId: order.workspaceId, state: answer.state });
  return answer;
});

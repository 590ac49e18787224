import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { failure, recordFailure } from './record-failure.ts';

const stores = createStores(readConfig(['state']).state.table);

export const handler = stepHandler(failure, async (failed, { telemetry }) => {
  telemetry.warn('recorded', { itemId: failed.itemId, error: failed.error });
  telemetry.metric('failures', 1, 'Count', { scope: failed.itemId === null ? 'run' : 'account' });
  await recordFailure({ stores: stores.forWorkspace(failed.workspaceId), now: Date.now }, failed);
});

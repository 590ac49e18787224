import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { executionEnded, failureOf } from './execution-ended.ts';
import { failure, recordFailure } from './record-failure.ts';

const stores = createStores(readConfig(['state']).state.table, { accounts: createAccountStore, runs: createRunStore });

export const handler = stepHandler(z.union([failure, executionEnded]), async (told, { telemetry }) => {
  const failed = 'detail' in told ? failureOf(told) : told;
  telemetry.warn('recorded', { runId: failed.runId, itemId: failed.itemId, error: failed.error });
  telemetry.metric('failures', 1, 'Count', { scope: failed.itemId === null ? 'run' : 'account' });
  await recordFailure({ stores: stores.forWorkspace(failed.workspaceId), now: Date.now }, failed);
});

import { readConfig } from '../../../adapters/config.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createIdentityStore } from '../../../adapters/stores/identity-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { createWorkflows } from '../../../adapters/workflows.ts';
import { scheduledStart, startScheduledRuns } from './start-scheduled-runs.ts';

const config = readConfig(['state', 'workflows', 'aws', 'credentials']);
const stores = createStores(
  config.state.table,
  { workspace: createWorkspaceStore, runs: createRunStore },
  { identity: createIdentityStore },
);
const workflows = createWorkflows(config);

export const handler = stepHandler(scheduledStart, (input, { telemetry }) =>
  startScheduledRuns({ stores, workflows, now: Date.now, telemetry }, input),
);

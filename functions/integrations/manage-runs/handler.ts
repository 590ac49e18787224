import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import type { Workflows } from '../../../adapters/workflows.ts';
import { manageRuns } from './manage-runs.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials', 'workflows', 'http']);

/** The Step Functions client is loaded by the first start: most calls only read, and a cold start is spared its size. */
let opened: Promise<Workflows> | undefined;
const workflows: Workflows = {
  async startEtl(input) {
    opened ??= import('../../../adapters/workflows.ts').then(({ createWorkflows }) => createWorkflows(config));
    await (await opened).startEtl(input);
  },
};

const ports = { stores: createStores(config.state.table), workflows, lake: createLake(config), now: Date.now };

export const handler = apiHandler(manageRuns(ports), config.http);

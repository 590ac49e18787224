import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { describeSessionRoutes } from '../../../contracts/routes/describe-session.ts';
import { describeSession } from './describe-session.ts';

const config = readConfig(['state', 'http']);
const stores = createStores(config.state.table, { workspace: createWorkspaceStore });

export const handler = apiHandler(describeSessionRoutes, { getSession: describeSession(stores) }, config.http);

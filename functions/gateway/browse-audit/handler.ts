import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { browseAuditRoutes } from '../../../contracts/routes/browse-audit.ts';
import { browseAudit } from './browse-audit.ts';

const config = readConfig(['state', 'http']);
const stores = createStores(config.state.table, { audit: createAuditStore });

export const handler = apiHandler(browseAuditRoutes, browseAudit({ stores }), config.http);

import { readConfig } from '../../../adapters/config.ts';
import { fileHandler } from '../../../adapters/http/file-handler.ts';
import { createAuditStore } from '../../../adapters/stores/audit-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { exportAuditRoutes } from '../../../contracts/routes/export-audit.ts';
import { exportAudit } from './export-audit.ts';

const config = readConfig(['state', 'http']);
const stores = createStores(config.state.table, { audit: createAuditStore });

export const handler = fileHandler(exportAuditRoutes, exportAudit({ stores }), config.http);

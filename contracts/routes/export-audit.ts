import * as z from 'zod/mini';
import type { Route } from '../route.ts';
import { auditExportQuery } from '../schemas/audit.ts';

export const exportAuditRoutes = {
  exportAudit: {
    method: 'GET',
    path: '/v1/audit/export',
    summary: 'The audit trail as a file, oldest first; JSON lines hold all that verification needs',
    handler: 'gateway/export-audit',
    scope: 'audit.read',
    query: auditExportQuery,
    streaming: 'file',
    success: { status: 200, schema: z.string() },
  },
} as const satisfies Record<string, Route>;

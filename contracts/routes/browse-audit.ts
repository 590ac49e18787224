import type { Route } from '../route.ts';
import { auditPage, auditQuery, auditVerification, auditVerificationQuery } from '../schemas/audit.ts';

export const browseAuditRoutes = {
  listAudit: {
    method: 'GET',
    path: '/v1/audit',
    summary: 'What was done, by whom and why, newest first',
    handler: 'gateway/browse-audit',
    scope: 'audit.read',
    query: auditQuery,
    success: { status: 200, schema: auditPage },
  },
  verifyAudit: {
    method: 'GET',
    path: '/v1/audit/verification',
    summary: 'Whether the audit trail is whole; if not, which entries were altered, are missing or were moved',
    handler: 'gateway/browse-audit',
    scope: 'audit.read',
    query: auditVerificationQuery,
    success: { status: 200, schema: auditVerification },
  },
} as const satisfies Record<string, Route>;

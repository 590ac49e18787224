import type { Route } from '../route.ts';
import { changeGuardrailsBody, guardrails } from '../schemas/guardrails.ts';

export const manageGuardrailsRoutes = {
  getGuardrails: {
    method: 'GET',
    path: '/v1/guardrails',
    summary: 'What bounds every change of the workspace',
    handler: 'integrations/manage-guardrails',
    scope: 'guardrails.read',
    success: { status: 200, schema: guardrails },
  },
  changeGuardrails: {
    method: 'PATCH',
    path: '/v1/guardrails',
    summary: 'Tighten or loosen the guardrails; what is loosened goes into the audit trail',
    handler: 'integrations/manage-guardrails',
    scope: 'guardrails.write',
    body: changeGuardrailsBody,
    success: { status: 200, schema: guardrails },
    conditional: true,
  },
} as const satisfies Record<string, Route>;

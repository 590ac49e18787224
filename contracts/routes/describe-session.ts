import type { Route } from '../route.ts';
import { session } from '../schemas/structure.ts';

export const describeSessionRoutes = {
  getSession: {
    method: 'GET',
    path: '/v1/session',
    summary: 'The signed-in workspace, role and scopes',
    handler: 'gateway/describe-session',
    scope: 'accounts.read',
    success: { status: 200, schema: session },
  },
} as const satisfies Record<string, Route>;

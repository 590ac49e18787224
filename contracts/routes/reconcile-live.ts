import type { Route } from '../route.ts';
import { reconciliationAnswer, reconciliationQuery } from '../schemas/reconciliation.ts';

export const reconcileLiveRoutes = {
  reconcileLive: {
    method: 'GET',
    path: '/v1/metrics/live/reconciliation',
    summary: 'What the stream counted of a day beside the loaded facts, and where the difference comes from',
    handler: 'analysis/reconcile-live',
    scope: 'metrics.read',
    query: reconciliationQuery,
    success: { status: 200, schema: reconciliationAnswer },
  },
} as const satisfies Record<string, Route>;

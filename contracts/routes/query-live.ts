import type { Route } from '../route.ts';
import { liveAnswer, liveQuery } from '../schemas/live.ts';

export const queryLiveRoutes = {
  queryLive: {
    method: 'GET',
    path: '/v1/metrics/live',
    summary: 'The last minutes, pacing against budgets and what the day comes to',
    handler: 'analysis/query-live',
    scope: 'metrics.read',
    query: liveQuery,
    success: { status: 200, schema: liveAnswer },
  },
} as const satisfies Record<string, Route>;

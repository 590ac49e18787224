import type { Route } from '../route.ts';
import { metricsAnswer, metricsQuery } from '../schemas/metrics.ts';

export const queryMetricsRoutes = {
  queryMetrics: {
    method: 'GET',
    path: '/v1/metrics',
    summary: 'Metrics by any grouping, in one currency',
    handler: 'analysis/query-metrics',
    scope: 'metrics.read',
    query: metricsQuery,
    success: { status: 200, schema: metricsAnswer },
  },
} as const satisfies Record<string, Route>;

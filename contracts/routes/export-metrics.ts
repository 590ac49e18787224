import * as z from 'zod/mini';
import type { Route } from '../route.ts';
import { metricsExportQuery } from '../schemas/metrics-export.ts';

export const exportMetricsRoutes = {
  exportMetrics: {
    method: 'GET',
    path: '/v1/metrics/export',
    summary: 'All rows of a metrics question as a file',
    handler: 'analysis/export-metrics',
    scope: 'metrics.read',
    query: metricsExportQuery,
    streaming: 'file',
    success: { status: 200, schema: z.string() },
  },
} as const satisfies Record<string, Route>;

import type { Route } from '../route.ts';
import { runDetail, runPath } from '../schemas/pipelines.ts';

export const streamRunProgressRoutes = {
  watchEtlRun: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs/{runId}/progress',
    summary: 'The progress of a data load as it happens',
    handler: 'integrations/stream-run-progress',
    scope: 'pipelines.read',
    pathParams: runPath,
    success: { status: 200, schema: runDetail },
    streaming: 'events',
  },
} as const satisfies Record<string, Route>;

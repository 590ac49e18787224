import type { Route } from '../route.ts';
import {
  listRunsQuery,
  quarantinePage,
  quarantineQuery,
  run,
  runDetail,
  runPage,
  runPath,
  startRunBody,
} from '../schemas/pipelines.ts';

export const manageRunsRoutes = {
  startEtlRun: {
    method: 'POST',
    path: '/v1/pipelines/etl/runs',
    summary: 'Load data from the platforms now',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.run',
    body: startRunBody,
    success: { status: 202, schema: run },
    idempotent: true,
  },
  listEtlRuns: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs',
    summary: 'Data loads, newest first',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.read',
    query: listRunsQuery,
    success: { status: 200, schema: runPage },
  },
  getEtlRun: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs/{runId}',
    summary: 'One data load with the progress of each account',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.read',
    pathParams: runPath,
    success: { status: 200, schema: runDetail },
  },
  listQuarantine: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs/{runId}/quarantine',
    summary: 'Rows a load refused, with reasons',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.read',
    pathParams: runPath,
    query: quarantineQuery,
    success: { status: 200, schema: quarantinePage },
  },
} as const satisfies Record<string, Route>;

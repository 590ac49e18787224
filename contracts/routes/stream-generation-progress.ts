import type { Route } from '../route.ts';
import { generationRunDetail } from '../schemas/generation-runs.ts';
import { runPath } from '../schemas/pipelines.ts';

export const streamGenerationProgressRoutes = {
  watchGenerationRun: {
    method: 'GET',
    path: '/v1/pipelines/campaign-generation/runs/{runId}/progress',
    summary: 'The steps of a run from a brief to campaigns as they are taken',
    handler: 'generation/stream-generation-progress',
    scope: 'creatives.read',
    pathParams: runPath,
    success: { status: 200, schema: generationRunDetail },
    streaming: 'events',
  },
} as const satisfies Record<string, Route>;

import type { Route } from '../route.ts';
import {
  decideRunBody,
  generationRun,
  generationRunDetail,
  generationRunPage,
  listGenerationRunsQuery,
  startGenerationBody,
} from '../schemas/generation-runs.ts';
import { runPath } from '../schemas/pipelines.ts';

const handler = 'generation/manage-generation-runs';
const runs = '/v1/pipelines/campaign-generation/runs';

export const manageGenerationRunsRoutes = {
  startGenerationRun: {
    method: 'POST',
    path: runs,
    summary: 'Make campaigns from a brief: facts, plan, copy, images, checks; then it waits for a decision',
    handler,
    scope: 'creatives.write',
    body: startGenerationBody,
    success: { status: 202, schema: generationRun },
    idempotent: true,
  },
  listGenerationRuns: {
    method: 'GET',
    path: runs,
    summary: 'Runs from briefs to campaigns, newest first',
    handler,
    scope: 'creatives.read',
    query: listGenerationRunsQuery,
    success: { status: 200, schema: generationRunPage },
  },
  getGenerationRun: {
    method: 'GET',
    path: `${runs}/{runId}`,
    summary: 'One run with its steps, plan, decisions and what was launched',
    handler,
    scope: 'creatives.read',
    pathParams: runPath,
    success: { status: 200, schema: generationRunDetail },
  },
  cancelGenerationRun: {
    method: 'POST',
    path: `${runs}/{runId}/cancel`,
    summary: 'End a run before it launches; its creatives stay to be looked at',
    handler,
    scope: 'creatives.write',
    pathParams: runPath,
    success: { status: 202, schema: generationRun },
  },
  resumeGenerationRun: {
    method: 'POST',
    path: `${runs}/{runId}/resume`,
    summary: 'Go on with a run that failed, was cancelled or died; what it made stays made',
    handler,
    scope: 'creatives.write',
    pathParams: runPath,
    success: { status: 202, schema: generationRun },
  },
  decideGenerationRun: {
    method: 'POST',
    path: `${runs}/{runId}/decision`,
    summary: 'Approve the creatives of a run, send them back with a comment, or reject them',
    handler,
    scope: 'creatives.approve',
    pathParams: runPath,
    body: decideRunBody,
    success: { status: 202, schema: generationRunDetail },
    idempotent: true,
  },
} as const satisfies Record<string, Route>;

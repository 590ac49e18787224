import type { Route } from '../route.ts';
import { qualityPage, qualityQuery } from '../schemas/quality.ts';

export const showQualityRoutes = {
  listQuality: {
    method: 'GET',
    path: '/v1/quality',
    summary: 'What the checks say of the data: the latest of each account, or those of one load',
    handler: 'integrations/show-quality',
    scope: 'pipelines.read',
    query: qualityQuery,
    success: { status: 200, schema: qualityPage },
  },
} as const satisfies Record<string, Route>;

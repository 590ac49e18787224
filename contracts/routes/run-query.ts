import type { Route } from '../route.ts';
import { analystAnswer, analystQuery } from '../schemas/analyst-query.ts';

export const runQueryRoutes = {
  runQuery: {
    method: 'POST',
    path: '/v1/query',
    summary: 'One read-only SQL query over the facts of the workspace',
    handler: 'analysis/run-query',
    scope: 'query.run',
    body: analystQuery,
    success: { status: 200, schema: analystAnswer },
  },
} as const satisfies Record<string, Route>;

import type { Route } from '../route.ts';
import { liveEvent, liveEventsQuery } from '../schemas/live.ts';

export const streamLiveRoutes = {
  watchLive: {
    method: 'GET',
    path: '/v1/metrics/live/events',
    summary: 'The last minutes as they are counted',
    handler: 'analysis/stream-live',
    scope: 'metrics.read',
    query: liveEventsQuery,
    success: { status: 200, schema: liveEvent },
    streaming: 'events',
  },
} as const satisfies Record<string, Route>;

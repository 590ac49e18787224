import type { Route } from '../route.ts';
import { documentedEvents, eventsBody, receivedEvents } from '../schemas/stream-input.ts';

export const receiveEventsRoutes = {
  receiveEvents: {
    method: 'POST',
    path: '/v1/events',
    summary: 'Send what happened: one event or up to 500',
    handler: 'integrations/receive-events',
    scope: 'events.write',
    body: eventsBody,
    documentedBody: documentedEvents,
    success: { status: 202, schema: receivedEvents },
  },
} as const satisfies Record<string, Route>;

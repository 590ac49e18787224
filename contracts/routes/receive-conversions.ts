import type { Route } from '../route.ts';
import { conversionsBody, documentedConversions, receivedEvents } from '../schemas/stream-input.ts';

export const receiveConversionsRoutes = {
  receiveConversions: {
    method: 'POST',
    path: '/v1/conversions',
    summary: 'Send orders and refunds from your server, with consent, click ids and identifiers',
    handler: 'integrations/receive-events',
    scope: 'events.write',
    body: conversionsBody,
    documentedBody: documentedConversions,
    success: { status: 202, schema: receivedEvents },
  },
} as const satisfies Record<string, Route>;

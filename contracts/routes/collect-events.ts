import * as z from 'zod/mini';
import type { Route } from '../route.ts';
import { collectBody, collectQuery, documentedCollect, pixelPath } from '../schemas/pixels.ts';
import { receivedEvents } from '../schemas/stream-input.ts';

/** A page holds no token: the pixel's id, which nobody guesses, says for whom it is, and lets nobody read (decision 0028). */
export const collectEventsRoutes = {
  collectEvents: {
    method: 'POST',
    path: '/v1/collect/{pixelId}',
    summary: 'What a page tells its pixel: up to 20 events',
    handler: 'integrations/collect-events',
    scope: 'public',
    pathParams: pixelPath,
    body: collectBody,
    documentedBody: documentedCollect,
    success: { status: 202, schema: receivedEvents },
  },
  collectByImage: {
    method: 'GET',
    path: '/v1/collect/{pixelId}',
    summary: 'One event of a page without scripts; always answers an image',
    handler: 'integrations/collect-events',
    scope: 'public',
    pathParams: pixelPath,
    query: collectQuery,
    success: { status: 200, schema: z.string(), mediaType: 'image/gif' },
  },
} as const satisfies Record<string, Route>;

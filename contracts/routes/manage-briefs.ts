import type { Route } from '../route.ts';
import { briefDraft } from '../schemas/briefs.ts';
import {
  briefFromUrlBody,
  briefPage,
  briefPath,
  briefRecord,
  changeBriefBody,
  listBriefsQuery,
} from '../schemas/kept-briefs.ts';

const handler = 'generation/manage-briefs';

export const manageBriefsRoutes = {
  listBriefs: {
    method: 'GET',
    path: '/v1/briefs',
    summary: 'Briefs, the newest first',
    handler,
    scope: 'briefs.read',
    query: listBriefsQuery,
    success: { status: 200, schema: briefPage },
  },
  createBrief: {
    method: 'POST',
    path: '/v1/briefs',
    summary: 'Begin a brief; fields may stay open',
    handler,
    scope: 'briefs.write',
    body: briefDraft,
    success: { status: 201, schema: briefRecord },
    idempotent: true,
  },
  createBriefFromUrl: {
    method: 'POST',
    path: '/v1/briefs/from-url',
    summary: 'Begin a brief from a landing page, which is read in the background',
    handler,
    scope: 'briefs.write',
    body: briefFromUrlBody,
    success: { status: 202, schema: briefRecord },
    idempotent: true,
  },
  getBrief: {
    method: 'GET',
    path: '/v1/briefs/{briefId}',
    summary: 'One brief, what is still open, and what its landing page says',
    handler,
    scope: 'briefs.read',
    pathParams: briefPath,
    success: { status: 200, schema: briefRecord },
  },
  changeBrief: {
    method: 'PATCH',
    path: '/v1/briefs/{briefId}',
    summary: 'Change a brief, or archive it',
    handler,
    scope: 'briefs.write',
    pathParams: briefPath,
    body: changeBriefBody,
    success: { status: 200, schema: briefRecord },
    conditional: true,
  },
  readBriefPage: {
    method: 'POST',
    path: '/v1/briefs/{briefId}/reading',
    summary: 'Read the landing page of a brief, again if it was read before',
    handler,
    scope: 'briefs.write',
    pathParams: briefPath,
    success: { status: 202, schema: briefRecord },
  },
} as const satisfies Record<string, Route>;

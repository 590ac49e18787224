import type { Route } from '../route.ts';
import {
  creativePage,
  creativePath,
  creativeRecord,
  editCreativeBody,
  fixCreativeBody,
  listCreativesQuery,
} from '../schemas/creatives.ts';

const handler = 'generation/manage-creatives';

export const manageCreativesRoutes = {
  listCreatives: {
    method: 'GET',
    path: '/v1/creatives',
    summary: 'Ads that a run made, by campaign and strength',
    handler,
    scope: 'creatives.read',
    query: listCreativesQuery,
    success: { status: 200, schema: creativePage },
  },
  getCreative: {
    method: 'GET',
    path: '/v1/creatives/{creativeId}',
    summary: 'One ad with its texts, images, the facts behind them, findings and strength',
    handler,
    scope: 'creatives.read',
    pathParams: creativePath,
    success: { status: 200, schema: creativeRecord },
  },
  editCreative: {
    method: 'PATCH',
    path: '/v1/creatives/{creativeId}',
    summary: 'Change texts of an ad; it is checked anew',
    handler,
    scope: 'creatives.write',
    pathParams: creativePath,
    body: editCreativeBody,
    success: { status: 200, schema: creativeRecord },
    conditional: true,
  },
  fixCreative: {
    method: 'POST',
    path: '/v1/creatives/{creativeId}/fixes',
    summary: 'Take the suggestion of a finding; the ad is checked anew',
    handler,
    scope: 'creatives.write',
    pathParams: creativePath,
    body: fixCreativeBody,
    success: { status: 200, schema: creativeRecord },
    idempotent: true,
  },
} as const satisfies Record<string, Route>;

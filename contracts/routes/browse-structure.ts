import * as z from 'zod/mini';
import type { Route } from '../route.ts';
import { campaignId } from '../schemas/primitives.ts';
import {
  accountPage,
  adGroupPage,
  adPage,
  campaign,
  campaignPage,
  listAccountsQuery,
  listAdGroupsQuery,
  listAdsQuery,
  listCampaignsQuery,
} from '../schemas/structure.ts';

export const browseStructureRoutes = {
  listAccounts: {
    method: 'GET',
    path: '/v1/accounts',
    summary: 'Advertising accounts',
    handler: 'integrations/browse-structure',
    scope: 'accounts.read',
    query: listAccountsQuery,
    success: { status: 200, schema: accountPage },
  },
  listCampaigns: {
    method: 'GET',
    path: '/v1/campaigns',
    summary: 'Campaigns',
    handler: 'integrations/browse-structure',
    scope: 'accounts.read',
    query: listCampaignsQuery,
    success: { status: 200, schema: campaignPage },
  },
  getCampaign: {
    method: 'GET',
    path: '/v1/campaigns/{campaignId}',
    summary: 'One campaign',
    handler: 'integrations/browse-structure',
    scope: 'accounts.read',
    pathParams: z.strictObject({ campaignId }),
    success: { status: 200, schema: campaign },
  },
  listAdGroups: {
    method: 'GET',
    path: '/v1/ad-groups',
    summary: 'Ad groups',
    handler: 'integrations/browse-structure',
    scope: 'accounts.read',
    query: listAdGroupsQuery,
    success: { status: 200, schema: adGroupPage },
  },
  listAds: {
    method: 'GET',
    path: '/v1/ads',
    summary: 'Ads',
    handler: 'integrations/browse-structure',
    scope: 'accounts.read',
    query: listAdsQuery,
    success: { status: 200, schema: adPage },
  },
} as const satisfies Record<string, Route>;

import * as z from 'zod/mini';
import type { Scope } from './access.ts';
import { metricsAnswer, metricsQuery } from './schemas/metrics.ts';
import {
  listRunsQuery,
  quarantinePage,
  quarantineQuery,
  run,
  runDetail,
  runPage,
  runPath,
  startRunBody,
} from './schemas/pipelines.ts';
import { campaignId } from './schemas/primitives.ts';
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
  session,
} from './schemas/structure.ts';

type ObjectSchema = z.ZodMiniObject;

export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/v1/${string}`;
  /** In the words of the documentation's index. */
  readonly summary: string;
  /** The capability that answers, as `<module>/<capability>` under functions/. */
  readonly handler: `${string}/${string}`;
  readonly scope: Scope;
  readonly pathParams?: ObjectSchema;
  readonly query?: ObjectSchema;
  readonly body?: ObjectSchema;
  /** Success status and schema; a stream has the schema of one event. */
  readonly success: { readonly status: 200 | 201 | 202 | 204; readonly schema: z.ZodMiniType };
  /** `events`: server-sent events through the gateway's response streaming. */
  readonly streaming?: 'events';
  /** POST routes take `Idempotency-Key`. */
  readonly idempotent?: boolean;
}

/** The single table of routes. The gateway, its validators, OpenAPI, the SDKs and the docs are made from it. */
export const routes = {
  getSession: {
    method: 'GET',
    path: '/v1/session',
    summary: 'The signed-in workspace, role and scopes',
    handler: 'gateway/describe-session',
    scope: 'accounts.read',
    success: { status: 200, schema: session },
  },
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
  queryMetrics: {
    method: 'GET',
    path: '/v1/metrics',
    summary: 'Metrics by any grouping, in one currency',
    handler: 'analysis/query-metrics',
    scope: 'metrics.read',
    query: metricsQuery,
    success: { status: 200, schema: metricsAnswer },
  },
  startEtlRun: {
    method: 'POST',
    path: '/v1/pipelines/etl/runs',
    summary: 'Load data from the platforms now',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.run',
    body: startRunBody,
    success: { status: 202, schema: run },
    idempotent: true,
  },
  listEtlRuns: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs',
    summary: 'Data loads, newest first',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.read',
    query: listRunsQuery,
    success: { status: 200, schema: runPage },
  },
  getEtlRun: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs/{runId}',
    summary: 'One data load with the progress of each account',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.read',
    pathParams: runPath,
    success: { status: 200, schema: runDetail },
  },
  listQuarantine: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs/{runId}/quarantine',
    summary: 'Rows a load refused, with reasons',
    handler: 'integrations/manage-runs',
    scope: 'pipelines.read',
    pathParams: runPath,
    query: quarantineQuery,
    success: { status: 200, schema: quarantinePage },
  },
  watchEtlRun: {
    method: 'GET',
    path: '/v1/pipelines/etl/runs/{runId}/progress',
    summary: 'The progress of a data load as it happens',
    handler: 'integrations/stream-run-progress',
    scope: 'pipelines.read',
    pathParams: runPath,
    success: { status: 200, schema: runDetail },
    streaming: 'events',
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

import type { Route } from './route.ts';
import { browseAuditRoutes } from './routes/browse-audit.ts';
import { browseStructureRoutes } from './routes/browse-structure.ts';
import { checkModerationRoutes } from './routes/check-moderation.ts';
import { checkPolicyRoutes } from './routes/check-policy.ts';
import { collectEventsRoutes } from './routes/collect-events.ts';
import { describeSessionRoutes } from './routes/describe-session.ts';
import { exportAuditRoutes } from './routes/export-audit.ts';
import { exportMetricsRoutes } from './routes/export-metrics.ts';
import { importReportRoutes } from './routes/import-report.ts';
import { manageAlertsRoutes } from './routes/manage-alerts.ts';
import { manageAssetsRoutes } from './routes/manage-assets.ts';
import { manageBrandKitsRoutes } from './routes/manage-brand-kits.ts';
import { manageBriefsRoutes } from './routes/manage-briefs.ts';
import { manageChangesRoutes } from './routes/manage-changes.ts';
import { manageConnectionsRoutes } from './routes/manage-connections.ts';
import { manageCreativesRoutes } from './routes/manage-creatives.ts';
import { manageGenerationRunsRoutes } from './routes/manage-generation-runs.ts';
import { manageGuardrailsRoutes } from './routes/manage-guardrails.ts';
import { managePixelsRoutes } from './routes/manage-pixels.ts';
import { manageReviewsRoutes } from './routes/manage-reviews.ts';
import { manageRunsRoutes } from './routes/manage-runs.ts';
import { manageSettingsRoutes } from './routes/manage-settings.ts';
import { queryLiveRoutes } from './routes/query-live.ts';
import { queryMetricsRoutes } from './routes/query-metrics.ts';
import { receiveConversionsRoutes } from './routes/receive-conversions.ts';
import { receiveEventsRoutes } from './routes/receive-events.ts';
import { receiveWebhooksRoutes } from './routes/receive-webhooks.ts';
import { reconcileLiveRoutes } from './routes/reconcile-live.ts';
import { runQueryRoutes } from './routes/run-query.ts';
import { showQualityRoutes } from './routes/show-quality.ts';
import { streamGenerationProgressRoutes } from './routes/stream-generation-progress.ts';
import { streamLiveRoutes } from './routes/stream-live.ts';
import { streamRunProgressRoutes } from './routes/stream-run-progress.ts';

/**
 * The single table of routes, a file a capability so that a function loads the schemas of its own routes and no others. The
 * gateway, its validators, OpenAPI, the SDKs and the docs are made from it.
 */
export const routes = {
  ...describeSessionRoutes,
  ...browseStructureRoutes,
  ...queryMetricsRoutes,
  ...queryLiveRoutes,
  ...reconcileLiveRoutes,
  ...exportMetricsRoutes,
  ...runQueryRoutes,
  ...manageRunsRoutes,
  ...importReportRoutes,
  ...manageConnectionsRoutes,
  ...manageSettingsRoutes,
  ...manageAlertsRoutes,
  ...manageChangesRoutes,
  ...manageGuardrailsRoutes,
  ...browseAuditRoutes,
  ...exportAuditRoutes,
  ...checkPolicyRoutes,
  ...checkModerationRoutes,
  ...manageReviewsRoutes,
  ...manageBriefsRoutes,
  ...manageAssetsRoutes,
  ...manageBrandKitsRoutes,
  ...manageGenerationRunsRoutes,
  ...manageCreativesRoutes,
  ...showQualityRoutes,
  ...streamRunProgressRoutes,
  ...streamGenerationProgressRoutes,
  ...streamLiveRoutes,
  ...receiveEventsRoutes,
  ...receiveConversionsRoutes,
  ...managePixelsRoutes,
  ...collectEventsRoutes,
  ...receiveWebhooksRoutes,
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

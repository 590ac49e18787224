import * as z from 'zod/mini';
import { alertRuleId, severities } from './schemas/alert-rules.ts';
import { alertId, moneyAtRisk, resolutions, watchedObject } from './schemas/alerts.ts';
import { accountId, instant, isoDate, platformId, runId, workspaceId } from './schemas/primitives.ts';

/** The event bus's source of everything this system says. */
export const eventSource = 'conext.ads';

const metricsLoaded = z.object({
  workspaceId,
  runId,
  accounts: z.array(z.object({ accountId, platform: platformId, from: isoDate, to: isoDate })),
  loadedAt: instant,
});

const ofAlert = {
  workspaceId,
  alertId,
  ruleId: alertRuleId,
  ruleName: z.string(),
  severity: z.enum(severities),
  object: watchedObject,
  message: z.string(),
  moneyAtRisk,
  openedAt: instant,
};
const alertOpened = z.object(ofAlert);
const alertResolved = z.object({ ...ofAlert, resolvedAt: instant, resolvedBecause: z.enum(resolutions) });

/** Events by detail type. */
export const events = {
  'metrics.loaded': metricsLoaded,
  'alert.opened': alertOpened,
  'alert.resolved': alertResolved,
} as const;
export type EventName = keyof typeof events;
export type EventDetail<N extends EventName> = z.infer<(typeof events)[N]>;

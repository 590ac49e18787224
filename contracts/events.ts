import * as z from 'zod/mini';
import { alertRuleId, severities } from './schemas/alert-rules.ts';
import { alertId, moneyAtRisk, resolutions, watchedObject } from './schemas/alerts.ts';
import { briefReference } from './schemas/generation-runs.ts';
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

/** An hour of a zone's clock for which nothing more is under way. `id` is the same whenever the same window is told again. */
const windowClosed = z.object({
  id: z.string().check(z.regex(/^win_[0-9A-Z]{26}$/)),
  workspaceId,
  grain: z.literal('hour'),
  /** IANA; of the accounts, UTC for events that name none. */
  timeZone: z.string(),
  date: isoDate,
  /** 0 to 23. Where clocks are set back one of them is longer. */
  hour: z.int().check(z.minimum(0), z.maximum(23)),
  from: instant,
  to: instant,
  /** Events that come later than usual still count in the window until then, and it is not told again. */
  changesUntil: instant,
  /** Those of the zone for which something was counted in it. */
  accounts: z.array(z.object({ accountId, platform: platformId })),
  /** Whether something was counted that names no account; UTC alone has it. */
  withoutAccount: z.boolean(),
});

/** Somebody wants the landing page of a brief read; `startedAt` tells this reading from a later one. */
const briefReadingAsked = z.object({ workspaceId, briefId: briefReference, startedAt: instant });

/** Events by detail type. */
export const events = {
  'metrics.loaded': metricsLoaded,
  'metrics.window.closed': windowClosed,
  'brief.reading.asked': briefReadingAsked,
  'alert.opened': alertOpened,
  'alert.resolved': alertResolved,
} as const;
export type EventName = keyof typeof events;
export type EventDetail<N extends EventName> = z.infer<(typeof events)[N]>;

import * as z from 'zod/mini';
import { alertMetrics, alertRuleId, severities, watchedKinds } from './alert-rules.ts';
import {
  accountId,
  currency,
  cursor,
  instant,
  micros,
  nextCursor,
  pageLimit,
  platformId,
  prefixedId,
} from './primitives.ts';

export const alertId = prefixedId('alt', 'Alert id');
export const alertPath = z.strictObject({ alertId });

export const alertStatuses = ['open', 'resolved'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export const watchedObject = z
  .object({
    kind: z.enum(watchedKinds),
    id: z.nullable(z.string()).register(z.globalRegistry, { description: 'Null for the workspace' }),
    name: z.nullable(z.string()),
    platform: z.nullable(platformId),
    accountId: z.nullable(accountId),
  })
  .register(z.globalRegistry, { id: 'WatchedObject' });
export type WatchedObject = z.infer<typeof watchedObject>;

export const moneyAtRisk = z
  .object({
    microsPerHour: z
      .nullable(micros)
      .register(z.globalRegistry, { description: 'Null where it cannot be known; `how` says why' }),
    currency: z.nullable(currency),
    how: z.string().register(z.globalRegistry, { description: 'How it was computed, in words' }),
  })
  .register(z.globalRegistry, { id: 'MoneyAtRisk', description: 'What the condition costs an hour while it lasts' });
export type MoneyAtRisk = z.infer<typeof moneyAtRisk>;

export const resolutions = ['recovered', 'no-value', 'rule-changed', 'out-of-scope'] as const;

export const alert = z
  .object({
    id: alertId,
    ruleId: alertRuleId,
    ruleName: z.string(),
    severity: z.enum(severities),
    status: z.enum(alertStatuses),
    object: watchedObject,
    message: z.string(),
    metric: z.enum(alertMetrics),
    value: z.nullable(z.number()).register(z.globalRegistry, { description: 'At `measuredAt`; null: none' }),
    limit: z.number().register(z.globalRegistry, { description: 'What it was held against' }),
    currency: z.nullable(currency),
    moneyAtRisk,
    course: z
      .array(z.object({ at: instant, value: z.nullable(z.number()) }))
      .register(z.globalRegistry, { description: 'The metric by windows, oldest first' }),
    openedAt: instant,
    measuredAt: instant,
    resolvedAt: z.nullable(instant),
    resolvedBecause: z.nullable(z.enum(resolutions)),
    acknowledgedAt: z.nullable(instant),
    acknowledgedBy: z.nullable(z.string()),
    mutedUntil: z.nullable(instant),
  })
  .register(z.globalRegistry, { id: 'Alert', description: 'A rule’s condition that holds, or held, for one object' });
export type Alert = z.infer<typeof alert>;

export const listAlertsQuery = z.strictObject({
  status: z.optional(z.enum(alertStatuses)),
  limit: z.optional(pageLimit),
  cursor: z.optional(cursor),
});
export const alertPage = z
  .object({ items: z.array(alert), nextCursor })
  .register(z.globalRegistry, { id: 'AlertPage' });

export const changeAlertBody = z
  .strictObject({
    acknowledged: z.optional(z.boolean()),
    mutedUntil: z.optional(z.nullable(instant)).register(z.globalRegistry, {
      description: 'Until then nothing of this rule and object is sent; null ends it',
    }),
  })
  .register(z.globalRegistry, { id: 'AlertChange' });

export const deliveryStates = ['pending', 'delivered', 'failed'] as const;
export const alertDelivery = z
  .object({
    id: z
      .string()
      .register(z.globalRegistry, { description: '`webhook-id` of what is sent; the same at every attempt' }),
    channel: z.enum(['webhook', 'email']),
    to: z.string(),
    of: z.enum(['opened', 'resolved']),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    dueAt: z.nullable(instant),
    lastError: z.nullable(z.string()),
    deliveredAt: z.nullable(instant),
  })
  .register(z.globalRegistry, { id: 'AlertDelivery', description: 'What was sent of an alert, and what became of it' });
export type AlertDelivery = z.infer<typeof alertDelivery>;
export const alertDeliveryList = z
  .object({ items: z.array(alertDelivery) })
  .register(z.globalRegistry, { id: 'AlertDeliveryList' });

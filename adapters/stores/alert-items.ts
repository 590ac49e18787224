import * as z from 'zod/mini';
import { alertRule, alertWebhookId } from '../../contracts/schemas/alert-rules.ts';
import { alert, alertDelivery } from '../../contracts/schemas/alerts.ts';
import { workspaceId } from '../../contracts/schemas/primitives.ts';
import type { Watch } from '../../domain/analysis/alerts/watch-step.ts';

/** Deliveries of the whole stage that are due, by when. */
export const alertOutboxPk = 'ALERT-OUTBOX';

export const ruleRecord = z.extend(alertRule, {
  /** Counts changes, so that two people do not overwrite each other. */
  revision: z.int(),
  /** Of the request that made it under an idempotency key. */
  requestHash: z.nullable(z.string()),
});
export type RuleRecord = z.infer<typeof ruleRecord>;

export const alertRecord = z.extend(alert, { revision: z.int() });
export type AlertRecord = z.infer<typeof alertRecord>;

const time = z.nullable(z.int());
export const watchRecord = z.object({
  ruleId: z.string(),
  object: z.string(),
  alertId: z.nullable(z.string()),
  clearSince: time,
  quietUntil: time,
  mutedUntil: time,
  revision: z.int(),
});
export type WatchRecord = z.infer<typeof watchRecord> & Watch;

/** What is to be told of an alert, and where: to the bus in any case. */
export const deliveryRecord = z.extend(alertDelivery, {
  channel: z.enum(['bus', 'webhook', 'email']),
  workspaceId,
  /** Webhooks: whose secret signs. */
  webhookId: z.nullable(alertWebhookId),
  /** As it was when there was something to tell: every attempt sends the same. */
  alert,
  createdAt: z.string(),
  revision: z.int(),
});
export type DeliveryRecord = z.infer<typeof deliveryRecord>;

/** How an object is named in keys. */
export const objectKey = ({ kind, id }: { readonly kind: string; readonly id: string | null }): string =>
  `${kind}#${id ?? ''}`;

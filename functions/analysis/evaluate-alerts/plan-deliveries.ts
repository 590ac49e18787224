import type { AlertRecord, DeliveryRecord, RuleRecord, WatchRecord } from '../../../adapters/stores/alert-items.ts';
import { alert as alertSchema } from '../../../contracts/schemas/alerts.ts';
import { derivedId } from '../../../domain/integrations/ids.ts';

/** The bus is told at once by whoever opens an alert; this is when the outbox looks whether it was. */
const busPatienceMs = 60_000;

/** Whether anything of a rule and object is sent. */
export const isMuted = (rule: RuleRecord | undefined, watch: Pick<WatchRecord, 'mutedUntil'>, now: number): boolean =>
  (rule?.mutedUntil != null && Date.parse(rule.mutedUntil) > now) ||
  (watch.mutedUntil !== null && watch.mutedUntil > now);

/**
 * Everything that is to be told of an alert that opened or was resolved, each under an id that the same telling always has. Muted:
 * the bus alone hears of it.
 */
export function deliveriesOf(
  workspaceId: string,
  record: AlertRecord,
  of: 'opened' | 'resolved',
  rule: Pick<RuleRecord, 'webhooks' | 'emails'> | undefined,
  { now, muted }: { readonly now: number; readonly muted: boolean },
): DeliveryRecord[] {
  const alert = alertSchema.parse(record);
  const made = (channel: DeliveryRecord['channel'], to: string, webhookId: string | null): DeliveryRecord => ({
    id: derivedId('ald', [workspaceId, alert.id, of, channel, webhookId ?? '']),
    workspaceId,
    channel,
    to,
    webhookId,
    of,
    alert,
    state: 'pending',
    attempts: 0,
    dueAt: new Date(now + (channel === 'bus' ? busPatienceMs : 0)).toISOString(),
    lastError: null,
    deliveredAt: null,
    createdAt: new Date(now).toISOString(),
    revision: 1,
  });
  const outside =
    muted || rule === undefined
      ? []
      : [
          ...rule.webhooks.map(({ id, url }) => made('webhook', url, id)),
          ...(rule.emails.length === 0 ? [] : [made('email', rule.emails.join(', '), null)]),
        ];
  return [made('bus', 'the event bus', null), ...outside];
}

import type { SendMail } from '../../../adapters/mail.ts';
import type { OutsidePost } from '../../../adapters/outside-post.ts';
import type { DeliveryRecord } from '../../../adapters/stores/alert-items.ts';
import type { WebhookSecrets } from '../../../adapters/webhook-secrets.ts';
import { signedHeaders } from '../../../adapters/webhook-signature.ts';
import type { EventDetail } from '../../../contracts/events.ts';
import { openedDetail, resolvedDetail } from '../../../domain/analysis/alerts/alert-event.ts';
import { alertMail } from './alert-mail.ts';

export interface ChannelPorts {
  readonly post: OutsidePost;
  readonly secrets: Pick<WebhookSecrets, 'get'>;
  readonly mail: SendMail;
  readonly tell: <N extends 'alert.opened' | 'alert.resolved'>(name: N, detail: EventDetail<N>) => Promise<void>;
  /** `alerts.mailFrom`; null where no operator has set it. */
  readonly mailFrom: () => Promise<string | null>;
  /** Where people open the dashboard. */
  readonly dashboard: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export type Attempt =
  | { readonly kind: 'done' }
  | {
      readonly kind: 'not';
      readonly reason: string /** Trying again would change nothing. */;
      readonly final: boolean;
    };

const done: Attempt = { kind: 'done' };

/** One attempt through each channel. */
export const channels: {
  readonly [C in DeliveryRecord['channel']]: (delivery: DeliveryRecord, ports: ChannelPorts) => Promise<Attempt>;
} = {
  async bus({ workspaceId, of, alert }, { tell }) {
    if (of === 'opened') await tell('alert.opened', openedDetail(workspaceId, alert));
    else await tell('alert.resolved', resolvedDetail(workspaceId, alert));
    return done;
  },

  async webhook({ id, to, webhookId, of, alert }, { secrets, post, now }) {
    const secret = webhookId === null ? undefined : await secrets.get(webhookId);
    if (secret === undefined) return { kind: 'not', reason: 'the webhook was removed', final: true };
    const body = JSON.stringify({
      type: `alert.${of}`,
      timestamp: of === 'opened' ? alert.openedAt : alert.resolvedAt,
      data: alert,
    });
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Conext-Ads-Alerts',
      ...signedHeaders(secret, id, now(), body),
    };
    const answer = await post(to, headers, body);
    return answer.kind === 'accepted' ? done : { kind: 'not', reason: answer.reason, final: answer.final };
  },

  async email({ to, of, alert }, { mail, mailFrom, dashboard }) {
    const from = await mailFrom();
    if (from === null) {
      return { kind: 'not', reason: 'no sender is set: an operator sets alerts.mailFrom', final: false };
    }
    const answer = await mail(alertMail(alert, of, { from, to: to.split(', '), dashboard }));
    return answer.kind === 'sent' ? done : { kind: 'not', reason: answer.reason, final: answer.final };
  },
};

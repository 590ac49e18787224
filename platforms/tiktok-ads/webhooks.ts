/**
 * What TikTok tells by itself. Signature: developers.tiktok.com/doc/webhooks-verification. Envelope: business-api.tiktok.com/portal/docs
 * 1759977800177665 (`event`, `create_time` in seconds, `content` as JSON within JSON); events of ad accounts come by the Subscription API
 * as a list, `entry`. Names within are those of the Business API.
 */
import {
  type PlatformNotice,
  type PlatformWebhooks,
  replayWindowMillis,
  type UntrustedDelivery,
  type WebhookDelivery,
} from '../../domain/integrations/platform-webhooks.ts';
import { hmacSha256Hex, sameSignature } from '../signature.ts';

type Told = Readonly<Record<string, unknown>>;

export const tiktokWebhooks: PlatformWebhooks = {
  platform: 'tiktok-ads',
  secretField: 'appSecret',
  read(delivery, secret) {
    const reason = distrust(delivery, secret);
    if (reason !== undefined) return { kind: 'untrusted', reason };
    const envelope = objectOf(delivery.body.toString('utf8'));
    if (envelope === undefined) return { kind: 'unreadable', detail: 'the body is no JSON object' };
    const entries = entriesOf(envelope);
    const notices = entries.flatMap((entry) => noticeOf(envelope, entry));
    return { kind: 'read', notices, ignored: entries.length - notices.length };
  },
};

/** `t=<seconds>,s=<hex>`, of `<t>.<body>`. */
function distrust({ header, body, now }: WebhookDelivery, secret: string): UntrustedDelivery | undefined {
  const parts = new Map(
    (header('tiktok-signature') ?? '').split(',').map((part) => {
      const [name = '', value = ''] = part.trim().split('=');
      return [name, value] as const;
    }),
  );
  const [time = '', signature = ''] = [parts.get('t'), parts.get('s')];
  if (!/^\d{1,12}$/.test(time) || signature === '') return 'unsigned';
  if (!sameSignature(signature, hmacSha256Hex(secret, `${time}.`, body))) return 'forged';
  return Math.abs(now - Number(time) * 1_000) > replayWindowMillis ? 'replayed' : undefined;
}

function entriesOf(envelope: Told): readonly Told[] {
  if (Array.isArray(envelope.entry)) return envelope.entry.filter(isObject);
  const content = typeof envelope.content === 'string' ? objectOf(envelope.content) : envelope.content;
  return [isObject(content) ? content : {}];
}

const statusFields = ['operation_status', 'secondary_status', 'review_status', 'status'] as const;

function noticeOf(envelope: Told, entry: Told): PlatformNotice[] {
  const accountPlatformId = idText(entry.advertiser_id);
  const occurredAt = secondsOf(entry.create_time) ?? secondsOf(envelope.create_time) ?? secondsOf(envelope.time);
  if (accountPlatformId === null || occurredAt === undefined) return [];
  const place = {
    accountPlatformId,
    campaignPlatformId: idText(entry.campaign_id),
    adGroupPlatformId: idText(entry.adgroup_id),
    adPlatformId: idText(entry.ad_id),
    occurredAt,
  };
  const of = String(envelope.object ?? envelope.event ?? '').toUpperCase();
  const leadId = idText(entry.lead_id) ?? (of.includes('LEAD') ? idText(entry.id) : null);
  if (leadId !== null) {
    const formId = idText(entry.page_id) ?? idText(entry.form_id);
    return [{ ...place, kind: 'lead', id: `tiktok-lead-${leadId}`, attributes: { leadId, ...(formId && { formId }) } }];
  }
  const field = statusFields.find((name) => typeof entry[name] === 'string');
  if (field === undefined) return [];
  const object = place.adPlatformId ?? place.adGroupPlatformId ?? place.campaignPlatformId ?? accountPlatformId;
  const status = String(entry[field]).slice(0, 128);
  const id = `tiktok-status-${object}-${status}-${occurredAt}`.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 128);
  return [{ ...place, kind: 'status', id, attributes: { status, statusField: field } }];
}

/** Ids are digits; they come as texts, and in some places as numbers. */
function idText(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? text : null;
}

function secondsOf(value: unknown): number | undefined {
  const seconds = Number(value);
  return value !== null && value !== '' && Number.isInteger(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

const isObject = (value: unknown): value is Told =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectOf(text: string): Told | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import type { PlatformNotice } from '../platform-webhooks.ts';
import { type EventPlace, noMeasures } from './event-input.ts';

/** A notice of a platform as an event of one workspace. */
export const noticeEvent = (
  notice: PlatformNotice,
  place: EventPlace,
  { workspaceId, receivedAt }: { readonly workspaceId: string; readonly receivedAt: number },
): StreamEvent => ({
  id: notice.id,
  workspaceId,
  kind: notice.kind,
  source: 'webhook',
  occurredAt: notice.occurredAt,
  receivedAt,
  appliesTo: null,
  platform: place.platform,
  accountId: place.accountId,
  campaignId: place.campaignId,
  adGroupId: place.adGroupId,
  adId: place.adId,
  currency: null,
  measures: { ...noMeasures, leads: notice.kind === 'lead' ? 1 : 0 },
  orderId: null,
  clickIds: null,
  consent: null,
  identifiers: null,
  attributes: { ...notice.attributes },
});

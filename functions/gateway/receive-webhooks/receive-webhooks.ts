import type { PublicCase, PublicRequest } from '../../../adapters/http/public-handler.ts';
import type { AccountOwners } from '../../../adapters/stores/account-store.ts';
import type { EventStream } from '../../../adapters/streams/event-stream.ts';
import type { PlaceDirectory } from '../../../adapters/streams/place-directory.ts';
import type { Telemetry } from '../../../adapters/telemetry.ts';
import { challengeQuery } from '../../../contracts/schemas/platform-webhooks.ts';
import type { StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { AppError } from '../../../domain/errors.ts';
import type { PlatformNotice, PlatformWebhooks } from '../../../domain/integrations/platform-webhooks.ts';
import { type EventPlace, nowhere } from '../../../domain/integrations/streaming/event-input.ts';
import { noticeEvent } from '../../../domain/integrations/streaming/notice-event.ts';

type Sender = 'tiktok-ads' | 'linkedin-ads';

export interface WebhookPorts {
  /** platforms/webhooks.ts. */
  readonly webhooks: Readonly<Record<Sender, PlatformWebhooks>>;
  readonly challengeOf: (challengeCode: string, secret: string) => string;
  /** Our app at a platform, where an operator has stored one. */
  readonly appOf: (platform: string) => Promise<Readonly<Record<string, string>> | undefined>;
  readonly owners: AccountOwners;
  readonly places: PlaceDirectory;
  readonly stream: EventStream;
  readonly telemetry: Telemetry;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * What platforms tell by themselves. Nobody is believed who has not signed with our app's secret; of what is believed the contents of leads
 * are left where they are.
 */
export function receiveWebhooks(ports: WebhookPorts) {
  return {
    receiveTikTokNotices: (request) => receive(ports, ports.webhooks['tiktok-ads'], request),
    receiveLinkedInNotices: (request) => receive(ports, ports.webhooks['linkedin-ads'], request),
    async answerLinkedInChallenge({ query }) {
      const asked = challengeQuery.safeParse(query);
      if (!asked.success) throw new AppError('invalid-request', 'A challenge is asked with challengeCode.');
      const { challengeCode } = asked.data;
      const challengeResponse = ports.challengeOf(challengeCode, await secretOf(ports, ports.webhooks['linkedin-ads']));
      return json({ challengeCode, challengeResponse });
    },
  } satisfies Record<string, PublicCase>;
}

const json = (body: object) => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

async function secretOf({ appOf }: WebhookPorts, { platform, secretField }: PlatformWebhooks): Promise<string> {
  const secret = (await appOf(platform))?.[secretField];
  if (secret === undefined || secret === '') throw distrusted(`No operator has stored our app at ${platform}.`);
  return secret;
}

const distrusted = (message: string): AppError => new AppError('forbidden', message);

async function receive(ports: WebhookPorts, sender: PlatformWebhooks, request: PublicRequest) {
  const { telemetry, stream, now } = ports;
  const { platform } = sender;
  const receivedAt = now();
  const reading = sender.read(
    { header: request.header, body: request.body, now: receivedAt },
    await secretOf(ports, sender),
  );
  if (reading.kind === 'untrusted') {
    telemetry.metric('webhooksRefused', 1, 'Count', { platform, reason: reading.reason });
    throw distrusted('The delivery is not signed as this platform signs, or it is too old.');
  }
  if (reading.kind === 'unreadable') {
    telemetry.metric('webhooksRefused', 1, 'Count', { platform, reason: 'unreadable' });
    throw new AppError('invalid-request', `The delivery cannot be read: ${reading.detail}.`);
  }
  const ignore = (count: number, reason: string): void => {
    if (count > 0) telemetry.metric('webhooksIgnored', count, 'Count', { platform, reason });
  };
  ignore(reading.ignored, 'says-nothing-counted');
  const events: StreamEvent[] = [];
  for (const notice of reading.notices) {
    const workspaces = await ports.owners.workspacesOf(platform, notice.accountPlatformId);
    if (workspaces.length === 0) ignore(1, 'unknown-account');
    for (const workspaceId of workspaces) {
      const place = await placeOf(ports.places, workspaceId, platform, notice);
      events.push(noticeEvent(notice, place, { workspaceId, receivedAt }));
    }
  }
  if (events.length > 0) {
    const { refused } = await stream.put(events);
    // The platform sends it again, and what was taken is known by its id.
    if (refused.length > 0) throw new AppError('unavailable', 'The stream had no room; send it again.');
  }
  return json({ received: events.length });
}

/** As far down as the last load has seen it; the account at least. */
async function placeOf(
  places: PlaceDirectory,
  workspaceId: string,
  platform: PlatformWebhooks['platform'],
  { accountPlatformId, campaignPlatformId, adGroupPlatformId, adPlatformId }: PlatformNotice,
): Promise<EventPlace> {
  const named = (platformId: string | null) => (platformId === null ? undefined : { platform, platformId });
  const account = { accountId: named(accountPlatformId) };
  const group = { ...account, campaignId: named(campaignPlatformId), adGroupId: named(adGroupPlatformId) };
  const found = await places.find(workspaceId, [
    { ...group, adId: adGroupPlatformId === null ? undefined : named(adPlatformId) },
    group,
    account,
  ]);
  const place = found.find((one) => one.kind === 'found');
  return place?.kind === 'found' ? place.place : nowhere;
}

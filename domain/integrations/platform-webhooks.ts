import type { PlatformId } from './platform.ts';

/** Something a platform tells by itself. Of a lead its contents are never taken: who it is stays at the platform. */
export interface PlatformNotice {
  readonly kind: 'lead' | 'status';
  /** The same for every delivery of it, so that a repeat is dropped. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly accountPlatformId: string;
  readonly campaignPlatformId: string | null;
  readonly adGroupPlatformId: string | null;
  readonly adPlatformId: string | null;
  /** Short texts without anything personal, e.g. the form of a lead, or the new status. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Why a delivery is not believed. */
export type UntrustedDelivery = 'unsigned' | 'forged' | 'replayed';

export type WebhookReading =
  | { readonly kind: 'untrusted'; readonly reason: UntrustedDelivery }
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** `ignored`: how many of it say nothing that is counted. */
  | { readonly kind: 'read'; readonly notices: readonly PlatformNotice[]; readonly ignored: number };

export interface WebhookDelivery {
  readonly header: (name: string) => string | undefined;
  /** As it came: what is signed is the very bytes. */
  readonly body: Buffer;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Deliveries that carry their time are believed this long, either way. */
export const replayWindowMillis = 5 * 60_000;

/** How one platform sends, as pure functions of the delivery and our app's secret there. */
export interface PlatformWebhooks {
  readonly platform: PlatformId;
  /** The field of our app's secret that signs. */
  readonly secretField: string;
  read(delivery: WebhookDelivery, secret: string): WebhookReading;
}

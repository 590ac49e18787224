/** What platforms send by themselves, and how it is believed. Light: no client of a platform is behind it. */
import type { PlatformWebhooks } from '../domain/integrations/platform-webhooks.ts';
import { linkedInChallenge, linkedInWebhooks } from './linkedin-ads/webhooks.ts';
import { tiktokWebhooks } from './tiktok-ads/webhooks.ts';

/** Google Ads sends none. */
export const webhooks = {
  'tiktok-ads': tiktokWebhooks,
  'linkedin-ads': linkedInWebhooks,
} as const satisfies Readonly<Record<string, PlatformWebhooks>>;

/** Platforms that ask first whether an address is ours. */
export const challenges = { 'linkedin-ads': linkedInChallenge } as const;

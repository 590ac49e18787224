import type { AccountRef } from '../../../domain/integrations/platform.ts';
import type { PlatformOperationOf, PlatformWriter } from '../../../domain/integrations/platform-writer.ts';
import { openLinkedInAdsWriter } from '../../../platforms/linkedin-ads/writer.ts';
import { createRateLimiter } from '../../../platforms/rate-limiter.ts';
import { createSimulator } from '../../../simulator/simulator.ts';
import { hurried } from '../hurried.ts';

export const wellness: AccountRef = { platformId: '507400001', currency: 'EUR', timeZone: 'UTC' };
export const page = 'urn:li:organization:10455621';
export const startAt = Date.parse('2026-11-20T11:00:00Z');

/** A writer against the simulated wire. */
export async function openWriting(answerTimeoutMs = 5_000) {
  const simulator = await createSimulator({ startAt, speed: 0, days: 30 });
  const { clientId, clientSecret, refreshToken } = simulator.linkedIn;
  const access = {
    credentials: { clientId, clientSecret, refreshToken },
    endpoints: { api: simulator.rest, oauth: simulator.rest },
    limiter: createRateLimiter(hurried),
  };
  const writer: PlatformWriter = await openLinkedInAdsWriter(access, {
    now: () => simulator.clock.now(),
    policy: { answerTimeoutMs, attempts: 1 },
  });
  return { simulator, writer, access };
}

export const euros = (amount: number) => ({ micros: Math.round(amount * 1_000_000), currency: 'EUR' });

/** An image, as far as anybody looks. */
export const picture = (content: string): Uint8Array =>
  new Uint8Array(Buffer.from(`\x89PNG\r\n\x1a\n${content}`, 'latin1'));

export const campaignDraft = (name: string): PlatformOperationOf<'create-campaign'> => ({
  do: 'create-campaign',
  name,
  type: 'sponsored-content',
  objective: 'traffic',
  politicalAdvertising: 'none',
});

export const adGroupDraft = (
  name: string,
  campaign: PlatformOperationOf<'create-ad-group'>['campaign'],
  more: Partial<PlatformOperationOf<'create-ad-group'>> = {},
): PlatformOperationOf<'create-ad-group'> => ({
  do: 'create-ad-group',
  campaign,
  name,
  dailyBudget: euros(30),
  bidding: { strategy: 'maximize-clicks' },
  targeting: { countries: ['DE'], languages: ['de'] },
  politicalAdvertising: 'none',
  ...more,
});

export const adDraft = (
  name: string,
  parent: PlatformOperationOf<'create-ad'>['parent'],
  image: string,
  more: Partial<PlatformOperationOf<'create-ad'>> = {},
): PlatformOperationOf<'create-ad'> => ({
  do: 'create-ad',
  parent,
  name,
  creative: {
    format: 'single-image',
    page,
    introduction: 'Healthy teams (and happy ones) run at noon',
    headline: 'A running club for your company',
    image: { platformId: image },
    callToAction: 'learn-more',
    landingPageUrl: 'https://www.strider.example/wellness',
  },
  ...more,
});

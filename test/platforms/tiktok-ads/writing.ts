import type { AccountRef } from '../../../domain/integrations/platform.ts';
import type {
  ObjectAddress,
  PlatformOperationOf,
  PlatformWriter,
  WriteKey,
} from '../../../domain/integrations/platform-writer.ts';
import { createRateLimiter } from '../../../platforms/rate-limiter.ts';
import { openTikTokAdsWriter } from '../../../platforms/tiktok-ads/writer.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';
import { hurried } from '../hurried.ts';

export const europe: AccountRef = {
  platformId: '7012345678901230001',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
};
export const startAt = Date.parse('2026-11-20T11:00:00Z');

/** A writer against the simulated wire, and another whose answers come late for it. */
export async function openWriting() {
  const simulator = await createSimulator({
    startAt,
    speed: 0,
    days: 30,
    tiktok: { rateLevel: 'unlimited', taskMs: 0 },
  });
  const open = (credentials: Readonly<Record<string, string>> = {}, answerTimeoutMs = 5_000): Promise<PlatformWriter> =>
    openTikTokAdsWriter(
      {
        credentials: { ...simulator.tiktok, ...credentials },
        endpoints: { api: simulator.rest },
        rateLevel: 'premium',
        limiter: createRateLimiter(hurried),
      },
      { now: () => simulator.clock.now(), policy: { answerTimeoutMs, attempts: 1 } },
    );
  return { simulator, writer: await open(), open };
}

let count = 0;
/** A key that no other operation has. */
export function newKey(): WriteKey {
  count += 1;
  return { operationId: `chg_${count}`, requestId: String(7_000_000_000 + count) };
}
export const fresh = (what: string): string => {
  count += 1;
  return `${what} ${count}`;
};

export const euros = (amount: number) => ({ micros: amount * 1_000_000, currency: 'EUR' });

export const campaignOf = (more: Partial<PlatformOperationOf<'create-campaign'>> = {}) =>
  ({
    do: 'create-campaign',
    name: fresh('Campaign'),
    type: 'in-feed',
    objective: 'traffic',
    politicalAdvertising: 'none',
    ...more,
  }) satisfies PlatformOperationOf<'create-campaign'>;

export const addressOf = (
  kind: ObjectAddress['kind'],
  platformId: string,
  above: Partial<ObjectAddress> = {},
): ObjectAddress => ({
  kind,
  platformId,
  campaignPlatformId: null,
  adGroupPlatformId: null,
  campaignType: 'in-feed',
  ...above,
});

export const adGroupOf = (campaign: ObjectAddress, more: Partial<PlatformOperationOf<'create-ad-group'>> = {}) =>
  ({
    do: 'create-ad-group',
    campaign,
    name: fresh('Ad group'),
    dailyBudget: euros(30),
    bidding: { strategy: 'maximize-clicks' },
    targeting: { countries: ['DE', 'AT'] },
    ...more,
  }) satisfies PlatformOperationOf<'create-ad-group'>;

/** What the wire can be asked about directly. */
export async function ask(simulator: Simulator, operation: string, parameters: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({ advertiser_id: europe.platformId, ...parameters });
  const response = await fetch(`${simulator.rest}/open_api/v1.3/${operation}/?${query}`, {
    headers: { 'Access-Token': simulator.tiktok.accessToken },
  });
  // biome-ignore lint/suspicious/noExplicitAny: the wire's JSON is read freely in tests
  return ((await response.json()) as any).data;
}

/** An image, as far as anybody looks. */
export const picture = (content: string): Uint8Array =>
  new Uint8Array(Buffer.from(`\x89PNG\r\n\x1a\n${content}`, 'latin1'));
export const film = (content: string): Uint8Array =>
  new Uint8Array(Buffer.from(`\0\0\0\x18ftypmp42${content}`, 'latin1'));

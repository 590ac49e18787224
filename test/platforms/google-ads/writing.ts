import type { AccountRef, PlatformAccess } from '../../../domain/integrations/platform.ts';
import type {
  ObjectAddress,
  PlatformOperationOf,
  PlatformWriter,
  WriteKey,
} from '../../../domain/integrations/platform-writer.ts';
import { openGoogleAdsWriter } from '../../../platforms/google-ads/writer.ts';
import type { SimulatorOptions } from '../../../simulator/options.ts';
import { createSimulator, type Simulator } from '../../../simulator/simulator.ts';

export const account: AccountRef = {
  platformId: '4210000001',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
  managerPlatformId: '9100000001',
};

export const startAt = Date.parse('2026-11-01T06:00:00Z');

export const key: WriteKey = { operationId: 'op_1', requestId: '1' };

export interface Writing {
  readonly simulator: Simulator;
  readonly writer: PlatformWriter;
}

/** A simulated Google Ads with a writer whose patience is short. */
export async function startWriting(options: SimulatorOptions = {}): Promise<Writing> {
  const simulator = await createSimulator({ startAt, speed: 0, days: 10, ...options });
  const { clientId, clientSecret, refreshToken, developerToken } = simulator.credentials;
  const access = {
    credentials: { clientId, clientSecret, refreshToken, developerToken },
    endpoints: { api: simulator.rest, oauth: simulator.rest, grpc: `http://${simulator.grpc}` },
  };
  await warmUp(simulator, access);
  const policy = { answerTimeoutMs: 1_500, baseDelayMs: 1, maxDelayMs: 1_000 };
  const writer = await openGoogleAdsWriter(access, { policy });
  return { simulator, writer };
}

let warm = false;

/** Both sides read Google's message definitions at their first mutate, in this one process: seconds that no deadline is about. */
async function warmUp(simulator: Simulator, access: PlatformAccess): Promise<void> {
  if (warm) return;
  const patient = await openGoogleAdsWriter(access, { policy: { answerTimeoutMs: 15_000 } });
  const nowhere = { do: 'remove', target: campaignAddress('1') } as const;
  await patient.apply(account, nowhere, key).catch(() => undefined);
  simulator.requests.clear();
  simulator.writes.clear();
  warm = true;
}

/** Mutate requests that have arrived. */
export const mutates = (simulator: Simulator): number =>
  simulator.requests
    .list()
    .filter(({ operation }) => operation === 'mutate')
    .reduce((sum, { count }) => sum + count, 0);

export const euros = (amount: number) => ({ micros: amount * 1_000_000, currency: 'EUR' });

export const searchCampaign = (name: string): PlatformOperationOf<'create-campaign'> => ({
  do: 'create-campaign',
  name,
  type: 'search',
  objective: 'conversions',
  dailyBudget: euros(40),
  bidding: { strategy: 'manual-cpc' },
  politicalAdvertising: 'none',
});

export const performanceMax = (name: string): PlatformOperationOf<'create-campaign'> => ({
  ...searchCampaign(name),
  type: 'performance-max',
  bidding: { strategy: 'target-roas', targetRoas: 4 },
});

export const trailGroup = (name: string, campaign: ObjectAddress): PlatformOperationOf<'create-ad-group'> => ({
  do: 'create-ad-group',
  name,
  campaign,
  bidding: { strategy: 'manual-cpc', amount: euros(1) },
  targeting: { keywords: [{ text: 'trail running shoes', match: 'phrase' }] },
});

export const searchAd = (parent: ObjectAddress): PlatformOperationOf<'create-ad'> => ({
  do: 'create-ad',
  name: 'First ad',
  parent,
  creative: {
    format: 'responsive-search',
    headlines: ['Trail shoes that grip', 'Free returns for 60 days', 'Made for wet rock'],
    descriptions: ['Light shoes for long days in the hills.', 'Order today and run on the weekend.'],
    path: ['trail', 'shoes'],
    landingPageUrl: 'https://strider.example/trail',
  },
});

export const campaignAddress = (platformId: string, campaignType = 'search'): ObjectAddress => ({
  kind: 'campaign',
  platformId,
  campaignPlatformId: null,
  adGroupPlatformId: null,
  campaignType,
});

export const groupAddress = (platformId: string, campaignPlatformId: string): ObjectAddress => ({
  kind: 'ad-group',
  platformId,
  campaignPlatformId,
  adGroupPlatformId: null,
  campaignType: 'search',
});

export const adAddress = (platformId: string, group: ObjectAddress): ObjectAddress => ({
  kind: 'ad',
  platformId,
  campaignPlatformId: group.campaignPlatformId,
  adGroupPlatformId: group.platformId,
  campaignType: 'search',
});

/** The beginning of a PNG of a size, which is all that is looked at; `salt` makes it another file. */
export function png(width: number, height: number, salt = ''): Uint8Array {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return new Uint8Array(Buffer.concat([head, size, Buffer.from(salt)]));
}

export const image = (name: string, bytes: Uint8Array): PlatformOperationOf<'upload-asset'> => ({
  do: 'upload-asset',
  kind: 'image',
  name,
  bytes,
  contentType: 'image/png',
});

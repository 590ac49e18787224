import type { DiscoveredAccount, FactRow, Grain } from '../../../domain/integrations/platform.ts';
import { createRateLimiter } from '../../../platforms/rate-limiter.ts';
import { createSimulator } from '../../../simulator/simulator.ts';
import { hurried } from '../hurried.ts';
import type { PlatformUnderTest } from '../platforms-under-test.ts';
import { worldOf } from '../world-of.ts';

const account = (
  platformId: string,
  name: string,
  currency: string,
  timeZone: string,
  status: 'enabled' | 'disabled' = 'enabled',
): DiscoveredAccount => ({
  platformId,
  name,
  currency,
  timeZone,
  status,
  ...(status === 'enabled' && {
    conversionTypes: [{ platformId: 'SHOPPING', name: 'shopping', clickWindowDays: 28, viewWindowDays: 1 }],
  }),
});

/** TikTok's row of the contract. */
export const tiktokUnderTest: PlatformUnderTest = {
  id: 'tiktok-ads',
  accounts: [
    account('7012345678901230001', 'Strider Europe', 'EUR', 'Europe/Berlin'),
    account('7012345678901230002', 'Strider North America', 'USD', 'America/Los_Angeles'),
    account('7012345678901230003', 'Strider Japan', 'JPY', 'Asia/Tokyo'),
    account('7012345678901230004', 'Strider Outlet', 'EUR', 'Europe/Berlin', 'disabled'),
  ],
  disabledCode: '40001',
  // TikTok tells nobody how long. The second refusal of a call means the minute, for which it keeps the app out.
  throttle: { passesOnSeconds: 300, waitedOut: true, refusals: 2 },
  lagHours: 11,
  approximate: [],
  paging: {
    path: /\/campaign\/get\/$/,
    promisesMore: (answer, call) => {
      const { data } = answer as { data: { list: readonly unknown[] } };
      const size = data.list.length;
      const info = { page: call, page_size: size, total_number: size * (call + 1), total_page: call + 1 };
      return { ...(answer as object), data: { ...data, page_info: info } };
    },
  },
  async start(startAt) {
    const simulator = await createSimulator({
      startAt: Date.parse(startAt),
      speed: 0,
      days: 30,
      tiktok: { rateLevel: 'unlimited', taskMs: 0 },
    });
    const platform = 'tiktok-ads';
    const isReport = (operation: string) => operation === 'report/integrated/get';
    return {
      access: {
        credentials: { ...simulator.tiktok },
        endpoints: { api: simulator.rest },
        rateLevel: 'premium',
        limiter: createRateLimiter(hurried),
      },
      trouble: (kind, { account, times, retryAfterSeconds = 0 } = {}) =>
        simulator.faults.add({
          kind,
          match: { platform, operation: 'report/integrated/get', ...(account === undefined ? {} : { account }) },
          times,
          retryAfterSeconds,
        }),
      advanceHours: (hours) => simulator.clock.advance(hours * 3_600_000),
      truth: async (account, grain, { from, to }) => {
        const query = new URLSearchParams({ platform, account, grain, from, to });
        const response = await fetch(`${simulator.control}/control/truth?${query}`);
        const { currency, rows } = (await response.json()) as { currency: string; rows: readonly Truth[] };
        const campaigns = simulator.market().world.accounts.flatMap((one) => one.campaigns);
        const ofImages = new Set(campaigns.filter(({ channel }) => channel === 'in-feed-image').map(({ id }) => id));
        return rows.map((row) => ({ ...factOf(grain, row, ofImages), reportedCurrency: currency }));
      },
      reads: () =>
        simulator.requests
          .list()
          .filter(({ operation }) => isReport(operation))
          .reduce((sum, { count }) => sum + count, 0),
      becomes: (sized) => worldOf(simulator.control, platform, sized),
      stop: () => simulator.close(),
    };
  },
};

interface Truth {
  readonly date: string;
  readonly campaignId?: string;
  readonly groupId?: string;
  readonly adId?: string;
  readonly segment?: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly conversionsMicros: number;
  readonly valueMicros: number;
  readonly videoViews: number;
}

/** Campaigns of images have no video to view, and TikTok writes a dash. */
const factOf = (grain: Grain, row: Truth, ofImages: ReadonlySet<string>): FactRow => ({
  date: row.date,
  campaignPlatformId: row.campaignId ?? null,
  adGroupPlatformId: row.groupId ?? null,
  adPlatformId: row.adId ?? null,
  keywordPlatformId: null,
  segment: row.segment ?? null,
  impressions: row.impressions,
  clicks: row.clicks,
  spendMicros: row.costMicros,
  conversionsMicros: row.conversionsMicros,
  conversionValueMicros: row.valueMicros,
  videoViews: grain !== 'account' && ofImages.has(row.campaignId ?? '') ? null : row.videoViews,
});

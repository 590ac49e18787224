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
  conversionTypeId: string,
  status: 'enabled' | 'disabled' = 'enabled',
): DiscoveredAccount => ({
  platformId,
  name,
  currency,
  timeZone: 'UTC',
  status,
  // What a closed account counts matters to nobody and is not asked.
  ...(status === 'enabled' && {
    conversionTypes: [
      { platformId: conversionTypeId, name: 'Order on the website', clickWindowDays: 30, viewWindowDays: 7 },
    ],
  }),
});

/** LinkedIn's row of the contract. */
export const linkedInUnderTest: PlatformUnderTest = {
  id: 'linkedin-ads',
  accounts: [
    account('507400001', 'Strider Corporate Wellness', 'EUR', '23492146'),
    account('507400002', 'Strider US B2B', 'USD', '62587039'),
    account('507400003', 'Strider Benelux (draft)', 'EUR', '', 'disabled'),
  ],
  disabledCode: null,
  // The shortest of LinkedIn's throttles: the five minutes of metric values. It tells nobody how long.
  throttle: { passesOnSeconds: 330, waitedOut: false },
  lagHours: 3,
  approximate: ['country'],
  paging: {
    path: /\/adCampaignGroups$/,
    promisesMore: (answer, call) => ({ ...(answer as object), metadata: { nextPageToken: `page-${call + 1}` } }),
  },
  async start(startAt) {
    const simulator = await createSimulator({ startAt: Date.parse(startAt), speed: 0, days: 30 });
    const { clientId, clientSecret, refreshToken } = simulator.linkedIn;
    const platform = 'linkedin-ads';
    return {
      access: {
        credentials: { clientId, clientSecret, refreshToken },
        endpoints: { api: simulator.rest, oauth: simulator.rest },
        // One of its own: refusals of one simulator are not those of the next.
        limiter: createRateLimiter(hurried),
      },
      trouble: (kind, { account, times, retryAfterSeconds = 0 } = {}) =>
        simulator.faults.add({
          kind,
          match: { platform, operation: 'adAnalytics', ...(account === undefined ? {} : { account }) },
          times,
          retryAfterSeconds,
        }),
      advanceHours: (hours) => simulator.clock.advance(hours * 3_600_000),
      truth: async (account, grain, { from, to }) => {
        const query = new URLSearchParams({ platform, account, grain, from, to });
        const response = await fetch(`${simulator.control}/control/truth?${query}`);
        const { rows } = (await response.json()) as { rows: readonly Truth[] };
        return rows.map((row) => factOf(grain, row));
      },
      reads: () =>
        simulator.requests
          .list()
          .filter(({ operation }) => operation === 'adAnalytics')
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

/** LinkedIn reports no conversions by device and no value by what members say of themselves. */
const withoutConversions: readonly Grain[] = ['device'];
const withoutValue: readonly Grain[] = ['device', 'country'];

const factOf = (grain: Grain, row: Truth): FactRow => ({
  date: row.date,
  campaignPlatformId: row.campaignId ?? null,
  adGroupPlatformId: row.groupId ?? null,
  adPlatformId: row.adId ?? null,
  keywordPlatformId: null,
  segment: row.segment ?? null,
  impressions: row.impressions,
  clicks: row.clicks,
  spendMicros: row.costMicros,
  conversionsMicros: withoutConversions.includes(grain) ? null : row.conversionsMicros,
  conversionValueMicros: withoutValue.includes(grain) ? null : row.valueMicros,
  videoViews: row.videoViews,
});

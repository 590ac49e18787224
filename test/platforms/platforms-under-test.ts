import type {
  DateWindow,
  DiscoveredAccount,
  FactRow,
  Grain,
  PlatformAccess,
  PlatformId,
} from '../../domain/integrations/platform.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { linkedInUnderTest } from './linkedin-ads/under-test.ts';
import { tiktokUnderTest } from './tiktok-ads/under-test.ts';
import { worldOf } from './world-of.ts';

/** What can be made to go wrong, in words every platform understands. */
export type Trouble =
  | 'unavailable'
  | 'rate-limit'
  | 'token-expired'
  | 'garbage'
  | 'truncate'
  | 'reset'
  | 'timeout'
  | 'bad-row';

export interface TroubleOptions {
  readonly account?: string;
  /** How many calls it meets; all of them when absent. */
  readonly times?: number;
  readonly retryAfterSeconds?: number;
}

/** An account of a given size, alone in the world. */
export interface SizedAccount {
  readonly campaigns: number;
  readonly ads: number;
  /** UTC when absent. */
  readonly timeZone?: string;
}

/** A simulated platform with its clock standing still. */
export interface RunningPlatform {
  readonly access: PlatformAccess;
  trouble(kind: Trouble, options?: TroubleOptions): void;
  advanceHours(hours: number): void;
  /** What the platform would report now. */
  truth(account: string, grain: Grain, window: DateWindow): Promise<readonly FactRow[]>;
  /** Calls for data that have arrived. */
  reads(): number;
  /** Puts this one account in place of all others; resolves with its id. */
  becomes(account: SizedAccount): Promise<string>;
  stop(): Promise<void>;
}

export interface PlatformUnderTest {
  readonly id: PlatformId;
  /** Every account the connection sees, in the order of their ids. */
  readonly accounts: readonly DiscoveredAccount[];
  /** The code of a refused disabled account; `null` where the platform answers for closed accounts as for others. */
  readonly disabledCode: string | null;
  /** A throttle that is told to last 900 s: what the reader is to pass on, and whether a single one is waited out. */
  readonly throttle: {
    readonly passesOnSeconds: number;
    readonly waitedOut: boolean;
    /** Calls refused until it is passed on; one, where the first says it all. */
    readonly refusals?: number;
  };
  /** How far the platform's reports are behind the clock. */
  readonly lagHours: number;
  /** Grains of which the platform shows approximations alone, to protect people. */
  readonly approximate: readonly Grain[];
  /** Lists in pages: which calls they are, and an answer that says that one more follows. `null` where all comes in one stream. */
  readonly paging: {
    readonly path: RegExp;
    readonly promisesMore: (answer: unknown, call: number) => unknown;
  } | null;
  start(startAt: string): Promise<RunningPlatform>;
}

/** The accounts a contract test speaks of. */
const eastOfUtc = 'Asia/Tokyo';
const westOfUtc = 'America/Los_Angeles';

const googleManager = '9100000001';
const googleAccount = (
  platformId: string,
  name: string,
  currency: string,
  timeZone: string,
  status: 'enabled' | 'disabled' = 'enabled',
) => ({
  platformId,
  name,
  currency,
  timeZone,
  status,
  managerPlatformId: googleManager,
  // A closed account does not tell.
  ...(status === 'disabled'
    ? {}
    : {
        conversionTypes: [
          { platformId: `66${platformId.slice(-7)}`, name: 'Purchase', clickWindowDays: 30, viewWindowDays: 1 },
        ],
      }),
});

/** One row a platform. */
export const platformsUnderTest: readonly PlatformUnderTest[] = [
  {
    id: 'google-ads',
    accounts: [
      googleAccount('4210000001', 'Strider Europe', 'EUR', 'Europe/Berlin'),
      googleAccount('4210000002', 'Strider North America', 'USD', westOfUtc),
      googleAccount('4210000003', 'Strider Japan', 'JPY', eastOfUtc),
      googleAccount('4210000004', 'Strider UK', 'GBP', 'Europe/London', 'disabled'),
    ],
    disabledCode: 'CUSTOMER_NOT_ENABLED',
    throttle: { passesOnSeconds: 900, waitedOut: true },
    lagHours: 0,
    approximate: [],
    paging: null,
    async start(startAt) {
      const simulator = await createSimulator({ startAt: Date.parse(startAt), speed: 0, days: 30, pageRows: 200 });
      const { clientId, clientSecret, refreshToken, developerToken } = simulator.credentials;
      return {
        access: {
          credentials: { clientId, clientSecret, refreshToken, developerToken },
          endpoints: { api: simulator.rest, oauth: simulator.rest, grpc: `http://${simulator.grpc}` },
        },
        trouble: (kind, { account, times, retryAfterSeconds = 0 } = {}) =>
          simulator.faults.add({
            kind,
            match: { operation: 'searchStream', ...(account === undefined ? {} : { account }) },
            times,
            retryAfterSeconds,
          }),
        advanceHours: (hours) => simulator.clock.advance(hours * 3_600_000),
        truth: async (account, grain, { from, to }) => {
          const response = await fetch(
            `${simulator.control}/control/truth?${new URLSearchParams({ account, grain, from, to })}`,
          );
          const { rows, currency } = (await response.json()) as { rows: readonly GoogleTruth[]; currency: string };
          return addedUp(rows.map((row) => factOfGoogleTruth(grain, currency, row)));
        },
        reads: () =>
          simulator.requests
            .list()
            .filter(({ operation }) => operation === 'searchStream')
            .reduce((sum, { count }) => sum + count, 0),
        becomes: (account) => worldOf(simulator.control, 'google-ads', account),
        stop: () => simulator.close(),
      };
    },
  },
  tiktokUnderTest,
  linkedInUnderTest,
];

export function underTest(id: PlatformId): PlatformUnderTest {
  const found = platformsUnderTest.find((one) => one.id === id);
  if (!found) throw new Error(`${id} has no row in the table of platforms under test.`);
  return found;
}

interface GoogleTruth {
  readonly date: string;
  readonly campaignId?: string;
  readonly groupId?: string;
  readonly adId?: string;
  readonly keywordId?: string;
  readonly segment?: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly conversionsMicros: number;
  readonly valueMicros: number;
  readonly videoViews: number;
}

/** Google's reports by search term and asset are of ad groups, and these three tell no views. */
const withoutViews: readonly Grain[] = ['keyword', 'search-term', 'asset'];

function factOfGoogleTruth(grain: Grain, currency: string, row: GoogleTruth): FactRow {
  return {
    date: row.date,
    campaignPlatformId: row.campaignId ?? null,
    adGroupPlatformId: row.groupId ?? null,
    adPlatformId: grain === 'ad' ? (row.adId ?? null) : null,
    keywordPlatformId: grain === 'keyword' ? (row.keywordId ?? null) : null,
    // Partners' videos belong to the Display Network in Google's enum.
    segment: row.segment === 'video-partners' ? 'display' : (row.segment ?? null),
    reportedCurrency: currency,
    impressions: row.impressions,
    clicks: row.clicks,
    spendMicros: row.costMicros,
    conversionsMicros: row.conversionsMicros,
    conversionValueMicros: row.valueMicros,
    videoViews: withoutViews.includes(grain) ? null : row.videoViews,
  };
}

/** Facts with the rows of one key added up, as the transform does for the grains a mapping names. */
export function addedUp(rows: readonly FactRow[]): FactRow[] {
  const byKey = new Map<string, FactRow>();
  for (const row of rows) {
    const { impressions, clicks, spendMicros, conversionsMicros, conversionValueMicros, videoViews, ...key } = row;
    const held = byKey.get(JSON.stringify(key));
    byKey.set(
      JSON.stringify(key),
      held === undefined
        ? row
        : {
            ...row,
            impressions: held.impressions + impressions,
            clicks: held.clicks + clicks,
            spendMicros: held.spendMicros + spendMicros,
            conversionsMicros: plus(held.conversionsMicros, conversionsMicros),
            conversionValueMicros: plus(held.conversionValueMicros, conversionValueMicros),
            videoViews: plus(held.videoViews, videoViews),
          },
    );
  }
  return [...byKey.values()];
}

/** What is not known does not become known by adding to it. */
const plus = (left: number | null, right: number | null): number | null =>
  left === null || right === null ? null : left + right;

import type { MarketGrain, MarketRow } from '../../market/market.ts';
import type { Account } from '../../market/world.ts';
import { geoUrn } from './countries.ts';
import { appAndWeb, deviceTypes } from './devices.ts';

/** How far down a pivot or a facet reaches: account, campaign group, campaign, creative. */
export type Level = 0 | 1 | 2 | 3;

/** The market's grain with the rows of a level; the account's are added up from its campaign groups'. */
export const grainOf: Readonly<Record<Level, MarketGrain>> = { 0: 'campaign', 1: 'campaign', 2: 'ad-group', 3: 'ad' };

export interface Pivot {
  readonly level: Level;
  /** Set for breakdowns: the market's rows are of this grain, which it divides campaign groups by. */
  readonly breakdown?: MarketGrain;
  /** Professional demographics are approximate, late, and left out below three events. */
  readonly demographic?: boolean;
  /** What LinkedIn does not report by this pivot: the fields are missing then, not zero. */
  readonly lacks?: 'conversions' | 'conversion value';
  /** Cuts a row of the market finer, where LinkedIn does. */
  divide?(account: Account, row: MarketRow): readonly MarketRow[];
  valueOf(account: Account, row: MarketRow): string;
}

const placements: Readonly<Record<string, string>> = {
  feed: 'LINKEDIN_FEED',
  'right-rail': 'LINKEDIN_RIGHT_RAIL',
  network: 'LINKEDIN_AUDIENCE_NETWORK',
  'audience-network': 'LINKEDIN_AUDIENCE_NETWORK',
};

/** Pivots the simulator answers (learn.microsoft.com/linkedin/marketing/integrations/ads-reporting/ads-reporting). */
export const pivots: Readonly<Record<string, Pivot>> = {
  ACCOUNT: { level: 0, valueOf: (account) => `urn:li:sponsoredAccount:${account.id}` },
  CAMPAIGN_GROUP: { level: 1, valueOf: (_, row) => `urn:li:sponsoredCampaignGroup:${row.campaignId}` },
  CAMPAIGN: { level: 2, valueOf: (_, row) => `urn:li:sponsoredCampaign:${row.groupId}` },
  CREATIVE: { level: 3, valueOf: (_, row) => `urn:li:sponsoredCreative:${row.adId}` },
  MEMBER_COUNTRY_V2: {
    level: 1,
    breakdown: 'country',
    demographic: true,
    lacks: 'conversion value',
    valueOf: (_, row) => geoUrn(row.segment ?? ''),
  },
  IMPRESSION_DEVICE_TYPE: {
    level: 1,
    breakdown: 'device',
    lacks: 'conversions',
    divide: appAndWeb,
    valueOf: (_, row) => deviceTypes[row.segment ?? ''] ?? 'UNDETECTED',
  },
  PLACEMENT_NAME: {
    level: 1,
    breakdown: 'placement',
    valueOf: (_, row) => placements[row.segment ?? ''] ?? upper(row.segment ?? ''),
  },
};

/** What LinkedIn has beside them; refused by name. */
export const otherPivots: readonly string[] = [
  'COMPANY',
  'SHARE',
  'CONVERSION',
  'CONVERSATION_NODE',
  'CONVERSATION_NODE_OPTION_INDEX',
  'SERVING_LOCATION',
  'CARD_INDEX',
  'OBJECTIVE_TYPE',
  'EVENT_STAGE',
  'MEMBER_COMPANY_SIZE',
  'MEMBER_INDUSTRY',
  'MEMBER_SENIORITY',
  'MEMBER_JOB_TITLE',
  'MEMBER_JOB_FUNCTION',
  'MEMBER_REGION_V2',
  'MEMBER_COMPANY',
];

function upper(segment: string): string {
  return segment === '' ? 'UNDETECTED' : segment.replaceAll('-', '_').toUpperCase();
}

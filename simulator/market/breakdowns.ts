import type { Day } from './calendar.ts';
import type { Part } from './delivery.ts';
import { hashText, logNormal, mix, uniform } from './random.ts';
import type { Account, Campaign, Channel, Platform } from './world.ts';

/** What a campaign's people are divided by, in the market's own words. */
export const breakdowns = ['age', 'gender', 'country', 'device', 'placement'] as const;
export type Breakdown = (typeof breakdowns)[number];

type Shares = Readonly<Record<string, number>>;

const ages: Readonly<Record<Platform, Shares>> = {
  'google-ads': {
    '18-24': 0.11,
    '25-34': 0.24,
    '35-44': 0.22,
    '45-54': 0.16,
    '55-64': 0.09,
    '65+': 0.05,
    unknown: 0.13,
  },
  'tiktok-ads': {
    '13-17': 0.04,
    '18-24': 0.36,
    '25-34': 0.31,
    '35-44': 0.15,
    '45-54': 0.08,
    '55+': 0.04,
    unknown: 0.02,
  },
  'linkedin-ads': { '18-24': 0.12, '25-34': 0.45, '35-54': 0.35, '55+': 0.08 },
};

const genders: Readonly<Record<Platform, Shares>> = {
  'google-ads': { female: 0.44, male: 0.45, unknown: 0.11 },
  'tiktok-ads': { female: 0.53, male: 0.45, unknown: 0.02 },
  'linkedin-ads': { female: 0.46, male: 0.54 },
};

/** TikTok tells operating systems, and nothing about the device that runs them. */
const devices: Readonly<Record<Platform, Shares>> = {
  'google-ads': { mobile: 0.61, desktop: 0.31, tablet: 0.06, 'connected-tv': 0.02 },
  'tiktok-ads': { android: 0.52, iphone: 0.43, ipad: 0.03, desktop: 0.01, unknown: 0.01 },
  'linkedin-ads': { mobile: 0.66, desktop: 0.32, tablet: 0.02 },
};

const placements: Readonly<Record<Channel, Shares>> = {
  search: { search: 0.93, 'search-partners': 0.07 },
  'performance-max': { search: 0.24, youtube: 0.31, display: 0.38, discover: 0.07 },
  video: { youtube: 0.82, 'video-partners': 0.18 },
  'in-feed-video': { tiktok: 0.84, pangle: 0.12, 'global-app-bundle': 0.04 },
  'in-feed-image': { tiktok: 0.58, pangle: 0.31, 'global-app-bundle': 0.11 },
  'sponsored-content': { feed: 0.79, 'audience-network': 0.21 },
};

/** People of a market's neighbours see its ads too. `ZZ` is where the platform does not know. */
const countries: Readonly<Record<string, Shares>> = {
  DE: { DE: 0.84, AT: 0.09, CH: 0.06, ZZ: 0.01 },
  US: { US: 0.89, CA: 0.08, MX: 0.02, ZZ: 0.01 },
  JP: { JP: 0.985, ZZ: 0.015 },
};

/** The platform's people by age or gender. */
export function peopleShares(platform: Platform, breakdown: 'age' | 'gender'): Shares {
  return breakdown === 'age' ? ages[platform] : genders[platform];
}

/** Where the people of a market are. */
export function countryShares(market: string | undefined): Shares {
  return countries[market ?? 'US'] ?? { [market ?? 'ZZ']: 1 };
}

function sharesOf(account: Account, campaign: Campaign, breakdown: Breakdown): Shares {
  switch (breakdown) {
    case 'age':
    case 'gender':
      return peopleShares(account.platform, breakdown);
    case 'device':
      return devices[account.platform];
    case 'placement':
      return placements[campaign.channel];
    default:
      return countryShares(account.market);
  }
}

interface Segment {
  readonly id: string;
  readonly salt: number;
  readonly weight: number;
  readonly periodDays: number;
  readonly phase: number;
}

/** A campaign's own mix of people: the platform's, bent by a quarter or so. */
export function mixOf(account: Account, campaign: Campaign, breakdown: Breakdown, salt: number): readonly Segment[] {
  return Object.entries(sharesOf(account, campaign, breakdown)).map(([value, share]) => {
    const own = mix(salt, hashText(`${breakdown}|${value}`));
    return {
      id: value,
      salt: own,
      weight: share * logNormal(mix(own, 1), 0.25),
      periodDays: 35 + 40 * uniform(mix(own, 2)),
      phase: uniform(mix(own, 3)),
    };
  });
}

/** The mix on a day: every share sways by an eighth over some weeks. */
export function partsOn(segments: readonly Segment[], day: Day): readonly Part[] {
  return segments.map(({ id, salt, weight, periodDays, phase }) => ({
    id,
    salt,
    weight: weight * (1 + 0.12 * Math.sin(2 * Math.PI * (day / periodDays + phase))),
  }));
}

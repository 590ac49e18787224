import type { Breakdown } from '../market/breakdowns.ts';

export const dataLevels = ['AUCTION_ADVERTISER', 'AUCTION_CAMPAIGN', 'AUCTION_ADGROUP', 'AUCTION_AD'] as const;
export type DataLevel = (typeof dataLevels)[number];

/** The id dimension of each level. */
export const idDimensions = {
  AUCTION_ADVERTISER: 'advertiser_id',
  AUCTION_CAMPAIGN: 'campaign_id',
  AUCTION_ADGROUP: 'adgroup_id',
  AUCTION_AD: 'ad_id',
} as const satisfies Record<DataLevel, string>;

interface AudienceDimension {
  readonly breakdown: Breakdown;
  /** TikTok's enum value of the market's word, in synchronous reports. */
  enumOf(word: string): string;
  /** What asynchronous reports write instead: words for people. */
  wordOf(word: string): string;
}

const placements: Readonly<Record<string, readonly [string, string]>> = {
  tiktok: ['PLACEMENT_TIKTOK', 'TikTok'],
  pangle: ['PLACEMENT_PANGLE', 'Pangle'],
  'global-app-bundle': ['PLACEMENT_GLOBAL_APP_BUNDLE', 'Global App Bundle'],
};

const none = 'NONE';
const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** One of these may stand beside the id and the day of an AUDIENCE report. */
export const audienceDimensions: Readonly<Record<string, AudienceDimension>> = {
  age: {
    breakdown: 'age',
    enumOf: (word) => (word === 'unknown' ? none : word === '55+' ? 'AGE_55_100' : `AGE_${word.replace('-', '_')}`),
    wordOf: (word) => (word === 'unknown' ? none : word),
  },
  gender: {
    breakdown: 'gender',
    enumOf: (word) => (word === 'unknown' ? none : word.toUpperCase()),
    wordOf: (word) => (word === 'unknown' ? none : word),
  },
  country_code: {
    breakdown: 'country',
    enumOf: (word) => (word === 'ZZ' ? none : word),
    // The documented fault of asynchronous reports: the name instead of the code.
    wordOf: (word) => (word === 'ZZ' ? none : (countryNames.of(word) ?? word)),
  },
  placement: {
    breakdown: 'placement',
    enumOf: (word) => placements[word]?.[0] ?? none,
    wordOf: (word) => placements[word]?.[1] ?? none,
  },
  platform: {
    breakdown: 'device',
    enumOf: (word) => (word === 'unknown' ? none : word === 'desktop' ? 'PC' : word.toUpperCase()),
    wordOf: (word) => (word === 'unknown' ? none : word),
  },
};

/** Ways the traffic of a campaign is divided, in the order people ask for them; each is a dimension of the metrics. */
export const breakdowns = {
  age: { label: 'Age', one: 'age range', field: 'age' },
  gender: { label: 'Gender', one: 'gender', field: 'gender' },
  country: { label: 'Country', one: 'country', field: 'country' },
  device: { label: 'Device', one: 'device', field: 'device' },
  placement: { label: 'Placement', one: 'placement', field: 'placement' },
  'search-term': { label: 'Search terms', one: 'search term', field: 'searchTerm' },
  asset: { label: 'Assets', one: 'asset', field: 'assetPlatformId' },
} as const;
export type Breakdown = keyof typeof breakdowns;
export const breakdownIds = Object.keys(breakdowns) as readonly Breakdown[];

export const levels = ['campaign', 'ad-group', 'ad'] as const;
export type Level = (typeof levels)[number];

export interface PlatformWords {
  readonly name: string;
  /** Colours that stay apart for people who see red, green or blue weakly, in both themes. */
  readonly series: string;
  /** What the platform's own pages call our levels, where that differs. */
  readonly own: Readonly<Partial<Record<Level, string>>>;
  /** Breakdowns that its reports have at all. */
  readonly reports: readonly Breakdown[];
}

/** What the pages know of the platforms; one without a line here is shown by its id. */
export const platforms: Readonly<Record<string, PlatformWords>> = {
  'google-ads': { name: 'Google Ads', series: 'var(--series-1)', own: {}, reports: breakdownIds },
  'tiktok-ads': {
    name: 'TikTok Ads',
    series: 'var(--series-2)',
    own: {},
    reports: ['age', 'gender', 'country', 'placement'],
  },
  'linkedin-ads': {
    name: 'LinkedIn Ads',
    series: 'var(--series-3)',
    own: { campaign: 'campaign group', 'ad-group': 'campaign', ad: 'creative' },
    reports: ['country', 'device', 'placement'],
  },
};
export const platformIds = Object.keys(platforms);

export const platformName = (id: string): string => platforms[id]?.name ?? id;
/** `LinkedIn`, where there is no room for more. */
export const shortName = (id: string): string => platformName(id).replace(/ Ads$/, '');
export const platformSeries = (id: string): string => platforms[id]?.series ?? 'var(--series-4)';

/** `campaign group` on LinkedIn; undefined where the platform says what we say. */
export const ownWord = (platform: string, level: Level): string | undefined => platforms[platform]?.own[level];

/** The platforms whose reports do not have a breakdown. */
export const withoutBreakdown = (ids: readonly string[], breakdown: Breakdown): string[] =>
  ids.filter((id) => platforms[id] !== undefined && !platforms[id].reports.includes(breakdown));

/** `performance-max` → `Performance Max` */
export const campaignTypeName = (type: string): string =>
  type.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => `${dash === '' ? '' : ' '}${letter.toUpperCase()}`);

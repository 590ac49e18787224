/** The market's words for people and places as Google's enum constants and criterion ids. */

interface Criterion {
  /** Enum constant. */
  readonly type: string;
  /** The same criterion in every ad group. */
  readonly id: string;
}

export const ageCriteria: Readonly<Record<string, Criterion>> = {
  '18-24': { type: 'AGE_RANGE_18_24', id: '503001' },
  '25-34': { type: 'AGE_RANGE_25_34', id: '503002' },
  '35-44': { type: 'AGE_RANGE_35_44', id: '503003' },
  '45-54': { type: 'AGE_RANGE_45_54', id: '503004' },
  '55-64': { type: 'AGE_RANGE_55_64', id: '503005' },
  '65+': { type: 'AGE_RANGE_65_UP', id: '503006' },
  unknown: { type: 'AGE_RANGE_UNDETERMINED', id: '503999' },
};

export const genderCriteria: Readonly<Record<string, Criterion>> = {
  male: { type: 'MALE', id: '10' },
  female: { type: 'FEMALE', id: '11' },
  unknown: { type: 'UNDETERMINED', id: '20' },
};

/** Throws for a word of the market that Google has no criterion for: a world it cannot show. */
export function criterion(known: Readonly<Record<string, Criterion>>, word: string): Criterion {
  const found = known[word];
  if (found === undefined) throw new Error(`Google Ads has no criterion for ${word}; see google-ads/gaql/criteria.ts.`);
  return found;
}

/** DeviceEnum. */
export const deviceTypes: Readonly<Record<string, string>> = {
  mobile: 'MOBILE',
  tablet: 'TABLET',
  desktop: 'DESKTOP',
  'connected-tv': 'CONNECTED_TV',
};

/** AdNetworkTypeEnum. Videos on partners' sites count to the Display Network. */
export const networkTypes: Readonly<Record<string, string>> = {
  search: 'SEARCH',
  'search-partners': 'SEARCH_PARTNERS',
  display: 'CONTENT',
  'video-partners': 'CONTENT',
  youtube: 'YOUTUBE',
  discover: 'DISCOVER',
};

/** Criterion ids of countries: 2000 + the numeric code of ISO 3166-1. */
const countries: Readonly<Record<string, number>> = {
  AT: 2040,
  AU: 2036,
  BE: 2056,
  BR: 2076,
  CA: 2124,
  CH: 2756,
  CN: 2156,
  CZ: 2203,
  DE: 2276,
  DK: 2208,
  ES: 2724,
  FI: 2246,
  FR: 2250,
  GB: 2826,
  IE: 2372,
  IN: 2356,
  IT: 2380,
  JP: 2392,
  KR: 2410,
  MX: 2484,
  NL: 2528,
  NO: 2578,
  NZ: 2554,
  PL: 2616,
  PT: 2620,
  SE: 2752,
  SG: 2702,
  US: 2840,
  ZA: 2710,
};

/** `undefined` where Google does not know the country. Throws for a country of a world that this table lacks. */
export function countryCriterion(country: string | undefined): number | undefined {
  if (country === undefined || country === 'ZZ') return undefined;
  const id = countries[country];
  if (id === undefined) throw new Error(`Add the criterion id of ${country} to simulator/google-ads/gaql/criteria.ts.`);
  return id;
}

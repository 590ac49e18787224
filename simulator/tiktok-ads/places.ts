/** Countries that ads can be shown in, by TikTok's numbers for them, which are GeoNames'. Source: geonames.org, countryInfo. */
export const countryIds: Readonly<Record<string, string>> = {
  AT: '2782113',
  AU: '2077456',
  BE: '2802361',
  BR: '3469034',
  CA: '6251999',
  CH: '2658434',
  CZ: '3077311',
  DE: '2921044',
  DK: '2623032',
  ES: '2510769',
  FI: '660013',
  FR: '3017382',
  GB: '2635167',
  IE: '2963597',
  IT: '3175395',
  JP: '1861060',
  KR: '1835841',
  MX: '3996063',
  NL: '2750405',
  NO: '3144096',
  PL: '798544',
  PT: '2264397',
  SE: '2661886',
  US: '6252001',
};

export const countryOf = (locationId: string): string | undefined =>
  Object.entries(countryIds).find(([, id]) => id === locationId)?.[0];

/** Languages of people, as `languages` of an ad group takes them. */
export const languageNames: Readonly<Record<string, string>> = {
  ar: 'Arabic',
  cs: 'Czech',
  da: 'Danish',
  de: 'German',
  en: 'English',
  es: 'Spanish',
  fi: 'Finnish',
  fr: 'French',
  it: 'Italian',
  ja: 'Japanese',
  ko: 'Korean',
  nl: 'Dutch',
  no: 'Norwegian',
  pl: 'Polish',
  pt: 'Portuguese',
  ru: 'Russian',
  sv: 'Swedish',
  tr: 'Turkish',
  zh: 'Chinese',
};

export function describePlaces() {
  return Object.entries(countryIds).map(([code, location_id]) => ({
    location_id,
    name: new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code,
    parent_id: '0',
    region_code: code,
    area_type: 'ADMIN',
    level: 'COUNTRY',
    support_below_18: code !== 'US',
    next_level_ids: [],
  }));
}

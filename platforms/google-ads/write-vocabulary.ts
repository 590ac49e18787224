/** Words of writes as API v25 has them. Source: the enum definitions and criterion lists of Google's reference. */
import type { Targeting } from '../../contracts/schemas/changes.ts';
import { countriesByCriterion } from './countries.ts';

type Age = NonNullable<Targeting['ages']>[number];
type Gender = NonNullable<Targeting['genders']>[number];
type Match = NonNullable<Targeting['keywords']>[number]['match'];

/** AgeRangeTypeEnum. Google knows nobody younger than 18. */
export const ageTypes: Readonly<Partial<Record<Age, string>>> = {
  '18-24': 'AGE_RANGE_18_24',
  '25-34': 'AGE_RANGE_25_34',
  '35-44': 'AGE_RANGE_35_44',
  '45-54': 'AGE_RANGE_45_54',
  '55-64': 'AGE_RANGE_55_64',
  '65-up': 'AGE_RANGE_65_UP',
};
/** People whose age Google does not know: reached where nobody's age is excluded. */
export const unknownAge = 'AGE_RANGE_UNDETERMINED';

/** GenderTypeEnum. */
export const genderTypes: Readonly<Record<Gender, string>> = {
  female: 'FEMALE',
  male: 'MALE',
  unknown: 'UNDETERMINED',
};

/** KeywordMatchTypeEnum. */
export const matchTypes: Readonly<Record<Match, string>> = { exact: 'EXACT', phrase: 'PHRASE', broad: 'BROAD' };

/** Criterion ids of languages by ISO 639-1. https://developers.google.com/google-ads/api/data/codes-formats#languages */
export const languageIds: Readonly<Record<string, string>> = {
  ar: '1019',
  bg: '1020',
  bn: '1056',
  ca: '1038',
  cs: '1021',
  da: '1009',
  de: '1001',
  el: '1022',
  en: '1000',
  es: '1003',
  et: '1043',
  fa: '1064',
  fi: '1011',
  fr: '1002',
  gu: '1072',
  he: '1027',
  hi: '1023',
  hr: '1039',
  hu: '1024',
  id: '1025',
  is: '1026',
  it: '1004',
  ja: '1005',
  kn: '1086',
  ko: '1012',
  lt: '1029',
  lv: '1028',
  ml: '1098',
  mr: '1101',
  ms: '1102',
  nl: '1010',
  no: '1013',
  pa: '1110',
  pl: '1030',
  pt: '1014',
  ro: '1032',
  ru: '1031',
  sk: '1033',
  sl: '1034',
  sr: '1035',
  sv: '1015',
  ta: '1130',
  te: '1131',
  th: '1044',
  tl: '1042',
  tr: '1037',
  uk: '1036',
  ur: '1041',
  vi: '1040',
};

/** Google's criterion of a country by ISO 3166-1 alpha-2. */
export const countryIds: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(countriesByCriterion).map(([criterion, country]) => [country, criterion]),
);

/** The key of a value, for reading back. */
export const keyOf = <K extends string>(table: Readonly<Partial<Record<K, string>>>, value: unknown): K | undefined =>
  (Object.keys(table) as K[]).find((key) => table[key] === value);

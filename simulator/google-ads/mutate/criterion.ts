import type { KeywordText, Targeting } from '../../market/world.ts';
import { ageCriteria, genderCriteria } from '../gaql/criteria.ts';

/** A criterion of a campaign or ad group that is no keyword to bid on, as the simulator keeps it with the object. */
export interface Criterion {
  readonly id: string;
  /** CriterionTypeEnum. */
  readonly type: 'LOCATION' | 'LANGUAGE' | 'KEYWORD' | 'AGE_RANGE' | 'GENDER' | 'USER_LIST';
  readonly negative: boolean;
  /** geoTargetConstants/…, languageConstants/…, the enum constant of an age or gender, the user list, the text of a keyword. */
  readonly value: string;
  /** KeywordMatchTypeEnum. */
  readonly matchType?: string;
}

/** Criterion ids of languages. https://developers.google.com/google-ads/api/data/codes-formats#languages */
const languages: Readonly<Record<string, string>> = {
  '1000': 'en',
  '1001': 'de',
  '1002': 'fr',
  '1003': 'es',
  '1004': 'it',
  '1005': 'ja',
  '1009': 'da',
  '1010': 'nl',
  '1011': 'fi',
  '1012': 'ko',
  '1013': 'no',
  '1014': 'pt',
  '1015': 'sv',
  '1021': 'cs',
  '1022': 'el',
  '1024': 'hu',
  '1030': 'pl',
  '1031': 'ru',
  '1032': 'ro',
  '1037': 'tr',
};

/** ISO 3166-1 alpha-2 of a country's geo target constant: 2000 and the numeric code, which ICU knows. */
export function countryOf(constant: string): string | undefined {
  const id = /^geoTargetConstants\/2(\d{3})$/.exec(constant)?.[1];
  if (id === undefined) return undefined;
  const region = Intl.getCanonicalLocales(`und-${id}`)[0]?.slice('und-'.length);
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : undefined;
}

export const languageOf = (constant: string): string | undefined =>
  languages[/^languageConstants\/(\d+)$/.exec(constant)?.[1] ?? ''];

/** What an object has: what it was given, or for a campaign of the world's own the country it is run for. */
export function presentCriteria(
  own: Readonly<Record<string, unknown>>,
  market: string | undefined,
): readonly Criterion[] {
  if (Array.isArray(own['criteria'])) return own['criteria'] as readonly Criterion[];
  const id = market === undefined ? undefined : geoIdOf(market);
  return id === undefined ? [] : [{ id, type: 'LOCATION', negative: false, value: `geoTargetConstants/${id}` }];
}

const geoIds = new Map<string, string | undefined>();

function geoIdOf(country: string): string | undefined {
  if (!geoIds.has(country)) geoIds.set(country, findGeoId(country));
  return geoIds.get(country);
}

function findGeoId(country: string): string | undefined {
  for (let code = 1; code < 900; code += 1) {
    const id = `2${String(code).padStart(3, '0')}`;
    if (countryOf(`geoTargetConstants/${id}`) === country) return id;
  }
  return undefined;
}

const matches: Readonly<Record<string, KeywordText['match']>> = { EXACT: 'exact', PHRASE: 'phrase', BROAD: 'broad' };

/** Criteria in the market's words. */
export function targetingOf(criteria: readonly Criterion[]): Targeting {
  const values = (type: Criterion['type'], negative: boolean) =>
    criteria.filter((one) => one.type === type && one.negative === negative);
  const countries = values('LOCATION', false).flatMap(({ value }) => countryOf(value) ?? []);
  const spoken = values('LANGUAGE', false).flatMap(({ value }) => languageOf(value) ?? []);
  const left = (known: typeof ageCriteria, type: Criterion['type']) => {
    const excluded = new Set(values(type, true).map(({ value }) => value));
    return excluded.size === 0
      ? []
      : Object.entries(known).flatMap(([word, criterion]) => (excluded.has(criterion.type) ? [] : [word]));
  };
  const audiences = values('USER_LIST', false).map(({ value }) => value);
  const negativeKeywords = values('KEYWORD', true).map(({ value, matchType }) => ({
    text: value,
    match: matches[matchType ?? ''] ?? 'broad',
  }));
  const ages = left(ageCriteria, 'AGE_RANGE');
  const genders = left(genderCriteria, 'GENDER');
  return {
    ...(countries.length > 0 ? { countries } : {}),
    ...(spoken.length > 0 ? { languages: spoken } : {}),
    ...(ages.length > 0 ? { ages } : {}),
    ...(genders.length > 0 ? { genders } : {}),
    ...(audiences.length > 0 ? { audiences } : {}),
    ...(negativeKeywords.length > 0 ? { negativeKeywords } : {}),
  };
}

import type { Targeting } from '../../market/world.ts';
import { countryOfGeo } from '../analytics/countries.ts';
import type { Fields } from './fields.ts';

const facetUrn = (name: string) => `urn:li:adTargetingFacet:${name}`;
const number = /^\d{1,19}$/;

const ages: Readonly<Record<string, string>> = {
  'urn:li:ageRange:(18,24)': '18-24',
  'urn:li:ageRange:(25,34)': '25-34',
  'urn:li:ageRange:(35,54)': '35-54',
  'urn:li:ageRange:(55,2147483647)': '55+',
};
const genders: Readonly<Record<string, string>> = {
  'urn:li:gender:FEMALE': 'female',
  'urn:li:gender:MALE': 'male',
};

const idOf =
  (kind: string) =>
  (urn: string): string | undefined =>
    urn.startsWith(`urn:li:${kind}:`) && number.test(urn.slice(`urn:li:${kind}:`.length)) ? urn : undefined;

type MarketList = keyof Omit<Targeting, 'negativeKeywords'>;

/** What each facet's values mean to the market, and which of its lists they go to. */
const facets: Readonly<
  Record<string, { readonly list: MarketList; readonly read: (urn: string) => string | undefined }>
> = {
  [facetUrn('locations')]: { list: 'countries', read: countryOfGeo },
  [facetUrn('interfaceLocales')]: {
    list: 'languages',
    read: (urn) => /^urn:li:locale:([a-z]{2})_[A-Z]{2}$/.exec(urn)?.[1],
  },
  [facetUrn('ageRanges')]: { list: 'ages', read: (urn) => ages[urn] },
  [facetUrn('genders')]: { list: 'genders', read: (urn) => genders[urn] },
  [facetUrn('interests')]: { list: 'interests', read: idOf('interest') },
  [facetUrn('audienceMatchingSegments')]: { list: 'audiences', read: idOf('adSegment') },
  [facetUrn('employers')]: { list: 'companies', read: idOf('organization') },
  [facetUrn('jobFunctions')]: { list: 'companies', read: idOf('function') },
  [facetUrn('seniorities')]: { list: 'companies', read: idOf('seniority') },
  [facetUrn('industries')]: { list: 'companies', read: idOf('industry') },
};

/** `targetingCriteria` as it was sent, and as the market reads it. Throws naming the facet that LinkedIn does not know. */
export function readTargeting(fields: Fields): { readonly market: Targeting; readonly own: unknown } {
  const criteria = fields.requiredWithin('targetingCriteria');
  const include = criteria.requiredWithin('include');
  const and = include.value('and');
  if (!Array.isArray(and) || and.length === 0) throw include.invalid('and', 'at least one facet is required');
  const market: Partial<Record<MarketList, string[]>> = {};
  const seen = new Set<string>();
  for (const one of and) {
    const or: unknown = typeof one === 'object' && one !== null && 'or' in one ? one.or : undefined;
    if (typeof or !== 'object' || or === null) throw include.invalid('and', 'each entry is {or: {facet: [urn]}}');
    for (const [facet, urns] of Object.entries(or)) {
      const known = facets[facet];
      if (known === undefined || !Array.isArray(urns) || urns.length === 0)
        throw include.invalid('and', `${facet} is not a facet, or has no values`);
      seen.add(facet);
      for (const urn of urns) {
        const value = typeof urn === 'string' ? known.read(urn) : undefined;
        if (value === undefined) throw include.invalid('and', `${String(urn)} is not a value of ${facet}`);
        market[known.list] = [...(market[known.list] ?? []), value];
      }
    }
  }
  if (!seen.has(facetUrn('locations'))) throw include.invalid('and', 'a location is required');
  const exclude = readExclusions(criteria);
  return { market, own: { include: { and }, ...(exclude === undefined ? {} : { exclude }) } };
}

/** `{or: {facet: [urn]}}`: kept and told again. The market leaves nobody out for it. */
function readExclusions(criteria: Fields): unknown {
  const exclude = criteria.value('exclude');
  if (exclude === undefined) return undefined;
  const or: unknown = typeof exclude === 'object' && exclude !== null && 'or' in exclude ? exclude.or : undefined;
  const isKnown = ([facet, urns]: readonly [string, unknown]) =>
    Array.isArray(urns) && urns.every((urn) => typeof urn === 'string' && facets[facet]?.read(urn) !== undefined);
  if (typeof or !== 'object' || or === null || !Object.entries(or).every(isKnown))
    throw criteria.invalid('exclude', 'is {or: {facet: [urn]}} of facets that are known');
  return { or };
}

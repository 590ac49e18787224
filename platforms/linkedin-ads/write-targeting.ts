import type { Targeting } from '../../contracts/schemas/changes.ts';
import { countriesByGeo } from './countries.ts';
import { platformError } from './errors.ts';
import { ageRanges, companyFacets, genderUrns, locales } from './write-vocabulary.ts';

/** `targetingCriteria.include.and`: every entry must be met, by any of its URNs. */
export type Facets = ReadonlyMap<string, readonly string[]>;

const facetUrn = (name: string): string => `urn:li:adTargetingFacet:${name}`;
const geosByCountry = new Map(Object.entries(countriesByGeo).map(([geo, country]) => [country, geo]));

const everyAge = ageRanges.flatMap(([, ages]) => ages);
const genderRanges = Object.entries(genderUrns).map(([urn, gender]) => [urn, [gender]] as const);
/** What a side without a facet means: nobody is left out. */
const everybody = {
  ages: everyAge,
  genders: [...Object.values(genderUrns), 'unknown'],
  interests: [],
  audiences: [],
  companies: [],
} as const satisfies Partial<Record<keyof Targeting, readonly string[]>>;

export const geoOf = (country: string): string | undefined => geosByCountry.get(country);
export const companyFacetOf = (urn: string): string | undefined => {
  const kind = /^urn:li:([a-z]+):\d+$/i.exec(urn)?.[1];
  return kind === undefined || !Object.hasOwn(companyFacets, kind) ? undefined : companyFacets[kind];
};
/** Interests and audiences are named by number or by their whole URN. */
const urnOf = (kind: string, id: string): string => (id.startsWith('urn:') ? id : `urn:li:${kind}:${id}`);

/** The facets of the sides that a targeting names; an empty list is an empty facet, which reaches everybody. */
export function facetsOf(targeting: Targeting): Facets {
  const facets = new Map<string, readonly string[]>();
  const { countries, languages, ages, genders, interests, audiences, companies } = targeting;
  const put = (name: string, urns: readonly string[] | undefined) => {
    if (urns !== undefined) facets.set(facetUrn(name), urns);
  };
  put(
    'locations',
    countries?.map((country) => geoOf(country) ?? ''),
  );
  put(
    'interfaceLocales',
    languages?.flatMap((language) => {
      const locale = locales[language];
      return locale === undefined ? [] : [`urn:li:locale:${locale.language}_${locale.country}`];
    }),
  );
  const wanted = (known: readonly (readonly [urn: string, words: readonly string[]])[], words: readonly string[]) =>
    known.flatMap(([urn, own]) => (own.some((word) => words.includes(word)) ? [urn] : []));
  // Everybody is no facet: one that names every value leaves out the members who never said.
  put('ageRanges', ages && (everyAge.every((age) => ages.some((one) => one === age)) ? [] : wanted(ageRanges, ages)));
  put('genders', genders && (genders.includes('unknown') ? [] : wanted(genderRanges, genders)));
  put(
    'interests',
    interests?.map((id) => urnOf('interest', id)),
  );
  put(
    'audienceMatchingSegments',
    audiences?.map((id) => urnOf('adSegment', id)),
  );
  if (companies !== undefined) {
    for (const facet of Object.values(companyFacets)) {
      put(
        facet,
        companies.filter((urn) => companyFacetOf(urn) === facet),
      );
    }
  }
  return facets;
}

/**
 * Criteria with the facets given in the place of those there were; whatever else is included or excluded stays. Throws `PlatformError`
 * for criteria that are no plain list of facets: nobody could say what a change of them means.
 */
export function criteriaWith(present: unknown, facets: Facets): Readonly<Record<string, unknown>> {
  const merged = new Map([...readFacets(present), ...facets]);
  const and = [...merged].flatMap(([facet, urns]) => (urns.length === 0 ? [] : [{ or: { [facet]: urns } }]));
  const exclude = record(present)?.exclude;
  return { include: { and }, ...(exclude === undefined ? {} : { exclude }) };
}

/** Whom criteria reach, every side of it, in our words: written again, it restores them. `null` when a part of them has no words. */
export function targetingOf(criteria: unknown): Targeting | null {
  const facets = readFacetsOrNull(criteria);
  if (facets === null) return null;
  const found: Record<string, string[]> = {};
  const add = (side: string, values: readonly (string | undefined)[]): boolean => {
    found[side] = [...(found[side] ?? []), ...values.filter((value) => value !== undefined)];
    return values.every((value) => value !== undefined);
  };
  for (const [facet, urns] of facets) {
    const side = sides[facet];
    if (side === undefined) continue;
    if (!add(side.name, urns.flatMap(side.read))) return null;
  }
  return { ...structuredClone(everybody), ...found } as unknown as Targeting;
}

interface Side {
  readonly name: keyof Targeting;
  readonly read: (urn: string) => readonly (string | undefined)[];
}
const tail = (kind: string) => (urn: string) => [
  urn.startsWith(`urn:li:${kind}:`) ? urn.slice(`urn:li:${kind}:`.length) : urn,
];
const sides: Readonly<Record<string, Side>> = {
  [facetUrn('locations')]: { name: 'countries', read: (urn) => [countriesByGeo[urn]] },
  [facetUrn('interfaceLocales')]: { name: 'languages', read: (urn) => [/^urn:li:locale:([a-z]{2})_/.exec(urn)?.[1]] },
  [facetUrn('ageRanges')]: {
    name: 'ages',
    read: (urn) => ageRanges.find(([known]) => known === urn)?.[1] ?? [undefined],
  },
  [facetUrn('genders')]: { name: 'genders', read: (urn) => [genderUrns[urn]] },
  [facetUrn('interests')]: { name: 'interests', read: tail('interest') },
  [facetUrn('audienceMatchingSegments')]: { name: 'audiences', read: tail('adSegment') },
  ...Object.fromEntries(
    Object.values(companyFacets).map((facet) => [
      facetUrn(facet),
      { name: 'companies', read: (urn: string) => [urn] } satisfies Side,
    ]),
  ),
};

function readFacets(criteria: unknown): Facets {
  const facets = readFacetsOrNull(criteria);
  if (facets !== null) return facets;
  throw platformError(
    'rejected',
    'TARGETING_NOT_PLAIN',
    'targeting: the campaign is targeted on LinkedIn by rules that this system has no words for; change it there',
    { version: '', now: 0, secrets: [] },
  );
}

function readFacetsOrNull(criteria: unknown): Facets | null {
  if (criteria === undefined) return new Map();
  const and = record(record(criteria)?.include)?.and;
  if (!Array.isArray(and)) return null;
  const facets = new Map<string, readonly string[]>();
  for (const entry of and) {
    const or = Object.entries(record(record(entry)?.or) ?? {});
    const [facet, urns] = or[0] ?? [];
    // Two facets in one entry mean either of them, which no list of ours can say.
    if (or.length !== 1 || facet === undefined || !Array.isArray(urns) || facets.has(facet)) return null;
    facets.set(facet, urns.map(String));
  }
  return facets;
}

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

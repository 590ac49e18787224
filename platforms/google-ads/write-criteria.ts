import type { Targeting } from '../../contracts/schemas/changes.ts';
import { RawFields } from '../raw-fields.ts';
import { countriesByCriterion } from './countries.ts';
import { ageTypes, countryIds, genderTypes, keyOf, languageIds, matchTypes, unknownAge } from './write-vocabulary.ts';

/**
 * Targeting as Google keeps it: criteria. Places and languages are named; ages and genders are reached unless they are excluded, so a
 * list of ours becomes exclusions of the rest.
 */
export interface Criterion {
  /** The side of our targeting that it says something of. */
  readonly side: keyof Targeting;
  /** The same for two criteria that say the same. */
  readonly key: string;
  /** Proto fields without the parent. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One that is there. */
export interface PresentCriterion extends Criterion {
  readonly resourceName: string;
}

type KeywordList = NonNullable<Targeting['keywords']>;

const keywordKey = (negative: boolean, matchType: string, text: string): string =>
  `${negative ? 'not ' : ''}keyword ${matchType} ${text.trim().toLowerCase()}`;

const keywords = (side: 'keywords' | 'negativeKeywords', list: KeywordList): readonly Criterion[] => {
  const negative = side === 'negativeKeywords';
  return list.map(({ text, match }) => ({
    side,
    key: keywordKey(negative, matchTypes[match], text),
    fields: {
      keyword: { text, match_type: matchTypes[match] },
      ...(negative ? { negative: true } : { status: 'ENABLED' }),
    },
  }));
};

const excluded = (side: 'ages' | 'genders', field: 'age_range' | 'gender', type: string): Criterion => ({
  side,
  key: `not ${field} ${type}`,
  fields: { [field]: { type }, negative: true },
});

const sides: {
  readonly [Side in keyof Targeting]?: (
    list: NonNullable<Targeting[Side]>,
    userList: (id: string) => string,
  ) => readonly Criterion[];
} = {
  countries: (list) =>
    list.map((country) => ({
      side: 'countries',
      key: `location geoTargetConstants/${countryIds[country]}`,
      fields: { location: { geo_target_constant: `geoTargetConstants/${countryIds[country]}` } },
    })),
  languages: (list) =>
    list.map((language) => ({
      side: 'languages',
      key: `language languageConstants/${languageIds[language]}`,
      fields: { language: { language_constant: `languageConstants/${languageIds[language]}` } },
    })),
  ages: (list) => {
    const all = Object.keys(ageTypes) as (keyof typeof ageTypes)[];
    const left = all.filter((age) => !list.includes(age)).map((age) => ageTypes[age] ?? '');
    return (left.length === 0 ? [] : [...left, unknownAge]).map((type) => excluded('ages', 'age_range', type));
  },
  genders: (list) =>
    (Object.keys(genderTypes) as (keyof typeof genderTypes)[])
      .filter((gender) => !list.includes(gender))
      .map((gender) => excluded('genders', 'gender', genderTypes[gender])),
  audiences: (list, userList) =>
    list.map((id) => ({
      side: 'audiences',
      key: `user_list ${userList(id)}`,
      fields: { user_list: { user_list: userList(id) } },
    })),
  keywords: (list) => keywords('keywords', list),
  negativeKeywords: (list) => keywords('negativeKeywords', list),
};

/** Everything that a targeting asks for, a criterion each. */
export function criteriaOf(targeting: Targeting, userList: (id: string) => string): readonly Criterion[] {
  const found: Criterion[] = [];
  const add = <Side extends keyof Targeting>(side: Side) => {
    const list = targeting[side];
    if (list !== undefined) found.push(...(sides[side]?.(list, userList) ?? []));
  };
  for (const side of Object.keys(sides) as (keyof Targeting)[]) add(side);
  return found;
}

/** What has to be added and taken away so that the sides a targeting names are as it says; the others stay. */
export function differences(
  targeting: Targeting,
  wanted: readonly Criterion[],
  present: readonly PresentCriterion[],
): { readonly add: readonly Criterion[]; readonly remove: readonly PresentCriterion[] } {
  const keep = new Set(wanted.map(({ key }) => key));
  const there = new Set(present.map(({ key }) => key));
  return {
    add: wanted.filter(({ key }) => !there.has(key)),
    remove: present.filter(({ side, key }) => targeting[side] !== undefined && !keep.has(key)),
  };
}

const selected = [
  'type',
  'negative',
  'status',
  'keyword.text',
  'keyword.match_type',
  'age_range.type',
  'gender.type',
  'user_list.user_list',
];

/** Criteria of one campaign or ad group, removed ones left out. */
export function criteriaQuery(kind: 'campaign' | 'ad-group', id: string): string {
  const [from, parent] = kind === 'campaign' ? ['campaign_criterion', 'campaign'] : ['ad_group_criterion', 'ad_group'];
  const fields =
    kind === 'campaign'
      ? [
          'type',
          'negative',
          'status',
          'location.geo_target_constant',
          'language.language_constant',
          'keyword.text',
          'keyword.match_type',
        ]
      : selected;
  const list = fields.map((field) => `${from}.${field}`).join(', ');
  return `SELECT ${list} FROM ${from} WHERE ${parent}.id = ${id} AND ${from}.status != 'REMOVED'`;
}

/** Rows of `criteriaQuery`; criteria of kinds that this system does not write are left alone and out. */
export function presentCriteria(
  kind: 'campaign' | 'ad-group',
  rows: readonly Readonly<Record<string, unknown>>[],
): readonly PresentCriterion[] {
  const root = kind === 'campaign' ? 'campaignCriterion' : 'adGroupCriterion';
  return rows.flatMap((raw) => {
    const row = new RawFields(raw);
    const resourceName = row.text(`${root}.resourceName`);
    const negative = row.flag(`${root}.negative`);
    const known = (side: keyof Targeting, key: string, fields: Criterion['fields']): PresentCriterion[] => [
      { resourceName, side, key, fields },
    ];
    switch (row.optionalText(`${root}.type`)) {
      case 'LOCATION': {
        const place = row.text(`${root}.location.geoTargetConstant`);
        return negative ? [] : known('countries', `location ${place}`, { location: { geo_target_constant: place } });
      }
      case 'LANGUAGE': {
        const language = row.text(`${root}.language.languageConstant`);
        return known('languages', `language ${language}`, { language: { language_constant: language } });
      }
      case 'KEYWORD': {
        const text = row.text(`${root}.keyword.text`);
        const matchType = row.text(`${root}.keyword.matchType`);
        return known(negative ? 'negativeKeywords' : 'keywords', keywordKey(negative, matchType, text), {
          keyword: { text, match_type: matchType },
        });
      }
      case 'AGE_RANGE': {
        const type = row.text(`${root}.ageRange.type`);
        return negative ? known('ages', `not age_range ${type}`, { age_range: { type } }) : [];
      }
      case 'GENDER': {
        const type = row.text(`${root}.gender.type`);
        return negative ? known('genders', `not gender ${type}`, { gender: { type } }) : [];
      }
      case 'USER_LIST': {
        const list = row.text(`${root}.userList.userList`);
        return negative ? [] : known('audiences', `user_list ${list}`, { user_list: { user_list: list } });
      }
      default:
        return [];
    }
  });
}

/** The criteria of a campaign or ad group in our words. Places within a country are told by their criterion, as Google names them. */
export function targetingOf(kind: 'campaign' | 'ad-group', criteria: readonly PresentCriterion[]): Targeting {
  const of = (side: keyof Targeting): readonly string[] =>
    criteria.filter((one) => one.side === side).map(({ key }) => key.slice(key.lastIndexOf('/') + 1));
  const words = (side: 'keywords' | 'negativeKeywords'): KeywordList =>
    criteria.flatMap(({ side: its, fields }) => {
      if (its !== side) return [];
      const { text, match_type } = fields['keyword'] as { readonly text: string; readonly match_type: string };
      const match = keyOf(matchTypes, match_type);
      return match === undefined ? [] : [{ text, match }];
    });
  if (kind === 'campaign') {
    const countries = of('countries').map((id) => countriesByCriterion[id] ?? `unknown:${id}`);
    return {
      ...(countries.length > 0 && { countries }),
      languages: of('languages').map((id) => keyOf(languageIds, id) ?? `unknown:${id}`),
      negativeKeywords: words('negativeKeywords'),
    };
  }
  const without = new Set(criteria.map(({ key }) => key));
  const ages = (Object.keys(ageTypes) as (keyof typeof ageTypes)[]).filter(
    (age) => !without.has(`not age_range ${ageTypes[age]}`),
  );
  const genders = (Object.keys(genderTypes) as (keyof typeof genderTypes)[]).filter(
    (gender) => !without.has(`not gender ${genderTypes[gender]}`),
  );
  return {
    ages,
    genders,
    audiences: [...of('audiences')],
    keywords: words('keywords'),
    negativeKeywords: words('negativeKeywords'),
  };
}

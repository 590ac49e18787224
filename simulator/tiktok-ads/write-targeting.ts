import type { Targeting } from '../market/world.ts';
import { badParameter } from './codes.ts';
import type { Parameters } from './parameters.ts';
import { countryOf, languageNames } from './places.ts';

const ages: Readonly<Record<string, readonly string[]>> = {
  AGE_13_17: ['13-17'],
  AGE_18_24: ['18-24'],
  AGE_25_34: ['25-34'],
  AGE_35_44: ['35-44'],
  AGE_45_54: ['45-54'],
  AGE_55_100: ['55+'],
};
const gendersOf: Readonly<Record<string, readonly string[] | undefined>> = {
  GENDER_UNLIMITED: undefined,
  GENDER_FEMALE: ['female'],
  GENDER_MALE: ['male'],
};

/** The fields of an ad group that say whom it reaches, in TikTok's words. */
export interface TargetingFields {
  readonly location_ids?: readonly string[];
  readonly languages?: readonly string[];
  readonly age_groups?: readonly string[];
  readonly gender?: string;
  readonly interest_category_ids?: readonly string[];
  readonly audience_ids?: readonly string[];
}

/** Fields that are given; throws 40002 naming the first that TikTok does not know. */
export function readTargeting(parameters: Parameters): TargetingFields {
  const known = (name: string, isKnown: (value: string) => boolean) => {
    const values = parameters.texts(name);
    const unknown = values?.find((value) => !isKnown(value));
    if (unknown !== undefined) throw badParameter(name, `Invalid value ${unknown}.`);
    return values === undefined ? {} : { [name]: values };
  };
  const number = (value: string) => /^\d{1,20}$/.test(value);
  const places = known('location_ids', (id) => countryOf(id) !== undefined) as TargetingFields;
  if (places.location_ids?.length === 0) throw badParameter('location_ids', 'At least one location is required.');
  if (new Set(places.location_ids).size !== (places.location_ids?.length ?? 0))
    throw badParameter('location_ids', 'Locations must not overlap.');
  const gender = parameters.choice('gender', Object.keys(gendersOf));
  return {
    ...places,
    ...known('languages', (code) => Object.hasOwn(languageNames, code)),
    ...known('age_groups', (group) => Object.hasOwn(ages, group)),
    ...(gender === undefined ? {} : { gender }),
    ...known('interest_category_ids', number),
    ...known('audience_ids', number),
  };
}

/** As the market reads it; an empty list is everybody. */
export function marketTargeting(fields: TargetingFields): Targeting {
  const list = (name: keyof Targeting, values: readonly string[] | undefined) =>
    values === undefined || values.length === 0 ? {} : { [name]: values };
  return {
    ...list(
      'countries',
      fields.location_ids?.flatMap((id) => countryOf(id) ?? []),
    ),
    ...list('languages', fields.languages),
    ...list(
      'ages',
      fields.age_groups?.flatMap((group) => ages[group] ?? []),
    ),
    ...list('genders', gendersOf[fields.gender ?? 'GENDER_UNLIMITED']),
    ...list('interests', fields.interest_category_ids),
    ...list('audiences', fields.audience_ids),
  };
}

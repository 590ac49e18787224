import * as z from 'zod/mini';
import type { Targeting } from '../../contracts/schemas/changes.ts';
import type { RawRow } from '../../domain/integrations/platform.ts';
import type { TikTokClient } from './client.ts';
import { platformError } from './errors.ts';
import { ageGroups, genders } from './write-vocabulary.ts';

const regions = z.object({
  region_info: z.array(z.object({ location_id: z.string(), region_code: z.string(), level: z.string() })),
});
const languages = z.object({ languages: z.array(z.object({ code: z.string() })) });

/** TikTok's numbers for countries, as one advertiser may use them for one objective. */
export interface Countries {
  /** Throws `PlatformError` `rejected` naming the countries that TikTok does not show ads in. */
  idsOf(countries: readonly string[]): readonly string[];
  /** `undefined` when a place among them is smaller than a country: our model has none. */
  countriesOf(ids: readonly string[]): readonly string[] | undefined;
}

/** What TikTok is asked about places and languages, once for a writer: neither changes while a change is applied. */
export class TargetingVocabulary {
  readonly #client: TikTokClient;
  readonly #countries = new Map<string, Promise<Countries>>();
  readonly #languages = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(client: TikTokClient) {
    this.#client = client;
  }

  countries(advertiserId: string, objectiveType: string, signal?: AbortSignal): Promise<Countries> {
    return kept(this.#countries, `${advertiserId} ${objectiveType}`, async () => {
      const { data } = await this.#client.ask(
        {
          operation: 'tool/region',
          parameters: {
            advertiser_id: advertiserId,
            placements: ['PLACEMENT_TIKTOK'],
            objective_type: objectiveType,
            level_range: 'TO_COUNTRY',
          },
          advertiserId,
          signal,
        },
        regions,
      );
      return countriesFrom(data.region_info.filter(({ level }) => level === 'COUNTRY'));
    });
  }

  languages(advertiserId: string, signal?: AbortSignal): Promise<ReadonlySet<string>> {
    return kept(this.#languages, advertiserId, async () => {
      const { data } = await this.#client.ask(
        { operation: 'tool/language', parameters: { advertiser_id: advertiserId }, advertiserId, signal },
        languages,
      );
      return new Set(data.languages.map(({ code }) => code));
    });
  }
}

/** A failure is not kept. */
async function kept<T>(held: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = held.get(key);
  if (known !== undefined) return known;
  const asked = ask();
  held.set(key, asked);
  try {
    return await asked;
  } catch (error) {
    held.delete(key);
    throw error;
  }
}

function countriesFrom(rows: readonly { readonly location_id: string; readonly region_code: string }[]): Countries {
  const ids = new Map(rows.map((row) => [row.region_code, row.location_id]));
  const codes = new Map(rows.map((row) => [row.location_id, row.region_code]));
  return {
    idsOf: (countries) => {
      const missing = countries.filter((country) => !ids.has(country));
      if (missing.length > 0) {
        throw refusal(
          'COUNTRY_NOT_SERVED',
          `targeting.countries: TikTok shows this account no ads in ${missing.join(', ')}`,
        );
      }
      return countries.flatMap((country) => ids.get(country) ?? []);
    },
    countriesOf: (given) => {
      const known = given.flatMap((id) => codes.get(id) ?? []);
      return known.length === given.length ? known : undefined;
    },
  };
}

export const refusal = (code: string, message: string) => platformError('rejected', code, message, { secrets: [] });

/** Targeting in TikTok's words; an absent field is left out. Write-rules have refused what has no word. */
export function targetingBody(
  targeting: Targeting,
  countries: Countries | undefined,
  known: ReadonlySet<string> | undefined,
): Readonly<Record<string, unknown>> {
  const unknown = targeting.languages?.filter((language) => known?.has(language) === false) ?? [];
  if (unknown.length > 0) {
    throw refusal('LANGUAGE_NOT_KNOWN', `targeting.languages: TikTok does not know ${unknown.join(', ')}`);
  }
  const { ages, genders: wanted } = targeting;
  const groups = ageGroups.filter(([, words]) => words.every((word) => ages?.includes(word)));
  return {
    ...(targeting.countries && countries && { location_ids: countries.idsOf(targeting.countries) }),
    ...(targeting.languages && { languages: targeting.languages }),
    // All of them is no limit: TikTok reads an empty list so, and those whose age it does not know are reached as well.
    ...(ages && { age_groups: groups.length === ageGroups.length ? [] : groups.map(([group]) => group) }),
    ...(wanted && { gender: genderOf(wanted) }),
    ...(targeting.interests && { interest_category_ids: targeting.interests }),
    ...(targeting.audiences && { audience_ids: targeting.audiences }),
  };
}

const genderOf = (wanted: readonly string[]): string | undefined =>
  genders.find(
    ([, words]) => words.length === new Set(wanted).size && words.every((word) => wanted.includes(word)),
  )?.[0];

/** The targeting of an ad group as TikTok lists it: every side of it, so that writing it again restores it. */
export function targetingOf(row: RawRow, countries: Countries): Targeting {
  const texts = (name: string): string[] => {
    const value = row[name];
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  };
  const groups = texts('age_groups');
  const chosen = groups.length === 0 ? ageGroups : ageGroups.filter(([group]) => groups.includes(group));
  const reached = countries.countriesOf(texts('location_ids'));
  const who = genders.find(([word]) => word === row.gender)?.[1];
  return {
    ...(reached !== undefined && reached.length > 0 && { countries: [...reached] }),
    languages: texts('languages'),
    ages: chosen.flatMap(([, ages]) => ages),
    ...(who !== undefined && { genders: [...who] }),
    interests: texts('interest_category_ids'),
    audiences: texts('audience_ids'),
  };
}

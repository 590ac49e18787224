import { type Breakdown, countryShares, peopleShares } from './breakdowns.ts';
import { hashText, uniform } from './random.ts';
import type { Account, KeywordText, Targeting } from './world.ts';

/** People online, in millions, roughly as the ITU counted them in 2024; a country that is not here counts as `otherCountry`. */
const peopleOnline: Readonly<Record<string, number>> = {
  ...{ AT: 8.6, AU: 25, BE: 11, BR: 183, CA: 37, CH: 8.6, CN: 1090, CZ: 9.2, DE: 78, DK: 5.8, ES: 45, FI: 5.2, FR: 58 },
  ...{
    GB: 66,
    IE: 5,
    IN: 880,
    IT: 52,
    JP: 107,
    KR: 50,
    LU: 0.65,
    MX: 104,
    NL: 17.5,
    NO: 5.4,
    NZ: 5,
    PL: 33,
    PT: 9,
    SE: 10,
  },
  ...{ TR: 75, US: 320, ZA: 45 },
};
const otherCountry = 12;

/** Who understands ads in a language; whoever is not listed, one in twelve. */
const speakers: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  AT: { de: 0.97, en: 0.5 },
  AU: { en: 0.95 },
  CA: { en: 0.78, fr: 0.28 },
  CH: { de: 0.65, fr: 0.24, it: 0.09, en: 0.45 },
  DE: { de: 0.96, en: 0.38, tr: 0.03 },
  ES: { es: 0.98, en: 0.2 },
  FR: { fr: 0.98, en: 0.25 },
  GB: { en: 0.98 },
  IT: { it: 0.98, en: 0.18 },
  JP: { ja: 0.99, en: 0.1 },
  US: { en: 0.93, es: 0.14 },
};
const foreignSpeakers = 0.08;

/** A country may be searched in ten times over, and no account has the means for more of the world. */
const widest = 10;

/** Whom an object's targeting leaves of the people its market is made of, and how much better they fit. */
export interface Reach {
  /** Impressions within reach relative to no targeting; above 1 where it reaches other, larger countries. */
  readonly share: number;
  /** A chosen audience buys more often; 1 without one. */
  readonly fit: number;
}

export const everybody: Reach = { share: 1, fit: 1 };

export function reachOf(account: Account, targeting: Targeting | undefined): Reach {
  if (targeting === undefined) return everybody;
  const people =
    countriesShare(account, targeting.countries) *
    languagesShare(account, targeting) *
    admitted(account, 'age', targeting.ages) *
    admitted(account, 'gender', targeting.genders) *
    negativesShare(targeting.negativeKeywords);
  const lists = [targeting.interests, targeting.audiences, targeting.companies].filter(
    (list) => list !== undefined && list.length > 0,
  );
  const chosen = lists.map((list) => chosenShare(list ?? []));
  return {
    share: Math.min(
      widest,
      chosen.reduce((share, part) => share * part, people),
    ),
    // A tenth of the people fits half as well again as everybody does.
    fit: chosen.reduce((fit, part) => fit * (1 + 0.22 * Math.log10(1 / part)), 1) ** 0.9,
  };
}

/** Whether targeting lets a value of a breakdown through; values the platform does not know pass with everybody alone. */
export function admits(targeting: Targeting | undefined, breakdown: Breakdown, value: string): boolean {
  const list =
    breakdown === 'age'
      ? targeting?.ages
      : breakdown === 'gender'
        ? targeting?.genders
        : breakdown === 'country'
          ? targeting?.countries
          : undefined;
  if (list === undefined || list.length === 0) return true;
  return breakdown === 'age' ? list.some((range) => overlaps(range, value)) : list.includes(value);
}

/** `25-34` and `35-54` have no age in common, `65-up` and `55+` have. */
function overlaps(left: string, right: string): boolean {
  const [first, second] = [agesOf(left), agesOf(right)];
  if (first === undefined || second === undefined) return left === right;
  return first[0] <= second[1] && second[0] <= first[1];
}

function agesOf(range: string): readonly [number, number] | undefined {
  const match = /^(\d+)(?:-(\d+)|-up|\+)$/.exec(range);
  return match === null ? undefined : [Number(match[1]), Number(match[2] ?? 120)];
}

function admitted(account: Account, breakdown: 'age' | 'gender', list: readonly string[] | undefined): number {
  if (list === undefined || list.length === 0) return 1;
  const targeting: Targeting = breakdown === 'age' ? { ages: list } : { genders: list };
  return Object.entries(peopleShares(account.platform, breakdown)).reduce(
    (sum, [value, share]) => sum + (admits(targeting, breakdown, value) ? share : 0),
    0,
  );
}

function countriesShare(account: Account, countries: readonly string[] | undefined): number {
  if (countries === undefined || countries.length === 0) return 1;
  const home = countryShares(account.market);
  const online = (country: string) => peopleOnline[country] ?? otherCountry;
  const main = account.market ?? 'US';
  const perPerson = (home[main] ?? 1) / online(main);
  return countries.reduce((sum, country) => sum + (home[country] ?? 0.6 * perPerson * online(country)), 0);
}

function languagesShare(account: Account, { languages, countries }: Targeting): number {
  if (languages === undefined || languages.length === 0) return 1;
  const places = countries === undefined || countries.length === 0 ? [account.market ?? 'US'] : countries;
  const shares = places.map((country) =>
    languages.reduce((sum, language) => sum + (speakers[country]?.[language] ?? foreignSpeakers), 0),
  );
  return Math.min(1, shares.reduce((left, right) => left + right, 0) / shares.length);
}

/** Each id stands for 2 to 10 % of the people, told from the id. */
function chosenShare(ids: readonly string[]): number {
  return Math.min(
    0.95,
    ids.reduce((sum, id) => sum + 0.02 + 0.08 * uniform(hashText(`people|${id}`)), 0),
  );
}

/** A word that is shut out takes a little of the traffic with it. */
function negativesShare(negatives: readonly KeywordText[] | undefined): number {
  const each = { exact: 0.003, phrase: 0.012, broad: 0.02 } as const;
  return (negatives ?? []).reduce((share, { match }) => share * (1 - each[match]), 1);
}

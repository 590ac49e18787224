/**
 * What this system writes, in LinkedIn's words. Source: learn.microsoft.com/linkedin/marketing, account structure and
 * ad-budget-pricing-type-combinations.
 */
import type { Bidding, Creative, Operation } from '../../contracts/schemas/changes.ts';

type CampaignDraft = Extract<Operation, { readonly do: 'create-campaign' }>;
type SingleImage = Extract<Creative, { readonly format: 'single-image' }>;

export const objectives: Readonly<Partial<Record<CampaignDraft['objective'], string>>> = {
  traffic: 'WEBSITE_VISIT',
  conversions: 'WEBSITE_CONVERSION',
  awareness: 'BRAND_AWARENESS',
};

export interface WayToBid {
  readonly strategy: Bidding['strategy'];
  /** Whether an amount is given: a bid or a cap. */
  readonly priced: boolean;
  readonly optimizationTargetType: string;
  readonly costType: 'CPC' | 'CPM';
  readonly objectives: readonly string[];
}

/** Ways to bid by what they are called here; LinkedIn allows each for some objectives alone. */
export const waysToBid: readonly WayToBid[] = [
  {
    strategy: 'manual-cpc',
    priced: true,
    optimizationTargetType: 'NONE',
    costType: 'CPC',
    objectives: ['WEBSITE_VISIT', 'WEBSITE_CONVERSION'],
  },
  {
    strategy: 'maximize-clicks',
    priced: false,
    optimizationTargetType: 'MAX_CLICK',
    costType: 'CPM',
    objectives: ['WEBSITE_VISIT'],
  },
  {
    strategy: 'maximize-clicks',
    priced: true,
    optimizationTargetType: 'CAP_COST_AND_MAXIMIZE_CLICKS',
    costType: 'CPM',
    objectives: ['WEBSITE_VISIT'],
  },
  {
    strategy: 'maximize-conversions',
    priced: false,
    optimizationTargetType: 'MAX_CONVERSION',
    costType: 'CPM',
    objectives: ['WEBSITE_CONVERSION'],
  },
  {
    strategy: 'maximize-delivery',
    priced: false,
    optimizationTargetType: 'MAX_IMPRESSION',
    costType: 'CPM',
    objectives: ['BRAND_AWARENESS'],
  },
];

export const callsToAction: Readonly<Partial<Record<NonNullable<SingleImage['callToAction']>, string>>> = {
  'learn-more': 'LEARN_MORE',
  'shop-now': 'SHOP_NOW',
  'sign-up': 'SIGN_UP',
  download: 'DOWNLOAD',
  'apply-now': 'APPLY',
  'get-quote': 'VIEW_QUOTE',
  subscribe: 'SUBSCRIBE',
};

/** `interfaceLocales` and `locale` by ISO 639-1; LinkedIn knows one country for each of its languages but English. */
export const locales: Readonly<Record<string, { readonly language: string; readonly country: string }>> =
  Object.fromEntries(
    [
      ...[
        'ar_AE',
        'bn_IN',
        'cs_CZ',
        'da_DK',
        'de_DE',
        'el_GR',
        'en_US',
        'es_ES',
        'fa_IR',
        'fi_FI',
        'fr_FR',
        'he_IL',
        'hi_IN',
      ],
      ...[
        'hu_HU',
        'id_ID',
        'it_IT',
        'ja_JP',
        'ko_KR',
        'ms_MY',
        'nl_NL',
        'no_NO',
        'pl_PL',
        'pt_BR',
        'ro_RO',
        'ru_RU',
        'sv_SE',
      ],
      ...['th_TH', 'tl_PH', 'tr_TR', 'uk_UA', 'vi_VN', 'zh_CN'],
    ].map((locale) => [locale.slice(0, 2), { language: locale.slice(0, 2), country: locale.slice(3) }]),
  );

/** Age ranges with the years they are made of here; LinkedIn has no finer ones. */
export const ageRanges: readonly (readonly [urn: string, ages: readonly string[]])[] = [
  ['urn:li:ageRange:(18,24)', ['18-24']],
  ['urn:li:ageRange:(25,34)', ['25-34']],
  ['urn:li:ageRange:(35,54)', ['35-44', '45-54']],
  ['urn:li:ageRange:(55,2147483647)', ['55-64', '65-up']],
];

export const genderUrns: Readonly<Record<string, string>> = {
  'urn:li:gender:FEMALE': 'female',
  'urn:li:gender:MALE': 'male',
};

/** Facets by the kind of URN that stands in `companies`. */
export const companyFacets: Readonly<Record<string, string>> = {
  organization: 'employers',
  function: 'jobFunctions',
  seniority: 'seniorities',
  industry: 'industries',
};

export const longest = { name: 255, introduction: 600, headline: 200, landingPage: 2_000 } as const;

export const uploads = {
  contentTypes: ['image/jpeg', 'image/png', 'image/gif'],
  largestBytes: 5_000_000,
} as const;

import type { Bidding, Money, Targeting } from '../../contracts/schemas/changes.ts';
import { readUtmTemplate, utmReasons } from '../../domain/changes/utm.ts';
import type { AccountRef } from '../../domain/integrations/platform.ts';
import type {
  Objection,
  PlatformOperation,
  PlatformOperationOf,
  WriteRules,
} from '../../domain/integrations/platform-writer.ts';
import { currencyStepMicros, leastBudgetMicros } from './write-money.ts';
import { companyFacetOf, geoOf } from './write-targeting.ts';
import { ageRanges, callsToAction, locales, longest, objectives, uploads, waysToBid } from './write-vocabulary.ts';

type Account = Pick<AccountRef, 'currency'>;
type Objections = readonly Objection[];

const objection = (field: string, reason: string): Objection => ({ field, reason });
const when = (is: boolean, field: string, reason: string): Objections => (is ? [objection(field, reason)] : []);

/** What LinkedIn Ads can be asked, without asking it. */
export const linkedInAdsWriteRules: WriteRules = {
  objections: (operation, account) => byOperation(operation, account),
  dailyBudget: (currency) => ({
    minimumMicros: leastBudgetMicros(currency),
    stepMicros: currencyStepMicros(currency),
  }),
  /**
   * LinkedIn's help ("Budgets"): up to 50 % more than the daily budget on a day, and at most seven times it from Monday to Sunday. A
   * month of 31 days holds three whole weeks and ten days of two broken ones, five of each, which are bounded by seven: 21 + 7 + 7.
   */
  mostSpend: (micros) => ({ dayMicros: Math.ceil(micros * 1.5), monthMicros: micros * 35 }),
  budgetLevels: ['campaign', 'ad-group'],
  utmLevel: 'ad',
  declarationLevel: 'ad-group',
};

function byOperation(operation: PlatformOperation, account: Account): Objections {
  switch (operation.do) {
    case 'set-status':
    case 'remove':
      return [];
    case 'rename':
      return text('name', operation.name, longest.name);
    case 'set-daily-budget':
      return operation.target.kind === 'ad'
        ? [objection('target', 'LinkedIn keeps budgets at campaigns and ad groups, not at ads')]
        : budget('dailyBudget', operation.dailyBudget, account);
    case 'set-bidding':
      return [
        ...when(operation.target.kind !== 'ad-group', 'target', 'LinkedIn keeps bids at ad groups (its campaigns)'),
        ...bidding(operation.bidding, account),
      ];
    case 'set-targeting':
      return [
        ...when(
          operation.target.kind !== 'ad-group',
          'target',
          'LinkedIn keeps targeting at ad groups (its campaigns)',
        ),
        ...targetingObjections(operation.targeting),
        ...when(
          operation.targeting.languages !== undefined,
          'targeting.languages',
          'LinkedIn keeps the language in which an ad group was made; make another ad group',
        ),
      ];
    case 'upload-asset':
      return upload(operation);
    case 'create-campaign':
      return campaign(operation, account);
    case 'create-ad-group':
      return adGroup(operation, account);
    case 'create-ad':
      return ad(operation);
  }
}

function text(field: string, value: string, most: number): Objections {
  const length = [...value].length;
  return [
    ...when(value.trim() === '', field, 'is empty'),
    ...when(length > most, field, `LinkedIn takes at most ${most} characters, not ${length}`),
  ];
}

function budget(field: string, amount: Money, account: Account): Objections {
  const wrong = money(field, amount, account);
  if (wrong.length > 0) return wrong;
  const least = leastBudgetMicros(account.currency);
  return when(
    amount.micros < least,
    field,
    `LinkedIn takes at least ${least / 1_000_000} ${account.currency} a day, not ${amount.micros / 1_000_000}`,
  );
}

function money(field: string, { micros, currency }: Money, account: Account): Objections {
  if (currency !== account.currency)
    return [objection(field, `is in ${currency}; the account's currency is ${account.currency}`)];
  const step = currencyStepMicros(currency);
  return when(micros % step !== 0, field, `must be a multiple of ${step / 1_000_000} ${currency}`);
}

const missingStrategies: Readonly<Partial<Record<Bidding['strategy'], string>>> = {
  'maximize-conversion-value': 'LinkedIn does not bid for the value of conversions',
  'target-roas': 'LinkedIn has no target return',
  'target-cpa': 'LinkedIn has no target cost of a conversion; there is maximize-conversions',
};

function bidding({ strategy, amount, targetRoas }: Bidding, account: Account): Objections {
  const missing = missingStrategies[strategy];
  if (missing !== undefined) return [objection('bidding.strategy', missing)];
  const known = waysToBid.filter((way) => way.strategy === strategy);
  return [
    ...when(targetRoas !== undefined, 'bidding.targetRoas', `${strategy} has no target return on LinkedIn`),
    ...when(
      amount === undefined && known.every(({ priced }) => priced),
      'bidding.amount',
      `${strategy} needs the highest price of a click`,
    ),
    ...when(
      amount !== undefined && known.every(({ priced }) => !priced),
      'bidding.amount',
      `${strategy} has no price on LinkedIn`,
    ),
    ...(amount === undefined ? [] : money('bidding.amount', amount, account)),
    ...when(amount?.micros === 0, 'bidding.amount', 'must be above 0'),
  ];
}

const absentTargeting: readonly (readonly [keyof Targeting, string])[] = [
  ['keywords', 'LinkedIn ads are not bought by keyword'],
  ['negativeKeywords', 'LinkedIn ads exclude no keywords'],
];

function targetingObjections(given: Targeting | undefined): Objections {
  if (given === undefined) return [];
  const { countries, languages, ages, genders, companies } = given;
  const unknownCountries = (countries ?? []).filter((country) => geoOf(country) === undefined);
  const unknownLanguages = (languages ?? []).filter((language) => !Object.hasOwn(locales, language));
  const unknownCompanies = (companies ?? []).filter((urn) => companyFacetOf(urn) === undefined);
  return [
    ...absentTargeting.flatMap(([field, reason]) =>
      when((given[field]?.length ?? 0) > 0, `targeting.${field}`, reason),
    ),
    ...when(
      unknownCountries.length > 0,
      'targeting.countries',
      `LinkedIn shows no ads in ${unknownCountries.join(', ')}, as far as its list of places goes`,
    ),
    ...when(
      unknownLanguages.length > 0,
      'targeting.languages',
      `LinkedIn has no ads in ${unknownLanguages.join(', ')}; there are ${Object.keys(locales).join(', ')}`,
    ),
    ...when((languages?.length ?? 0) > 1, 'targeting.languages', 'a LinkedIn ad group is in one language'),
    ...when(ages?.includes('13-17') ?? false, 'targeting.ages', 'LinkedIn’s youngest range is 18-24'),
    ...when(
      ages !== undefined && ageRanges.some(([, together]) => isSplit(together, ages)),
      'targeting.ages',
      'LinkedIn’s ranges are 18-24, 25-34, 35-54 and 55 and older: 35-44 goes with 45-54, 55-64 with 65-up',
    ),
    ...when(
      genders?.includes('unknown') === true && !(genders.includes('female') && genders.includes('male')),
      'targeting.genders',
      'LinkedIn reaches women, men, or everybody (female, male and unknown)',
    ),
    ...when(
      unknownCompanies.length > 0,
      'targeting.companies',
      `${unknownCompanies.join(', ')}: URNs are urn:li:organization:…, urn:li:function:…, urn:li:seniority:… and urn:li:industry:…`,
    ),
  ];
}

/** Some of what belongs together, not all of it. */
const isSplit = (together: readonly string[], given: readonly string[]): boolean => {
  const there = together.filter((one) => given.includes(one)).length;
  return there > 0 && there < together.length;
};

function upload({ kind, name, bytes, contentType }: PlatformOperationOf<'upload-asset'>): Objections {
  return [
    // A part of the bytes' hash is put behind it.
    ...text('name', name, longest.name - 13),
    ...when(
      kind !== 'image',
      'kind',
      'single image ads show images; videos are not written to LinkedIn in this release',
    ),
    ...when(
      kind === 'image' && !(uploads.contentTypes as readonly string[]).includes(contentType),
      'url',
      `LinkedIn takes images as JPG, PNG or GIF, not ${contentType}`,
    ),
    ...when(bytes.byteLength === 0, 'url', 'is an empty file'),
    ...when(
      bytes.byteLength > uploads.largestBytes,
      'url',
      `LinkedIn takes images of at most ${uploads.largestBytes / 1_000_000} MB, not ${Math.ceil(bytes.byteLength / 1_000_000)}`,
    ),
  ];
}

const noPolitics = 'LinkedIn does not allow political advertising at all';

function campaign(draft: PlatformOperationOf<'create-campaign'>, account: Account): Objections {
  const atAdGroups = (field: 'bidding' | 'targeting', what: string) =>
    when(draft[field] !== undefined, field, `LinkedIn keeps ${what} at ad groups (its campaigns); say it there`);
  return [
    ...text('name', draft.name, longest.name),
    ...when(
      draft.type !== 'sponsored-content',
      'type',
      `LinkedIn has no ${draft.type} campaigns; there is sponsored-content`,
    ),
    ...when(
      objectives[draft.objective] === undefined,
      'objective',
      `single image ads are written for ${Object.keys(objectives).join(', ')}; ${draft.objective} needs a form or a video`,
    ),
    ...when(draft.politicalAdvertising !== 'none', 'politicalAdvertising', noPolitics),
    ...(draft.dailyBudget === undefined ? [] : budget('dailyBudget', draft.dailyBudget, account)),
    ...atAdGroups('bidding', 'bids'),
    ...atAdGroups('targeting', 'targeting'),
    ...flight(draft),
  ];
}

const flight = ({
  startDate,
  endDate,
}: {
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
}) =>
  when(startDate !== undefined && endDate !== undefined && endDate < startDate, 'endDate', 'is before the start date');

function adGroup(draft: PlatformOperationOf<'create-ad-group'>, account: Account): Objections {
  return [
    ...text('name', draft.name, longest.name),
    ...(draft.dailyBudget === undefined ? [] : budget('dailyBudget', draft.dailyBudget, account)),
    ...(draft.bidding === undefined
      ? [objection('bidding', 'LinkedIn needs to be told how an ad group bids')]
      : bidding(draft.bidding, account)),
    ...when(
      (draft.targeting?.countries?.length ?? 0) === 0,
      'targeting.countries',
      'LinkedIn needs the countries an ad group reaches',
    ),
    ...when(
      (draft.targeting?.languages?.length ?? 0) === 0,
      'targeting.languages',
      'LinkedIn needs the language of the ads',
    ),
    ...targetingObjections(draft.targeting),
    ...when(
      draft.politicalAdvertising === undefined,
      'politicalAdvertising',
      'LinkedIn has the declaration at ad groups (its campaigns): say whether this is political advertising',
    ),
    ...when(draft.politicalAdvertising === 'eu-political', 'politicalAdvertising', noPolitics),
    ...when(
      draft.conversion !== undefined,
      'conversion',
      'LinkedIn counts the conversion rules of the account that a campaign is joined to; join them on LinkedIn',
    ),
    ...flight(draft),
  ];
}

function ad({ name, parent, creative, utmTemplate }: PlatformOperationOf<'create-ad'>): Objections {
  const utm = utmTemplate === undefined ? undefined : readUtmTemplate(utmTemplate);
  const common = [
    ...when(parent.kind !== 'ad-group', 'parent', 'a LinkedIn ad stands beneath an ad group'),
    ...text('name', name, longest.name),
    ...(utmTemplate === undefined
      ? []
      : utmReasons(utmTemplate, creative.landingPageUrl).map((reason) => objection('utmTemplate', reason))),
    ...when(
      utm?.kind === 'template' &&
        utm.parameters.some(({ parts }) => parts.some((part) => 'placeholder' in part && part.placeholder === 'ad')),
      'utmTemplate',
      'LinkedIn fills in nothing by itself, and the id of an ad is not known before it is made: leave {ad} out',
    ),
  ];
  if (creative.format !== 'single-image') {
    return [...common, objection('creative.format', `LinkedIn has no ${creative.format} ads; there is single-image`)];
  }
  const { introduction, headline, page, callToAction, landingPageUrl } = creative;
  return [
    ...common,
    ...text('creative.introduction', introduction, longest.introduction),
    ...text('creative.headline', headline, longest.headline),
    ...text('creative.landingPageUrl', landingPageUrl, longest.landingPage),
    ...when(
      !/^urn:li:organization:\d+$/.test(page),
      'creative.page',
      'must be the URN of a company page, urn:li:organization:…',
    ),
    ...when(
      callToAction === undefined || callsToAction[callToAction] === undefined,
      'creative.callToAction',
      `LinkedIn needs the text of the button: ${Object.keys(callsToAction).join(', ')}`,
    ),
  ];
}

import type { Targeting } from '../../contracts/schemas/changes.ts';
import { readUtmTemplate, utmReasons } from '../../domain/changes/utm.ts';
import type { AccountRef } from '../../domain/integrations/platform.ts';
import type {
  ObjectAddress,
  Objection,
  PlatformCreative,
  PlatformOperation,
  PlatformOperationOf,
  WriteRules,
} from '../../domain/integrations/platform-writer.ts';
import {
  adGroupBiddingObjections,
  campaignBiddingObjections,
  minimumMicros,
  moneyObjections,
  stepMicros,
} from './write-money.ts';
import { longest, textsObjections, tooLong } from './write-texts.ts';
import { ageTypes, countryIds, languageIds } from './write-vocabulary.ts';

type Account = Pick<AccountRef, 'currency'>;
type Objections = readonly Objection[];

const when = (is: boolean, field: string, reason: string): Objections => (is ? [{ field, reason }] : []);

/** What Google Ads can be asked, without asking it. */
export const googleAdsWriteRules: WriteRules = {
  objections: (operation, account) => byOperation(operation, account),
  dailyBudget: (currency) => ({ minimumMicros: minimumMicros(currency), stepMicros: stepMicros(currency) }),
  /** Twice the daily budget on one day, 30.4 times in a calendar month. https://support.google.com/google-ads/answer/2375423 */
  mostSpend: (micros) => ({ dayMicros: micros * 2, monthMicros: Math.ceil(micros * 30.4) }),
  budgetLevels: ['campaign'],
  utmLevel: 'campaign',
  declarationLevel: 'campaign',
};

/** Campaigns of other types are read, paused and budgeted; nothing is made in them. */
const writableTypes: readonly string[] = ['search', 'performance-max'];
/** A Performance Max campaign has asset groups where others have ads. */
export const isAssetGroup = ({ kind, campaignType }: ObjectAddress): boolean =>
  kind === 'ad' && campaignType === 'performance-max';

function byOperation(operation: PlatformOperation, account: Account): Objections {
  switch (operation.do) {
    case 'set-status':
    case 'remove':
      return noSuchGroup(operation.target);
    case 'rename':
      return [
        ...noSuchGroup(operation.target),
        ...when(
          operation.target.kind === 'ad' && !isAssetGroup(operation.target),
          'target',
          'Ads have no name on Google Ads; campaigns, ad groups and asset groups have',
        ),
        ...nameObjections(operation.name),
      ];
    case 'set-daily-budget':
      return [
        ...when(operation.target.kind !== 'campaign', 'target', 'Google Ads keeps budgets at campaigns'),
        ...moneyObjections('dailyBudget', operation.dailyBudget, account.currency),
      ];
    case 'set-bidding':
      return biddingObjections(operation, account);
    case 'set-targeting':
      return targetingObjections(operation.targeting, operation.target.kind, operation.target.campaignType);
    case 'upload-asset':
      return uploadObjections(operation);
    case 'create-campaign':
      return campaignObjections(operation, account);
    case 'create-ad-group':
      return adGroupObjections(operation, account);
    case 'create-ad':
      return [...adObjections(operation.creative, operation.parent), ...adUtmObjections(operation)];
  }
}

const noSuchGroup = ({ kind, campaignType }: ObjectAddress): Objections =>
  when(
    kind === 'ad-group' && campaignType === 'performance-max',
    'target',
    'Performance Max campaigns have no ad groups; their asset groups are ads here',
  );

const nameObjections = (name: string): Objections => [
  ...tooLong('name', name, 255),
  // Google refuses a null character and line breaks in names.
  ...when(/[\0\n\r]/.test(name), 'name', 'must not hold a line break or null character'),
];

function biddingObjections({ target, bidding }: PlatformOperationOf<'set-bidding'>, account: Account): Objections {
  if (target.kind === 'ad') return when(true, 'target', 'Google Ads keeps bids at campaigns and ad groups, not at ads');
  if (target.kind === 'ad-group')
    return [...noSuchGroup(target), ...adGroupBiddingObjections(bidding, account.currency)];
  return campaignBiddingObjections(bidding, target.campaignType, account.currency);
}

/** Sides of targeting that Google Ads, or this system on it, does not have at all. */
const absent: readonly (readonly [keyof Targeting, string])[] = [
  ['companies', 'Google Ads does not reach people by company'],
  ['interests', 'Search and Performance Max campaigns take no interest categories'],
];
const ofCampaigns = ['countries', 'languages'] as const;
const ofAdGroups = ['ages', 'genders', 'audiences', 'keywords'] as const;

/** Google counts a keyword's words; ten at most. */
const mostWords = 10;

function targetingObjections(targeting: Targeting, kind: ObjectAddress['kind'], campaignType: string): Objections {
  if (kind === 'ad') return when(true, 'target', 'Google Ads keeps targeting at campaigns and ad groups, not at ads');
  const elsewhere = kind === 'campaign' ? ofAdGroups : ofCampaigns;
  const level = kind === 'campaign' ? 'ad groups' : 'campaigns';
  return [
    ...absent.flatMap(([side, reason]) => when(targeting[side] !== undefined, `targeting.${side}`, reason)),
    ...elsewhere.flatMap((side) =>
      when(targeting[side] !== undefined, `targeting.${side}`, `Google Ads keeps ${side} at ${level}`),
    ),
    ...when(
      kind === 'ad-group' && campaignType === 'performance-max',
      'target',
      'Performance Max campaigns have no ad groups',
    ),
    ...(targeting.countries ?? []).flatMap((country, index) =>
      when(
        countryIds[country] === undefined,
        `targeting.countries.${index}`,
        `Google Ads has no location for ${country}`,
      ),
    ),
    ...(targeting.languages ?? []).flatMap((language, index) =>
      when(
        languageIds[language] === undefined,
        `targeting.languages.${index}`,
        `Google Ads has no language for ${language}`,
      ),
    ),
    ...(targeting.ages ?? []).flatMap((age, index) =>
      when(ageTypes[age] === undefined, `targeting.ages.${index}`, `Google Ads reaches nobody of ${age}`),
    ),
    ...(targeting.audiences ?? []).flatMap((audience, index) =>
      when(!/^\d{1,19}$/.test(audience), `targeting.audiences.${index}`, 'must be the number of a Google user list'),
    ),
    ...keywordObjections('targeting.keywords', targeting.keywords ?? []),
    ...keywordObjections('targeting.negativeKeywords', targeting.negativeKeywords ?? []),
  ];
}

function keywordObjections(field: string, keywords: NonNullable<Targeting['keywords']>): Objections {
  const seen = new Set<string>();
  return keywords.flatMap(({ text, match }, index) => {
    const place = `${field}.${index}`;
    const key = `${match} ${text.trim().toLowerCase()}`;
    const again = seen.has(key);
    seen.add(key);
    return [
      ...when(text.trim().split(/\s+/).length > mostWords, `${place}.text`, `has more than ${mostWords} words`),
      // https://support.google.com/google-ads/answer/7476658: symbols that a keyword cannot hold.
      ...when(
        /[,!@%^*()={};~`<>?\\|]/.test(text),
        `${place}.text`,
        'holds a symbol that Google Ads refuses in keywords',
      ),
      ...when(again, place, 'stands there twice'),
    ];
  });
}

/** ImageAsset: JPEG, PNG and GIF that does not move, at most 5 MB. */
const imageTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/gif'];
const mostImageBytes = 5_242_880;

function uploadObjections({ kind, bytes, contentType, name }: PlatformOperationOf<'upload-asset'>): Objections {
  if (kind === 'video')
    return when(true, 'kind', 'Google Ads takes no video files; it shows videos that are on YouTube');
  return [
    ...nameObjections(name),
    ...when(!imageTypes.includes(contentType), 'url', `is ${contentType}; Google Ads takes JPEG, PNG and GIF`),
    ...when(
      bytes.length > mostImageBytes,
      'url',
      `is ${bytes.length} bytes; Google Ads takes at most ${mostImageBytes}`,
    ),
  ];
}

function campaignObjections(operation: PlatformOperationOf<'create-campaign'>, account: Account): Objections {
  const { type, objective, dailyBudget, bidding, startDate, endDate, targeting, utmTemplate } = operation;
  if (!writableTypes.includes(type))
    return when(true, 'type', `Google Ads has no ${type} campaigns; search and performance-max can be made`);
  const utm = utmTemplate === undefined ? undefined : readUtmTemplate(utmTemplate);
  return [
    ...nameObjections(operation.name),
    // Google has no field for it: the bidding strategy says what such a campaign is for.
    ...when(
      objective === 'awareness' || objective === 'video-views',
      'objective',
      `${type} campaigns are for traffic, conversions or leads, not for ${objective}`,
    ),
    ...(dailyBudget === undefined
      ? when(true, 'dailyBudget', 'a campaign on Google Ads needs a daily budget')
      : moneyObjections('dailyBudget', dailyBudget, account.currency)),
    ...(bidding === undefined
      ? when(true, 'bidding', 'a campaign on Google Ads needs a bidding strategy')
      : campaignBiddingObjections(bidding, type, account.currency)),
    ...when(
      startDate !== undefined && endDate !== undefined && endDate < startDate,
      'endDate',
      'lies before the start date',
    ),
    ...(targeting === undefined ? [] : targetingObjections(targeting, 'campaign', type)),
    ...(utm?.kind === 'refused' ? utm.reasons.map((reason) => ({ field: 'utmTemplate', reason })) : []),
  ];
}

function adGroupObjections(operation: PlatformOperationOf<'create-ad-group'>, account: Account): Objections {
  const { campaign, dailyBudget, bidding, startDate, endDate, targeting, conversion } = operation;
  if (campaign.campaignType !== 'search')
    return when(
      true,
      'campaign',
      campaign.campaignType === 'performance-max'
        ? 'Performance Max campaigns have no ad groups; make an asset group with create-ad'
        : `ad groups can be made in search campaigns, not in ${campaign.campaignType} campaigns`,
    );
  return [
    ...nameObjections(operation.name),
    ...when(dailyBudget !== undefined, 'dailyBudget', 'Google Ads keeps budgets at campaigns'),
    ...when(
      operation.politicalAdvertising !== undefined,
      'politicalAdvertising',
      'Google Ads wants the declaration at campaigns',
    ),
    ...when(
      conversion !== undefined,
      'conversion',
      'Google Ads keeps conversion goals at the account; ad groups bid for those',
    ),
    ...when(startDate !== undefined, 'startDate', 'Google Ads keeps dates at campaigns'),
    ...when(endDate !== undefined, 'endDate', 'Google Ads keeps dates at campaigns'),
    ...(bidding === undefined ? [] : adGroupBiddingObjections(bidding, account.currency)),
    ...(targeting === undefined ? [] : targetingObjections(targeting, 'ad-group', 'search')),
  ];
}

/** AssetGroup has no `final_url_suffix`; Ad has. */
function adUtmObjections({ creative, utmTemplate }: PlatformOperationOf<'create-ad'>): Objections {
  if (utmTemplate === undefined) return [];
  if (creative.format === 'asset-group')
    return when(true, 'utmTemplate', 'an asset group keeps no landing page parameters; its campaign does');
  return utmReasons(utmTemplate, creative.landingPageUrl).map((reason) => ({ field: 'utmTemplate', reason }));
}

function adObjections(creative: PlatformCreative, parent: ObjectAddress): Objections {
  switch (creative.format) {
    case 'responsive-search':
      if (parent.kind !== 'ad-group' || parent.campaignType !== 'search')
        return when(true, 'parent', 'a responsive search ad stands in an ad group of a search campaign');
      return [
        ...textsObjections('creative.headlines', creative.headlines, longest.headline),
        ...textsObjections('creative.descriptions', creative.descriptions, longest.description),
        ...(creative.path ?? []).flatMap((part, index) => tooLong(`creative.path.${index}`, part, longest.path)),
        ...when(creative.path?.[0] === '' && creative.path.length > 1, 'creative.path.0', 'is empty before another'),
      ];
    case 'asset-group':
      if (parent.kind !== 'campaign' || parent.campaignType !== 'performance-max')
        return when(true, 'parent', 'an asset group stands beneath a Performance Max campaign');
      return [
        ...tooLong('creative.businessName', creative.businessName, longest.businessName),
        ...textsObjections('creative.headlines', creative.headlines, longest.headline),
        ...textsObjections('creative.longHeadlines', creative.longHeadlines, longest.longHeadline),
        ...textsObjections('creative.descriptions', creative.descriptions, longest.description),
        ...when(
          creative.descriptions.every((text) => tooLong('', text, longest.shortDescription).length > 0),
          'creative.descriptions',
          `one description must have at most ${longest.shortDescription} characters`,
        ),
        ...(['landscapeImages', 'squareImages', 'logos'] as const).flatMap((field) =>
          creative[field].flatMap(({ platformId }, index) =>
            when(
              !/^(\d{1,19}|ref:.+)$/.test(platformId),
              `creative.${field}.${index}`,
              'must be the number of an asset',
            ),
          ),
        ),
      ];
    default:
      return when(
        true,
        'creative.format',
        `Google Ads has no ${creative.format}; it has responsive-search and asset-group`,
      );
  }
}

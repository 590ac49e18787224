import type { Bidding, Money, Targeting } from '../../contracts/schemas/changes.ts';
import { utmReasons } from '../../domain/changes/utm.ts';
import type { AccountRef } from '../../domain/integrations/platform.ts';
import type {
  Objection,
  PlatformOperation,
  PlatformOperationOf,
  WriteRules,
} from '../../domain/integrations/platform-writer.ts';
import { currencyStepMicros, leastBudgetMicros } from './write-money.ts';
import { textObjections } from './write-texts.ts';
import { ageGroups, genders, optimizations, uploads } from './write-vocabulary.ts';

type Account = Pick<AccountRef, 'currency'>;
type Objections = readonly Objection[];

const objection = (field: string, reason: string): Objection => ({ field, reason });
const when = (is: boolean, field: string, reason: string): Objections => (is ? [objection(field, reason)] : []);

/** What TikTok Ads can be asked, without asking it. */
export const tiktokAdsWriteRules: WriteRules = {
  objections: (operation, account) => byOperation(operation, account),
  dailyBudget: (currency) => ({
    minimumMicros: leastBudgetMicros('ad-group', currency),
    stepMicros: currencyStepMicros(currency),
  }),
  /**
   * A dynamic daily budget spends at most 125 % of itself on a day and seven times itself in a calendar week. A month of 31 days holds
   * three whole weeks and ten days of two broken ones, five days of each at 125 % in the worst case: 21 + 12.5. A plain daily budget is
   * bounded by less.
   */
  mostSpend: (micros) => ({ dayMicros: Math.ceil(micros * 1.25), monthMicros: Math.ceil(micros * 33.5) }),
  budgetLevels: ['campaign', 'ad-group'],
  utmLevel: 'ad',
  declarationLevel: 'campaign',
};

function byOperation(operation: PlatformOperation, account: Account): Objections {
  switch (operation.do) {
    case 'set-status':
    case 'remove':
      return [];
    case 'rename':
      return textObjections.name('name', operation.name);
    case 'set-daily-budget':
      return setDailyBudget(operation, account);
    case 'set-bidding':
      return [
        ...when(operation.target.kind !== 'ad-group', 'target', 'TikTok keeps bids at ad groups'),
        ...biddingObjections(operation.bidding, account),
      ];
    case 'set-targeting':
      return [
        ...when(operation.target.kind !== 'ad-group', 'target', 'TikTok keeps targeting at ad groups'),
        ...targetingObjections(operation.targeting),
      ];
    case 'upload-asset':
      return uploadObjections(operation);
    case 'create-campaign':
      return campaignObjections(operation, account);
    case 'create-ad-group':
      return adGroupObjections(operation, account);
    case 'create-ad':
      return adObjections(operation);
  }
}

function setDailyBudget(operation: PlatformOperationOf<'set-daily-budget'>, account: Account): Objections {
  const { target, dailyBudget } = operation;
  if (target.kind === 'ad') return [objection('target', 'TikTok keeps budgets at campaigns and ad groups, not at ads')];
  return budgetObjections('dailyBudget', dailyBudget, target.kind, account);
}

function budgetObjections(field: string, budget: Money, level: 'campaign' | 'ad-group', account: Account): Objections {
  const wrongMoney = moneyObjections(field, budget, account);
  if (wrongMoney.length > 0) return wrongMoney;
  const least = leastBudgetMicros(level, account.currency);
  const where = level === 'campaign' ? 'campaign' : 'ad group';
  return when(
    budget.micros < least,
    field,
    `TikTok takes at least ${least / 1_000_000} ${account.currency} a day for a ${where}, not ${budget.micros / 1_000_000}`,
  );
}

function moneyObjections(field: string, { micros, currency }: Money, account: Account): Objections {
  if (currency !== account.currency)
    return [objection(field, `is in ${currency}; the account's currency is ${account.currency}`)];
  const step = currencyStepMicros(currency);
  return when(micros % step !== 0, field, `must be a multiple of ${step / 1_000_000} ${currency}`);
}

const missingStrategies: Readonly<Partial<Record<Bidding['strategy'], string>>> = {
  'manual-cpc': 'TikTok has no bids by hand; maximize-clicks with an amount caps the average cost of a click',
  'maximize-conversion-value': 'bidding for value is open to few TikTok advertisers and is not supported',
  'target-roas': 'a target return is open to few TikTok advertisers and is not supported',
};

function biddingObjections({ strategy, amount, targetRoas }: Bidding, account: Account): Objections {
  const missing = missingStrategies[strategy];
  if (missing !== undefined) return [objection('bidding.strategy', missing)];
  return [
    ...when(targetRoas !== undefined, 'bidding.targetRoas', `${strategy} has no target return on TikTok`),
    ...when(
      strategy === 'target-cpa' && amount === undefined,
      'bidding.amount',
      'target-cpa needs the cost of a conversion that it is to keep to',
    ),
    ...when(
      strategy === 'maximize-conversions' && amount !== undefined,
      'bidding.amount',
      'maximize-conversions has no price on TikTok; target-cpa keeps to one',
    ),
    ...(amount === undefined ? [] : moneyObjections('bidding.amount', amount, account)),
    ...when(amount?.micros === 0, 'bidding.amount', 'must be above 0'),
  ];
}

const absentTargeting: readonly (readonly [keyof Targeting, string])[] = [
  ['companies', 'TikTok knows nobody’s employer'],
  ['keywords', 'TikTok in-feed ads are not bought by keyword'],
  ['negativeKeywords', 'TikTok in-feed ads exclude no keywords'],
];

function targetingObjections(targeting: Targeting | undefined): Objections {
  if (targeting === undefined) return [];
  const given = targeting;
  return [
    ...absentTargeting.flatMap(([field, reason]) =>
      when((given[field]?.length ?? 0) > 0, `targeting.${field}`, reason),
    ),
    ...when(
      given.ages !== undefined && ageGroups.some(([, ages]) => isSplit(ages, given.ages ?? [])),
      'targeting.ages',
      'TikTok’s oldest range is 55 and older: 55-64 and 65-up go together',
    ),
    ...when(
      given.genders !== undefined && !genders.some(([, words]) => sameSet(words, given.genders ?? [])),
      'targeting.genders',
      'TikTok reaches women, men, or everybody (female, male and unknown)',
    ),
  ];
}

/** Some of what belongs together, not all of it. */
const isSplit = (together: readonly string[], given: readonly string[]): boolean => {
  const there = together.filter((one) => given.includes(one)).length;
  return there > 0 && there < together.length;
};
const sameSet = (left: readonly string[], right: readonly string[]): boolean =>
  new Set(left).size === new Set(right).size && left.every((one) => right.includes(one));

function uploadObjections({ kind, name, bytes, contentType }: PlatformOperationOf<'upload-asset'>): Objections {
  const { contentTypes, largestBytes, formats } = uploads[kind];
  return [
    ...textObjections.fileName('name', name),
    ...when(
      !(contentTypes as readonly string[]).includes(contentType),
      'url',
      `TikTok takes ${kind}s as ${formats}, not ${contentType}`,
    ),
    ...when(bytes.byteLength === 0, 'url', 'is an empty file'),
    ...when(
      bytes.byteLength > largestBytes,
      'url',
      `TikTok takes ${kind}s of at most ${largestBytes / 1_000_000} MB, not ${Math.ceil(bytes.byteLength / 1_000_000)}`,
    ),
  ];
}

function campaignObjections(draft: PlatformOperationOf<'create-campaign'>, account: Account): Objections {
  const atAdGroups = (field: 'bidding' | 'targeting' | 'startDate' | 'endDate', what: string) =>
    when(draft[field] !== undefined, field, `TikTok keeps ${what} at ad groups; say it there`);
  return [
    ...textObjections.name('name', draft.name),
    ...when(draft.type !== 'in-feed', 'type', `TikTok has no ${draft.type} campaigns; there is in-feed`),
    ...when(
      optimizations[draft.objective] === undefined,
      'objective',
      `TikTok collects ${draft.objective} by forms of its own, which no field names; an event of a website's form is a conversion. There are ${Object.keys(optimizations).join(', ')}`,
    ),
    ...when(
      draft.politicalAdvertising !== 'none',
      'politicalAdvertising',
      'TikTok does not allow political advertising at all',
    ),
    ...(draft.dailyBudget === undefined ? [] : budgetObjections('dailyBudget', draft.dailyBudget, 'campaign', account)),
    ...atAdGroups('bidding', 'bids'),
    ...atAdGroups('targeting', 'targeting'),
    ...atAdGroups('startDate', 'schedules'),
    ...atAdGroups('endDate', 'schedules'),
    ...when(
      draft.utmTemplate !== undefined,
      'utmTemplate',
      'TikTok campaigns keep no landing page parameters; its ads do',
    ),
  ];
}

function adGroupObjections(draft: PlatformOperationOf<'create-ad-group'>, account: Account): Objections {
  const { startDate, endDate } = draft;
  return [
    ...textObjections.name('name', draft.name),
    ...(draft.dailyBudget === undefined ? [] : budgetObjections('dailyBudget', draft.dailyBudget, 'ad-group', account)),
    ...(draft.bidding === undefined
      ? [objection('bidding', 'TikTok needs to be told how an ad group bids')]
      : biddingObjections(draft.bidding, account)),
    ...conversionObjections(draft),
    ...when(
      draft.targeting?.countries === undefined,
      'targeting.countries',
      'TikTok needs the countries an ad group reaches',
    ),
    ...targetingObjections(draft.targeting),
    ...when(
      startDate !== undefined && endDate !== undefined && endDate < startDate,
      'endDate',
      'is before the start date',
    ),
  ];
}

const forConversions: ReadonlySet<Bidding['strategy']> = new Set(['maximize-conversions', 'target-cpa']);

/** Which pixel and event are the account's, TikTok alone can tell. */
function conversionObjections({ bidding, conversion }: PlatformOperationOf<'create-ad-group'>): Objections {
  const converts = bidding !== undefined && forConversions.has(bidding.strategy);
  if (conversion === undefined)
    return when(
      converts,
      'conversion',
      'TikTok bids for conversions by an event of a pixel: source is the id of the pixel, event its optimization event',
    );
  return [
    ...when(
      bidding !== undefined && !converts,
      'conversion',
      `${bidding?.strategy} counts no conversions; maximize-conversions and target-cpa do`,
    ),
    ...when(
      !/^\d{1,20}$/.test(conversion.source),
      'conversion.source',
      'must be the id of a TikTok pixel, which is a number; the code on the website is another',
    ),
    ...when(
      !/^[A-Z][A-Z0-9_]*$/.test(conversion.event),
      'conversion.event',
      'must be an optimization event as TikTok spells it, such as SHOPPING or FORM',
    ),
  ];
}

function adObjections({ name, parent, creative, utmTemplate }: PlatformOperationOf<'create-ad'>): Objections {
  const wrongParent = when(parent.kind !== 'ad-group', 'parent', 'a TikTok ad stands beneath an ad group');
  const named = textObjections.name('name', name);
  if (creative.format !== 'in-feed-video' && creative.format !== 'in-feed-image') {
    const reason = `TikTok has no ${creative.format} ads; there are in-feed-video and in-feed-image`;
    return [...wrongParent, ...named, objection('creative.format', reason)];
  }
  return [
    ...wrongParent,
    ...named,
    ...(utmTemplate === undefined ? [] : utmReasons(utmTemplate, creative.landingPageUrl)).map((reason) =>
      objection('utmTemplate', reason),
    ),
    ...textObjections.adText('creative.text', creative.text),
    ...(creative.displayName === undefined
      ? []
      : textObjections.displayName('creative.displayName', creative.displayName)),
    ...when(creative.callToAction === undefined, 'creative.callToAction', 'TikTok needs the text of the button'),
    ...when(
      creative.format === 'in-feed-video' && creative.cover === undefined,
      'creative.cover',
      'TikTok needs the image that is shown before a video plays',
    ),
    ...when(
      creative.format === 'in-feed-image' && creative.cover !== undefined,
      'creative.cover',
      'an image has no cover; only videos do',
    ),
  ];
}

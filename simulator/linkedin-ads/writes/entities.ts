import { isoOf, localDay } from '../../market/calendar.ts';
import type { NewAd } from '../../market/edits.ts';
import type { Account, AdGroup, Bidding, Campaign } from '../../market/world.ts';
import { billableMicros } from '../../market/world.ts';
import { accessDenied, badField, notFound } from '../error.ts';
import { amountOf } from '../money.ts';
import { objectiveOf, writableObjectives } from '../objectives.ts';
import { mediaOfUrn } from '../resources/images.ts';
import {
  accountUrn,
  campaignsOf,
  creativesOf,
  creativeUrn,
  organizationUrn,
  settingsNow,
  type View,
  zone,
} from '../resources/subject.ts';
import type { Fields } from './fields.ts';
import { readTargeting } from './targeting.ts';

/** What a write is about. */
export interface Writing {
  readonly view: View;
  readonly account: Account;
  readonly fields: Fields;
  /** Of the object in the path, decoded; empty for a creation. */
  readonly key: string;
}

/** Found valid; nothing has happened yet. */
export interface Prepared {
  readonly act: () => {
    readonly status: number;
    /** Header `x-restli-id`. */
    readonly id?: string;
    readonly body?: unknown;
    readonly objectIds: readonly string[];
  };
}

const longestName = 255;
const mostCreatives = 100;
const statuses = ['ACTIVE', 'PAUSED'] as const;
const laterStatuses = ['ACTIVE', 'PAUSED', 'PENDING_DELETION'] as const;
const marketStatus = { ACTIVE: 'enabled', PAUSED: 'paused', PENDING_DELETION: 'removed' } as const;

/** The least daily budgets; another currency takes anything above zero. */
const leastBudgets: Readonly<Record<string, number>> = { USD: 10, EUR: 10, GBP: 10, JPY: 1_000 };
const leastBudget = ({ currency }: Account) => (leastBudgets[currency] ?? 0) * 1_000_000 || billableMicros(currency);

export function createGroup({ view, account, fields }: Writing): Prepared {
  checkAccount(fields, account);
  const name = fields.requiredWords('name', longestName);
  const status = fields.requiredOneOf('status', statuses);
  const objective = fields.requiredOneOf('objectiveType', writableObjectives);
  const days = readSchedule(fields, view.nowMs);
  const optimizes = fields.within('budgetOptimization')?.requiredOneOf('budgetOptimizationStrategy', ['DYNAMIC']);
  const budget = fields.money('dailyBudget', account, leastBudget(account));
  if ((budget === undefined) !== (optimizes === undefined))
    throw fields.invalid('budgetOptimization', 'a dynamic group budget and dailyBudget need each other');
  fields.done();
  return {
    act: () => {
      const id = view.market.newId('linkedin-ads', 'campaign');
      const settings = { status: marketStatus[status], dailyBudgetMicros: budget ?? 0, ...days };
      const bidding = objective === 'BRAND_AWARENESS' ? 'maximize-delivery' : 'maximize-clicks';
      const campaign = {
        id,
        name,
        settings,
        own: { objectiveType: objective },
        channel: 'sponsored-content',
        bidding,
      } as const;
      view.market.edit([{ do: 'add-campaign', accountId: account.id, campaign }], view.nowMs);
      return { status: 201, id, objectIds: [id] };
    },
  };
}

export function createCampaign({ view, account, fields }: Writing): Prepared {
  checkAccount(fields, account);
  const group = standing(
    view,
    account.campaigns,
    fields.requiredUrn('campaignGroup', 'sponsoredCampaignGroup'),
    'adCampaignGroups',
  );
  const name = fields.requiredWords('name', longestName);
  const status = fields.requiredOneOf('status', statuses);
  fields.requiredOneOf('type', ['SPONSORED_UPDATES']);
  fields.oneOf('format', ['STANDARD_UPDATE']);
  const objective = fields.requiredOneOf('objectiveType', writableObjectives);
  if (objective !== objectiveOf(group))
    throw fields.invalid('objectiveType', `must be that of the campaign group, ${objectiveOf(group)}`);
  if (fields.required('associatedEntity') !== organizationUrn)
    throw fields.invalid('associatedEntity', 'is not the organization of the account');
  fields.oneOf('creativeSelection', ['OPTIMIZED', 'ROUND_ROBIN']);
  fields.flag('audienceExpansionEnabled');
  fields.requiredFlag('offsiteDeliveryEnabled');
  const locale = fields.requiredWithin('locale');
  const own = { country: locale.required('country'), language: locale.required('language') };
  const politicalIntent = fields.requiredOneOf('politicalIntent', ['NOT_POLITICAL', 'POLITICAL']);
  if (politicalIntent === 'POLITICAL')
    throw badField('politicalIntent', 'Political ads are not allowed on LinkedIn.', 'INVALID_VALUE_FOR_FIELD');
  const days = readSchedule(fields, view.nowMs);
  const targeting = readTargeting(fields);
  const atGroup = settingsNow(view, group).dailyBudgetMicros > 0;
  if (atGroup && fields.has('dailyBudget')) throw fields.invalid('dailyBudget', 'the campaign group has the budget');
  if (!atGroup && !fields.has('dailyBudget'))
    throw badField('dailyBudget', 'a daily or total budget is required', 'REQUIRED_FIELD_MISSING');
  const budget = fields.money('dailyBudget', account, leastBudget(account));
  const bids = readBids(fields, account, objective);
  fields.done();
  return {
    act: () => {
      const id = view.market.newId('linkedin-ads', 'ad-group');
      const adGroup = {
        id,
        name,
        settings: {
          status: marketStatus[status],
          dailyBudgetMicros: budget ?? 0,
          ...days,
          bids: bids.market,
          targeting: targeting.market,
        },
        own: { ...bids.own, targetingCriteria: targeting.own, locale: own, politicalIntent },
      };
      view.market.edit([{ do: 'add-ad-group', campaignId: group.id, adGroup }], view.nowMs);
      return { status: 201, id, objectIds: [id] };
    },
  };
}

const callsToAction = [
  ...['APPLY', 'DOWNLOAD', 'VIEW_QUOTE', 'LEARN_MORE', 'SIGN_UP', 'SUBSCRIBE', 'REGISTER', 'JOIN', 'ATTEND'],
  ...['REQUEST_DEMO', 'SEE_MORE', 'BUY_NOW', 'SHOP_NOW'],
];

/** `POST …/creatives?action=createInline`: the post and the creative that shows it, both or neither. */
export function createInlineCreative({ view, account, fields: body }: Writing): Prepared {
  const fields = body.requiredWithin('creative');
  const campaigns = campaignsOf(account);
  const groupId = fields.requiredUrn('campaign', 'sponsoredCampaign');
  const campaign = standing(
    view,
    campaigns.map((one) => one.campaign),
    groupId,
    'adCampaigns',
  );
  if (campaign.ads.length >= mostCreatives)
    throw fields.invalid('campaign', `has ${mostCreatives} creatives, which is the most`);
  const name = fields.words('name', longestName) ?? '';
  const status = fields.requiredOneOf('intendedStatus', statuses);
  const post = fields.requiredWithin('inlineContent').requiredWithin('post');
  const context = post.requiredWithin('adContext');
  if (context.required('dscAdAccount') !== accountUrn(account))
    throw context.invalid('dscAdAccount', 'is not the account of the creative');
  context.requiredOneOf('dscStatus', ['ACTIVE']);
  const author = post.required('author');
  if (author !== organizationUrn) throw accessDenied(`partnerApiPostsExternal.CREATE as ${author}`);
  const commentary = post.requiredWords('commentary', 3_000);
  post.requiredOneOf('visibility', ['PUBLIC']);
  post.requiredOneOf('lifecycleState', ['PUBLISHED']);
  post.flag('isReshareDisabledByAuthor');
  const callToAction = post.requiredOneOf('contentCallToActionLabel', callsToAction);
  const landing = post.requiredWords('contentLandingPage', 2_000);
  if (!URL.canParse(landing) || !/^https?:/.test(landing)) throw post.invalid('contentLandingPage', 'is not a URL');
  const media = post.requiredWithin('content').requiredWithin('media');
  const title = media.requiredWords('title', 400);
  const image = media.required('id');
  const mediaId = mediaOfUrn(account, image)?.id;
  if (mediaId === undefined) throw media.invalid('id', `${image} is not an image that may be used here`);
  body.done();
  return {
    act: () => {
      const id = view.market.newId('linkedin-ads', 'ad');
      const ad: NewAd = {
        id,
        name,
        settings: { status: marketStatus[status] },
        format: 'image',
        headlines: [title],
        descriptions: [commentary],
        finalUrl: landing,
        callToAction: callToAction.toLowerCase().replaceAll('_', '-'),
        mediaId,
      };
      view.market.edit([{ do: 'add-ad', adGroupId: campaign.id, ad }], view.nowMs);
      const urn = `urn:li:sponsoredCreative:${id}`;
      return { status: 201, id: urn, body: { value: { creative: urn } }, objectIds: [id] };
    },
  };
}

/** `{"patch": {"$set": {…}, "$delete": […]}}`; nothing but what is named changes. Of campaigns `unitCost` may be taken away. */
const patched = (fields: Fields): Fields => fields.requiredWithin('patch').requiredWithin('$set');

function takesPriceAway(patch: Fields): boolean {
  const names = patch.value('$delete') ?? [];
  if (!Array.isArray(names) || names.some((name) => name !== 'unitCost'))
    throw patch.invalid('$delete', 'The simulator models taking away unitCost alone.');
  return names.length > 0;
}

export function updateGroup({ view, account, fields, key }: Writing): Prepared {
  const group = standing(view, account.campaigns, key, 'adCampaignGroups');
  const set = patched(fields);
  const name = set.words('name', longestName);
  const status = set.oneOf('status', laterStatuses);
  const budget = set.money('dailyBudget', account, leastBudget(account));
  if (budget !== undefined && settingsNow(view, group).dailyBudgetMicros === 0)
    throw set.invalid('dailyBudget', 'the campaigns of the group have budgets of their own');
  fields.done();
  return change(view, group.id, { name, status, budget });
}

export function updateCampaign({ view, account, fields, key }: Writing): Prepared {
  const subject = campaignsOf(account).find(({ campaign }) => campaign.id === key);
  const campaign = standing(view, subject === undefined ? [] : [subject.campaign], key, 'adCampaigns');
  const patch = fields.requiredWithin('patch');
  const takenAway = takesPriceAway(patch);
  const set = patch.requiredWithin('$set');
  const name = set.words('name', longestName);
  const status = set.oneOf('status', laterStatuses);
  const budget = set.money('dailyBudget', account, leastBudget(account));
  if (budget !== undefined && settingsNow(view, campaign).dailyBudgetMicros === 0)
    throw set.invalid('dailyBudget', 'the campaign group has the budget');
  const targeting = set.has('targetingCriteria') ? readTargeting(set) : undefined;
  const bids =
    set.has('optimizationTargetType') || set.has('unitCost') || set.has('costType')
      ? readBids(set, account, objectiveOf(subject?.group as Campaign))
      : undefined;
  const keepsPrice = campaign.own?.['unitCost'] !== null && !takenAway;
  if (bids?.own.unitCost === null && keepsPrice)
    throw set.invalid('unitCost', `is not allowed with ${bids.own.optimizationTargetType}`);
  fields.done();
  return change(view, campaign.id, { name, status, budget, targeting, bids });
}

export function updateCreative({ view, account, fields, key }: Writing): Prepared {
  const subject = creativesOf(account).find(({ ad }) => creativeUrn(ad) === key);
  if (subject === undefined) throw notFound(`Entity with id ${key} was not found in creatives.`);
  const ad = standing(view, [subject.ad], subject.ad.id, 'creatives');
  const set = patched(fields);
  const name = set.words('name', longestName);
  const status = set.oneOf('intendedStatus', laterStatuses);
  fields.done();
  return change(view, ad.id, { name, status });
}

interface Changed {
  readonly name?: string | undefined;
  readonly status?: keyof typeof marketStatus | undefined;
  readonly budget?: number | undefined;
  readonly targeting?: ReturnType<typeof readTargeting> | undefined;
  readonly bids?: ReturnType<typeof readBids> | undefined;
}

function change(
  { market, nowMs }: View,
  objectId: string,
  { name, status, budget, targeting, bids }: Changed,
): Prepared {
  const own = {
    ...(targeting && { targetingCriteria: targeting.own }),
    ...bids?.own,
    ...(status === 'PENDING_DELETION' && { removal: status }),
  };
  const set = {
    ...(status && { status: marketStatus[status] }),
    ...(budget !== undefined && { dailyBudgetMicros: budget }),
    ...(targeting && { targeting: targeting.market }),
    ...(bids && { bids: bids.market }),
  };
  return {
    act: () => {
      const named = name === undefined ? {} : { name };
      market.edit([{ do: 'set', objectId, set, own, ...named }], nowMs);
      return { status: 204, objectIds: [objectId] };
    },
  };
}

/** How each objective may be bid for: what the platform optimises, how it is charged, and whether it takes a price. */
const biddings: readonly {
  readonly target: string;
  readonly cost: string;
  readonly price: boolean;
  readonly objectives: readonly string[];
  readonly strategy: Bidding['strategy'];
}[] = [
  {
    target: 'NONE',
    cost: 'CPC',
    price: true,
    objectives: ['WEBSITE_VISIT', 'WEBSITE_CONVERSION'],
    strategy: 'manual-cpc',
  },
  { target: 'MAX_CLICK', cost: 'CPM', price: false, objectives: ['WEBSITE_VISIT'], strategy: 'maximize-clicks' },
  {
    target: 'CAP_COST_AND_MAXIMIZE_CLICKS',
    cost: 'CPM',
    price: true,
    objectives: ['WEBSITE_VISIT'],
    strategy: 'maximize-clicks',
  },
  {
    target: 'MAX_CONVERSION',
    cost: 'CPM',
    price: false,
    objectives: ['WEBSITE_CONVERSION'],
    strategy: 'maximize-conversions',
  },
  {
    target: 'MAX_IMPRESSION',
    cost: 'CPM',
    price: false,
    objectives: ['BRAND_AWARENESS'],
    strategy: 'maximize-delivery',
  },
];

function readBids(fields: Fields, account: Account, objective: string) {
  const target = fields.requiredOneOf('optimizationTargetType', [...new Set(biddings.map((one) => one.target))]);
  const cost = fields.requiredOneOf('costType', ['CPC', 'CPM']);
  const way = biddings.find((one) => one.target === target && one.objectives.includes(objective));
  if (way === undefined) throw fields.invalid('optimizationTargetType', `${target} is not allowed with ${objective}`);
  if (cost !== way.cost) throw fields.invalid('costType', `${cost} is not allowed with ${target}`);
  const amountMicros = fields.money('unitCost', account, billableMicros(account.currency));
  if (way.price && amountMicros === undefined)
    throw badField(fields.path('unitCost'), `${target} needs a bid`, 'REQUIRED_FIELD_MISSING');
  if (!way.price && amountMicros !== undefined) throw fields.invalid('unitCost', `is not allowed with ${target}`);
  return {
    market: { strategy: way.strategy, ...(amountMicros === undefined ? {} : { amountMicros }) },
    own: {
      costType: cost,
      optimizationTargetType: target,
      unitCost: amountMicros === undefined ? null : { amount: amountOf(amountMicros), currencyCode: account.currency },
    },
  };
}

function readSchedule(fields: Fields, nowMs: number) {
  const schedule = fields.requiredWithin('runSchedule');
  const start = schedule.requiredInstant('start');
  const end = schedule.instant('end');
  if (end !== undefined && (end <= start || end <= nowMs))
    throw schedule.invalid('end', 'must be after the start and after now');
  const dayAt = (instant: number) => isoOf(localDay(instant, zone));
  return {
    // What begins now has begun, whichever clock the caller goes by.
    ...(start - nowMs > 86_400_000 ? { startDate: dayAt(start) } : {}),
    ...(end === undefined ? {} : { endDate: dayAt(end - 1) }),
  };
}

function checkAccount(fields: Fields, account: Account): void {
  if (fields.requiredUrn('account', 'sponsoredAccount') !== account.id)
    throw fields.invalid('account', 'is not the account of the path');
}

/** The object of that id that was not removed. */
function standing<T extends Campaign | AdGroup | AdGroup['ads'][number]>(
  view: View,
  among: readonly T[],
  id: string,
  resource: string,
): T {
  const found = among.find((one) => one.id === id);
  if (found === undefined) throw notFound(`Entity with id ${id} was not found in ${resource}.`);
  if (settingsNow(view, found).status === 'removed')
    throw badField('status', `${resource} ${id} was removed and cannot be changed`, 'INVALID_VALUE_FOR_FIELD');
  return found;
}

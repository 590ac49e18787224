import { isoOf, localDay } from '../market/calendar.ts';
import type { Account, Bidding } from '../market/world.ts';
import { advertiser } from './advertisers.ts';
import { badParameter, Refusal } from './codes.ts';
import { objectiveOf } from './entities.ts';
import { notDeleted } from './found.ts';
import type { Parameters } from './parameters.ts';
import { Standings } from './status.ts';
import type { Prepared, Writing } from './write-operations.ts';
import { marketTargeting, readTargeting, type TargetingFields } from './write-targeting.ts';
import {
  budgetMicros,
  checkText,
  marketStatus,
  moneyMicros,
  operationStatuses,
  readInstant,
  readRequestId,
  shortText,
} from './write-values.ts';

interface Goal {
  readonly billing: string;
  readonly free: Bidding['strategy'];
  readonly capped: Bidding['strategy'];
  readonly needsPixel?: true;
}
/** What each objective may be optimised for. */
const goalsOf: Readonly<Record<string, Readonly<Record<string, Goal>>>> = {
  TRAFFIC: { CLICK: { billing: 'CPC', free: 'maximize-clicks', capped: 'maximize-clicks' } },
  REACH: { REACH: { billing: 'CPM', free: 'maximize-delivery', capped: 'maximize-delivery' } },
  VIDEO_VIEWS: { ENGAGED_VIEW: { billing: 'CPV', free: 'maximize-delivery', capped: 'maximize-delivery' } },
  WEB_CONVERSIONS: {
    CONVERT: { billing: 'OCPM', free: 'maximize-conversions', capped: 'target-cpa', needsPixel: true },
  },
};
const budgetModes = ['BUDGET_MODE_INFINITE', 'BUDGET_MODE_DAY', 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET'] as const;
const bidTypes = ['BID_TYPE_NO_BID', 'BID_TYPE_CUSTOM'] as const;
const longestName = 512;

export function createAdGroup(writing: Writing, parameters: Parameters): Prepared {
  const { market, nowMs, requestIds, repeated } = writing;
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const requestId = readRequestId(parameters);
  const key = `${account.id} adgroup ${requestId}`;
  if (requestId !== undefined) requestIds.check(key, nowMs, repeated);
  const { campaign } = notDeleted(market, account, 'campaign', parameters.required('campaign_id'), nowMs);
  const standings = new Standings(market, account, nowMs);
  const name = shortText(parameters, 'adgroup_name', longestName);
  const objective = objectiveOf(campaign);
  const goals = goalsOf[objective] ?? {};
  const goalName = parameters.oneOf('optimization_goal', Object.keys(goals));
  const goal = goals[goalName];
  if (goal === undefined) throw badParameter('optimization_goal', `Not supported for ${objective}.`);
  const billing = parameters.oneOf('billing_event', [goal.billing]);
  const promotion = parameters.choice('promotion_type', ['WEBSITE']);
  if (promotion === undefined && (objective === 'TRAFFIC' || objective === 'WEB_CONVERSIONS'))
    throw badParameter('promotion_type', 'Missing data for required field.');
  const pixel = readPixel(parameters, goal);
  const display = parameters.choice('bid_display_mode', ['CPMV', 'CPV']);
  if (objective === 'VIDEO_VIEWS' && display !== 'CPV')
    throw badParameter('bid_display_mode', 'Must be CPV for the objective VIDEO_VIEWS.');
  const place = readPlacement(parameters);
  const targeting = readTargeting(parameters);
  if (targeting.location_ids === undefined) throw badParameter('location_ids', 'Missing data for required field.');
  const pacing = parameters.oneOf('pacing', ['PACING_MODE_SMOOTH', 'PACING_MODE_FAST']);
  const status = parameters.oneOf('operation_status', operationStatuses, 'ENABLE');
  const schedule = readSchedule(parameters, account, nowMs);
  const budget = readBudget(parameters, account, standings.settings(campaign).dailyBudgetMicros > 0);
  const bids = readBids(parameters, account, goal, {
    fallback: 'BID_TYPE_NO_BID',
    budgetUnits: budget.units,
    clickRate: campaign.demand.clickRate,
  });
  return {
    act: () => {
      const id = market.newId('tiktok-ads', 'ad-group');
      const own = {
        ...{ optimization_goal: goalName, billing_event: billing, pacing, ...pixel, ...place, ...schedule.fields },
        ...{ budget_mode: budget.mode, ...targeting, ...bids.fields },
        promotion_type: promotion ?? null,
      };
      const settings = {
        status: marketStatus[status],
        dailyBudgetMicros: budget.micros,
        ...schedule.days,
        bids: bids.market,
        targeting: marketTargeting(targeting),
      };
      market.edit([{ do: 'add-ad-group', campaignId: campaign.id, adGroup: { id, name, settings, own } }], nowMs);
      if (requestId !== undefined) requestIds.remember(key, nowMs, id);
      const data = { campaign_id: campaign.id, adgroup_id: id, adgroup_name: name, ...own, operation_status: status };
      return { data: { advertiser_id: account.id, ...data, budget: budget.units }, objectIds: [id] };
    },
  };
}

export function updateAdGroup({ market, nowMs }: Writing, parameters: Parameters): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const subject = notDeleted(market, account, 'adgroup', parameters.required('adgroup_id'), nowMs);
  const { campaign, adGroup } = subject;
  if (adGroup === undefined) throw new Refusal('parameter', 'adgroup_id: The ad group does not exist.');
  const name = parameters.text('adgroup_name');
  if (name !== undefined) checkText('adgroup_name', name, longestName);
  const now = new Standings(market, account, nowMs).settings(adGroup);
  const budget = parameters.number('budget');
  if (budget !== undefined && now.dailyBudgetMicros === 0)
    throw badParameter('budget', 'The budget is set at the campaign.');
  const dailyBudgetMicros = budget === undefined ? undefined : budgetMicros(budget, account, 'adgroup');
  const targeting = readTargeting(parameters);
  const goal = Object.values(goalsOf[objectiveOf(campaign)] ?? {})[0];
  if (goal === undefined) throw new Refusal('parameter', `Ad groups of ${objectiveOf(campaign)} cannot be updated.`);
  const micros = dailyBudgetMicros ?? now.dailyBudgetMicros;
  const bids = readBids(parameters, account, goal, {
    fallback: undefined,
    budgetUnits: micros > 0 ? micros / 1_000_000 : undefined,
    clickRate: campaign.demand.clickRate,
  });
  return {
    act: () => {
      const own = { ...targeting, ...bids.fields };
      const whole: TargetingFields = { ...fieldsOf(adGroup.own), ...targeting };
      const set = {
        ...(dailyBudgetMicros === undefined ? {} : { dailyBudgetMicros }),
        ...(Object.keys(targeting).length === 0 ? {} : { targeting: marketTargeting(whole) }),
        ...(bids.given ? { bids: bids.market } : {}),
      };
      const renamed = name === undefined ? {} : { name };
      market.edit([{ do: 'set', objectId: adGroup.id, set, own, ...renamed }], nowMs);
      const data = { adgroup_id: adGroup.id, adgroup_name: name ?? adGroup.name, ...own };
      return { data: { advertiser_id: account.id, campaign_id: campaign.id, ...data }, objectIds: [adGroup.id] };
    },
  };
}

/** What an ad group was targeted with by earlier writes. */
const fieldsOf = (own: Readonly<Record<string, unknown>> | undefined): TargetingFields =>
  Object.fromEntries(
    ['location_ids', 'languages', 'age_groups', 'gender', 'interest_category_ids', 'audience_ids']
      .filter((name) => own?.[name] !== undefined)
      .map((name) => [name, own?.[name]]),
  );

function readPixel(parameters: Parameters, goal: Goal) {
  const pixel = parameters.text('pixel_id');
  const event = parameters.text('optimization_event');
  if (goal.needsPixel !== true) return {};
  if (pixel === undefined) throw badParameter('pixel_id', 'Missing data for required field.');
  if (event === undefined) throw badParameter('optimization_event', 'Missing data for required field.');
  return { pixel_id: pixel, optimization_event: event };
}

function readPlacement(parameters: Parameters) {
  const types = ['PLACEMENT_TYPE_NORMAL', 'PLACEMENT_TYPE_AUTOMATIC'] as const;
  const placement_type = parameters.oneOf('placement_type', types, 'PLACEMENT_TYPE_NORMAL');
  const known = ['PLACEMENT_TIKTOK', 'PLACEMENT_PANGLE', 'PLACEMENT_GLOBAL_APP_BUNDLE'];
  const given = parameters.texts('placements');
  if (placement_type === 'PLACEMENT_TYPE_AUTOMATIC') return { placement_type, placements: known };
  if (given === undefined || given.length === 0) throw badParameter('placements', 'Missing data for required field.');
  const unknown = given.find((one) => !known.includes(one));
  if (unknown !== undefined) throw badParameter('placements', `Invalid value ${unknown}.`);
  return { placement_type, placements: given };
}

/** Beneath a campaign that optimises its budget, the ad group's own is overlooked. */
function readBudget(parameters: Parameters, account: Account, atCampaign: boolean) {
  const given = parameters.oneOf('budget_mode', budgetModes);
  const units = parameters.number('budget');
  if (atCampaign) return { mode: 'BUDGET_MODE_INFINITE', micros: 0, units: undefined };
  if (given === 'BUDGET_MODE_INFINITE')
    throw badParameter('budget_mode', 'An ad group needs a budget unless its campaign optimises one.');
  if (units === undefined) throw badParameter('budget', 'Missing data for required field.');
  return { mode: given, micros: budgetMicros(units, account, 'adgroup'), units };
}

function readSchedule(parameters: Parameters, account: Account, nowMs: number) {
  const type = parameters.oneOf('schedule_type', ['SCHEDULE_FROM_NOW', 'SCHEDULE_START_END']);
  const start = readInstant(parameters, 'schedule_start_time');
  const dayAt = (instant: number) => isoOf(localDay(instant, account.timeZone));
  const written = (instant: number) => new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
  const begun = { schedule_type: type, schedule_start_time: written(start) };
  if (type === 'SCHEDULE_FROM_NOW') {
    // What begins now has begun, whichever clock the caller goes by.
    const startDate = start - nowMs > 86_400_000 ? { startDate: dayAt(start) } : {};
    return { fields: { ...begun, schedule_end_time: null }, days: startDate };
  }
  const end = readInstant(parameters, 'schedule_end_time');
  if (end <= start) throw badParameter('schedule_end_time', 'Must be later than schedule_start_time.');
  if (end <= nowMs) throw badParameter('schedule_end_time', 'Must be later than the current time.');
  return {
    fields: { ...begun, schedule_end_time: written(end) },
    days: { startDate: dayAt(start), endDate: dayAt(end - 1) },
  };
}

interface BidContext {
  /** What it means that no bid type is given. */
  readonly fallback: (typeof bidTypes)[number] | undefined;
  readonly budgetUnits: number | undefined;
  /** Of the campaign's market. */
  readonly clickRate: number;
}

function readBids(
  parameters: Parameters,
  account: Account,
  goal: Goal,
  { fallback, budgetUnits, clickRate }: BidContext,
) {
  const type = parameters.choice('bid_type', bidTypes) ?? fallback;
  const priceField = goal.billing === 'OCPM' ? 'conversion_bid_price' : 'bid_price';
  const price = parameters.number(priceField);
  const free = { market: { strategy: goal.free }, given: type !== undefined };
  if (type === undefined && price === undefined) return { ...free, fields: {} };
  if (type === 'BID_TYPE_NO_BID') {
    if (price !== undefined) throw badParameter(priceField, 'Not supported with BID_TYPE_NO_BID.');
    return { ...free, fields: { bid_type: type, [priceField]: 0 } };
  }
  if (price === undefined) throw badParameter(priceField, 'Missing data for required field.');
  const amountMicros = moneyMicros(priceField, price, account);
  if (budgetUnits !== undefined && price >= budgetUnits)
    throw badParameter(priceField, 'Must be less than the budget.');
  // The market bids for clicks; a price for a thousand impressions is one for the clicks that come of them.
  const perClick = goal.billing === 'CPM' ? Math.round(amountMicros / (1_000 * clickRate)) : amountMicros;
  return {
    market: { strategy: goal.capped, amountMicros: perClick },
    given: true,
    fields: { bid_type: 'BID_TYPE_CUSTOM', [priceField]: price },
  };
}

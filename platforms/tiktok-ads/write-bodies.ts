import type { RawRow } from '../../domain/integrations/platform.ts';
import type { PlatformOperationOf, WriteKey } from '../../domain/integrations/platform-writer.ts';
import { unitsOf } from './write-money.ts';
import { priceField } from './write-present.ts';
import { scheduleBody } from './write-schedule.ts';
import { refusal } from './write-targeting.ts';
import { type Optimization, optimizationOf, optimizations, strategiesByGoal } from './write-vocabulary.ts';

type Body = Readonly<Record<string, unknown>>;

const budgetMode = ({ dynamicBudget }: Optimization): string =>
  dynamicBudget ? 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET' : 'BUDGET_MODE_DAY';

/** A paused campaign. With a budget it divides it among its ad groups; without, each has its own. */
export function campaignBody(draft: PlatformOperationOf<'create-campaign'>, key: WriteKey): Body {
  const optimization = optimizations[draft.objective];
  if (optimization === undefined) throw refusal('NOT_WRITABLE', `objective: ${draft.objective} is not supported`);
  return {
    campaign_name: draft.name,
    request_id: key.requestId,
    objective_type: optimization.objectiveType,
    ...(draft.dailyBudget === undefined
      ? { budget_optimize_on: false, budget_mode: 'BUDGET_MODE_INFINITE' }
      : {
          budget_optimize_on: true,
          budget_mode: budgetMode(optimization),
          budget: unitsOf(draft.dailyBudget.micros),
        }),
    operation_status: 'DISABLE',
  };
}

/** A paused ad group beneath a campaign as TikTok lists it. Throws `PlatformError` `rejected` for what does not fit the campaign. */
export function newAdGroupBody(
  draft: PlatformOperationOf<'create-ad-group'>,
  campaign: RawRow,
  targeting: Body,
  { key, timeZone, now }: { readonly key: WriteKey; readonly timeZone: string; readonly now: number },
): Body {
  const optimization = optimizationOf(String(campaign.objective_type));
  if (optimization === undefined) {
    throw refusal(
      'OBJECTIVE_NOT_SUPPORTED',
      `campaign: ad groups of ${campaign.objective_type} campaigns need what no field of a change names`,
    );
  }
  const { bidding, dailyBudget, conversion } = draft;
  const price = bidding?.amount;
  const wanted =
    price === undefined
      ? optimization.strategy
      : (strategiesByGoal[optimization.goal]?.capped ?? optimization.strategy);
  if (bidding?.strategy !== wanted) {
    throw refusal(
      'BIDDING_NOT_FOR_OBJECTIVE',
      `bidding.strategy: the campaign's objective is ${campaign.objective_type}, whose ad groups bid ${wanted}`,
    );
  }
  if ((conversion !== undefined) !== (optimization.converts === true)) {
    const why =
      conversion === undefined ? 'whose ad groups name an event of a pixel' : 'whose ad groups count no conversions';
    throw refusal(
      'CONVERSION_NOT_FOR_OBJECTIVE',
      `conversion: the campaign's objective is ${campaign.objective_type}, ${why}`,
    );
  }
  return {
    campaign_id: draft.campaign.platformId,
    adgroup_name: draft.name,
    request_id: key.requestId,
    placement_type: 'PLACEMENT_TYPE_AUTOMATIC',
    ...optimization.extra,
    ...(conversion !== undefined && { pixel_id: conversion.source, optimization_event: conversion.event }),
    ...targeting,
    ...budgetBody(campaign.budget_optimize_on === true, dailyBudget?.micros, optimization),
    ...scheduleBody(draft, timeZone, now),
    optimization_goal: optimization.goal,
    billing_event: optimization.billingEvent,
    bid_type: price === undefined ? 'BID_TYPE_NO_BID' : 'BID_TYPE_CUSTOM',
    ...(price !== undefined && { [priceField(optimization.billingEvent)]: unitsOf(price.micros) }),
    pacing: 'PACING_MODE_SMOOTH',
    operation_status: 'DISABLE',
  };
}

/** One of the two has the budget: TikTok would overlook an ad group's beneath a campaign that divides its own. */
function budgetBody(campaignHasIt: boolean, micros: number | undefined, optimization: Optimization): Body {
  if (campaignHasIt && micros !== undefined) {
    throw refusal('BUDGET_AT_CAMPAIGN', 'dailyBudget: the campaign has the budget and divides it among its ad groups');
  }
  if (campaignHasIt) return { budget_mode: 'BUDGET_MODE_INFINITE', budget: 0 };
  if (micros === undefined) {
    throw refusal('BUDGET_MISSING', 'dailyBudget: the campaign has no budget to divide; the ad group needs its own');
  }
  return { budget_mode: budgetMode(optimization), budget: unitsOf(micros) };
}

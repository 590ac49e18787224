import type { BiddingStrategy } from '../market/world.ts';
import { advertiser } from './advertisers.ts';
import { badParameter, Refusal } from './codes.ts';
import { campaignStands, notDeleted } from './found.ts';
import type { Parameters } from './parameters.ts';
import { Standings } from './status.ts';
import type { Prepared, Writing } from './write-operations.ts';
import { budgetMicros, checkText, marketStatus, operationStatuses, readRequestId, shortText } from './write-values.ts';

/** How ad groups bid for an objective until they say so themselves. */
const strategies: Readonly<Record<string, BiddingStrategy>> = {
  REACH: 'maximize-delivery',
  TRAFFIC: 'maximize-clicks',
  VIDEO_VIEWS: 'maximize-delivery',
  WEB_CONVERSIONS: 'maximize-conversions',
};
const budgetModes = ['BUDGET_MODE_INFINITE', 'BUDGET_MODE_DAY', 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET'] as const;
const longestName = 512;

export function createCampaign({ market, nowMs, requestIds, repeated }: Writing, parameters: Parameters): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const requestId = readRequestId(parameters);
  const key = `${account.id} campaign ${requestId}`;
  if (requestId !== undefined) requestIds.check(key, nowMs, repeated);
  const name = shortText(parameters, 'campaign_name', longestName);
  const objective = parameters.oneOf('objective_type', Object.keys(strategies));
  const mode = parameters.oneOf('budget_mode', budgetModes);
  const budget = parameters.number('budget');
  const optimizes = parameters.flag('budget_optimize_on', false);
  const status = parameters.oneOf('operation_status', operationStatuses, 'ENABLE');
  if (mode === 'BUDGET_MODE_INFINITE' && optimizes)
    throw badParameter('budget_optimize_on', 'Campaign Budget Optimization needs a budget.');
  if (mode !== 'BUDGET_MODE_INFINITE' && budget === undefined)
    throw badParameter('budget', 'Missing data for required field.');
  const dailyBudgetMicros =
    mode === 'BUDGET_MODE_INFINITE' || budget === undefined ? 0 : budgetMicros(budget, account, 'campaign');
  // "Used to create campaigns of the same name": without a request id a name is taken once.
  const taken = account.campaigns.some((one) => one.name === name && campaignStands(market, account, one, nowMs));
  if (requestId === undefined && taken)
    throw new Refusal('parameter', 'Campaign name already exists. Please try another one.');
  return {
    act: () => {
      const id = market.newId('tiktok-ads', 'campaign');
      const own = { objective_type: objective, budget_mode: mode, budget_optimize_on: optimizes };
      const settings = { status: marketStatus[status], dailyBudgetMicros };
      const bidding = strategies[objective] ?? 'maximize-clicks';
      const campaign = { id, name, settings, own, channel: 'in-feed-video', bidding } as const;
      market.edit([{ do: 'add-campaign', accountId: account.id, campaign }], nowMs);
      if (requestId !== undefined) requestIds.remember(key, nowMs, id);
      const data = { campaign_id: id, campaign_name: name, ...own, budget: budget ?? 0, operation_status: status };
      return { data: { advertiser_id: account.id, ...data }, objectIds: [id] };
    },
  };
}

export function updateCampaign({ market, nowMs }: Writing, parameters: Parameters): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const campaign = notDeleted(market, account, 'campaign', parameters.required('campaign_id'), nowMs).campaign;
  const name = parameters.text('campaign_name');
  if (name !== undefined) checkText('campaign_name', name, longestName);
  const budget = parameters.number('budget');
  if (budget !== undefined && new Standings(market, account, nowMs).settings(campaign).dailyBudgetMicros === 0)
    throw badParameter('budget', 'The campaign has no budget limit; its budget mode cannot be changed.');
  const dailyBudgetMicros = budget === undefined ? undefined : budgetMicros(budget, account, 'campaign');
  return {
    act: () => {
      const set = dailyBudgetMicros === undefined ? {} : { set: { dailyBudgetMicros } };
      market.edit([{ do: 'set', objectId: campaign.id, ...set, ...(name === undefined ? {} : { name }) }], nowMs);
      const data = { advertiser_id: account.id, campaign_id: campaign.id, campaign_name: name ?? campaign.name };
      return { data: { ...data, ...(budget === undefined ? {} : { budget }) }, objectIds: [campaign.id] };
    },
  };
}

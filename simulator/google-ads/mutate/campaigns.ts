import { dayOf, isoOf, localDay } from '../../market/calendar.ts';
import type { Channel } from '../../market/world.ts';
import { biddingIn, members } from './bidding.ts';
import type { Draft, PendingCampaign } from './draft.ts';
import { checkBudget } from './money.ts';
import {
  type Fields,
  nameOf,
  numberAt,
  type Operation,
  onlyKnown,
  refusal,
  required,
  statusAt,
  textAt,
  unmodelled,
} from './operation.ts';

const budgetFields = ['name', 'amount_micros', 'delivery_method', 'explicitly_shared', 'period', 'type'];

/** CampaignBudget: one campaign each, as nobody shares them here. */
export function mutateBudget(draft: Draft, operation: Operation): string {
  const { account } = draft.world;
  if (operation.verb === 'remove') throw unmodelled('the removal of a budget; it goes with its campaign');
  onlyKnown(operation, operation.verb === 'update' ? ['amount_micros'] : budgetFields);
  const { resource } = operation;
  if (operation.verb === 'create') {
    // A budget is shared unless it is said not to be.
    if (resource['explicitly_shared'] !== false) throw unmodelled('budgets that campaigns share');
    const amountMicros = checkBudget(operation, numberAt(resource, 'amount_micros'), account);
    const id = draft.newId('budget');
    draft.remember(operation, 'campaignBudgets', id);
    draft.budgets.set(id, { id, amountMicros, operation, used: false });
    return draft.name('campaignBudgets', id);
  }
  const id = draft.idIn(operation, operation.resourceName, 'campaignBudgets', 'resource_name');
  const owner = account.campaigns.find(({ budgetId }) => budgetId === id);
  if (owner === undefined) throw draft.notFound(operation);
  checkMask(operation);
  const campaign = draft.campaign(operation, owner.id);
  const dailyBudgetMicros = checkBudget(operation, numberAt(resource, 'amount_micros'), account);
  campaign.settings = { ...campaign.settings, dailyBudgetMicros };
  campaign.changed = true;
  return draft.name('campaignBudgets', id);
}

const channels: Readonly<Record<string, Channel>> = { SEARCH: 'search', PERFORMANCE_MAX: 'performance-max' };
const strategies = Object.keys(members);
const updatable = [
  ...strategies,
  'name',
  'status',
  'final_url_suffix',
  'tracking_url_template',
  'start_date_time',
  'end_date_time',
  'contains_eu_political_advertising',
];
const creatable = [
  ...updatable,
  'advertising_channel_type',
  'campaign_budget',
  'network_settings',
  'geo_target_type_setting',
  'asset_automation_settings',
  'brand_guidelines_enabled',
];

export function mutateCampaign(draft: Draft, operation: Operation): string {
  if (operation.verb === 'create') return createCampaign(draft, operation);
  const id = draft.idIn(operation, operation.resourceName, 'campaigns', 'resource_name');
  const campaign = draft.campaign(operation, id);
  campaign.changed = true;
  if (operation.verb === 'remove') {
    campaign.status = 'removed';
    return draft.name('campaigns', id);
  }
  checkMask(operation);
  for (const path of operation.mask)
    if (creatable.includes(path) && !updatable.includes(path))
      throw refusal(operation, 'field_error', 'IMMUTABLE_FIELD', 'The field cannot be modified.', path);
  onlyKnown(operation, updatable);
  const sent = onlyMasked(operation);
  if ('name' in sent || operation.mask.includes('name')) rename(draft, operation, campaign);
  if (operation.mask.includes('status')) campaign.status = statusAt(operation, 'enabled');
  setBidding(draft, operation, campaign, sent);
  setDates(draft, operation, campaign, sent);
  setOwn(campaign, sent);
  return draft.name('campaigns', id);
}

function createCampaign(draft: Draft, operation: Operation): string {
  onlyKnown(operation, creatable);
  const { resource } = operation;
  const { account } = draft.world;
  const type = textAt(resource, 'advertising_channel_type');
  const name = nameOf(operation);
  if (type === undefined) throw required(operation, 'advertising_channel_type');
  const channel = channels[type];
  if (channel === undefined) throw unmodelled(`the making of ${type} campaigns`);
  const declared = textAt(resource, 'contains_eu_political_advertising');
  if (declared === undefined || declared === 'UNSPECIFIED')
    throw required(operation, 'contains_eu_political_advertising');
  const budgetId = draft.idIn(operation, resource['campaign_budget'], 'campaignBudgets', 'campaign_budget');
  const budget = draft.budgets.get(budgetId);
  if (budget === undefined || budget.used)
    throw refusal(
      operation,
      'campaign_error',
      'CAMPAIGN_CANNOT_USE_SHARED_BUDGET',
      'A campaign cannot use a shared budget.',
      'campaign_budget',
    );
  const bidding = biddingIn(operation, resource, channel, account);
  if (bidding === undefined) throw required(operation, 'campaign_bidding_strategy');
  const id = draft.newId('campaign');
  draft.remember(operation, 'campaigns', id);
  if (!draft.takeName('campaign', account.id, name, id)) throw duplicateName(operation);
  budget.used = true;
  const campaign: PendingCampaign = {
    id,
    channel,
    add: {
      do: 'add-campaign',
      accountId: account.id,
      campaign: { id, name, channel, bidding: bidding.bids.strategy, budgetId },
    },
    name,
    status: statusAt(operation, 'enabled'),
    bids: bidding.bids,
    settings: { dailyBudgetMicros: budget.amountMicros, bids: bidding.bids },
    own: { biddingType: bidding.type, euPolitical: declared },
    criteria: [],
    criteriaChanged: true,
    changed: true,
  };
  setDates(draft, operation, campaign, resource);
  setOwn(campaign, resource);
  draft.campaigns.set(id, campaign);
  return draft.name('campaigns', id);
}

function duplicateName(operation: Operation) {
  return refusal(
    operation,
    'campaign_error',
    'DUPLICATE_CAMPAIGN_NAME',
    'The campaign name is already used by another campaign of the customer.',
    'name',
  );
}

function rename(draft: Draft, operation: Operation, campaign: PendingCampaign): void {
  const name = nameOf(operation);
  if (!draft.takeName('campaign', draft.world.account.id, name, campaign.id)) throw duplicateName(operation);
  campaign.name = name;
}

/** Ad groups bid as their campaign does, by hand or not; what each was given stays with it. */
function setBidding(draft: Draft, operation: Operation, campaign: PendingCampaign, sent: Fields): void {
  const bidding = biddingIn(operation, sent, campaign.channel, draft.world.account);
  if (bidding === undefined) return;
  campaign.bids = bidding.bids;
  campaign.settings = { ...campaign.settings, bids: bidding.bids };
  campaign.own = { ...campaign.own, biddingType: bidding.type };
  const its = draft.world.account.campaigns.find(({ id }) => id === campaign.id);
  for (const { id } of its?.adGroups ?? []) {
    const group = draft.present(id);
    if (group === undefined || group.settings.status === 'removed') continue;
    const pending = draft.group(operation, id);
    const { bidMicros } = group.settings;
    const byHand = { strategy: 'manual-cpc', ...(bidMicros > 0 ? { amountMicros: bidMicros } : {}) } as const;
    pending.settings = { ...pending.settings, bids: bidding.bids.strategy === 'manual-cpc' ? byHand : bidding.bids };
    pending.changed = true;
  }
}

const instant = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/;

function setDates(draft: Draft, operation: Operation, campaign: PendingCampaign, sent: Fields): void {
  const day = (field: 'start_date_time' | 'end_date_time', clock: string, code: string) => {
    const text = textAt(sent, field);
    if (text === undefined) return undefined;
    const [, date = '', time] = instant.exec(text) ?? [];
    if (date === '' || Number.isNaN(Date.parse(date)))
      throw refusal(
        operation,
        'date_error',
        'INVALID_STRING_DATE_TIME_SECONDS',
        "The string date time's format should be yyyy-mm-dd hh:mm:ss.",
        field,
      );
    if (time !== clock) throw refusal(operation, 'date_error', code, 'The time must be an end of a day.', field);
    return date;
  };
  const startDate = day('start_date_time', '00:00:00', 'DATE_RANGE_ERROR_START_TIME_MUST_BE_THE_START_OF_A_DAY');
  const endDate = day('end_date_time', '23:59:59', 'DATE_RANGE_ERROR_END_TIME_MUST_BE_THE_END_OF_A_DAY');
  const today = localDay(draft.world.now, draft.world.account.timeZone);
  for (const [field, date] of [
    ['start_date_time', startDate],
    ['end_date_time', endDate],
  ] as const)
    if (date !== undefined && dayOf(date) < today)
      throw refusal(
        operation,
        'date_range_error',
        'CANNOT_SET_DATE_TO_PAST',
        `Cannot set date to past; today is ${isoOf(today)}.`,
        field,
      );
  if (startDate !== undefined && endDate !== undefined && endDate < startDate)
    throw refusal(
      operation,
      'date_range_error',
      'START_DATE_AFTER_END_DATE',
      'The start date was after the end date.',
      'end_date_time',
    );
  campaign.settings = {
    ...campaign.settings,
    ...(startDate === undefined ? {} : { startDate }),
    ...(endDate === undefined ? {} : { endDate }),
  };
}

function setOwn(campaign: PendingCampaign, sent: Fields): void {
  const kept = {
    finalUrlSuffix: sent['final_url_suffix'],
    trackingUrlTemplate: sent['tracking_url_template'],
    networkSettings: sent['network_settings'],
  };
  const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  campaign.own = { ...campaign.own, ...given };
}

export function checkMask(operation: Operation): void {
  if (operation.mask.length === 0)
    throw refusal(
      operation,
      'field_mask_error',
      'FIELD_MASK_MISSING',
      'The field mask must be provided for update operations.',
      'update_mask',
    );
}

/** The part of an updated resource that its mask names; what the mask names and the resource lacks is cleared. */
export function onlyMasked({ resource, mask }: Operation): Fields {
  const tops = new Set(mask.map((path) => path.split('.')[0] ?? ''));
  return Object.fromEntries([...tops].flatMap((top) => (resource[top] === undefined ? [] : [[top, resource[top]]])));
}

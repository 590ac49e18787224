import type { Bidding } from '../../market/world.ts';
import { checkMask } from './campaigns.ts';
import type { Draft, PendingGroup } from './draft.ts';
import { checkBid } from './money.ts';
import { nameOf, numberAt, type Operation, onlyKnown, refusal, statusAt, textAt, unmodelled } from './operation.ts';

const updatable = ['name', 'status', 'cpc_bid_micros', 'targeting_setting'];

export function mutateGroup(draft: Draft, operation: Operation): string {
  if (operation.verb === 'create') return createGroup(draft, operation);
  const id = draft.idIn(operation, operation.resourceName, 'adGroups', 'resource_name');
  const group = draft.group(operation, id);
  group.changed = true;
  if (operation.verb === 'remove') {
    group.status = 'removed';
    return draft.name('adGroups', id);
  }
  checkMask(operation);
  onlyKnown(operation, updatable);
  if (operation.mask.includes('name')) {
    const name = nameOf(operation, missingName);
    if (!draft.takeName('ad-group', group.campaignId, name, id)) throw duplicateName(operation);
    group.name = name;
  }
  if (operation.mask.includes('status')) group.status = statusAt(operation, 'enabled');
  setBid(draft, operation, group);
  setAudience(operation, group);
  return draft.name('adGroups', id);
}

const missingName = ['ad_group_error', 'MISSING_ADGROUP_NAME'] as const;

function createGroup(draft: Draft, operation: Operation): string {
  onlyKnown(operation, [...updatable, 'campaign', 'type']);
  const { resource } = operation;
  const campaignId = draft.idIn(operation, resource['campaign'], 'campaigns', 'campaign');
  const campaign = draft.campaign(operation, campaignId, 'campaign');
  const name = nameOf(operation, missingName);
  if (campaign.channel === 'performance-max')
    throw refusal(
      operation,
      'ad_group_error',
      'CANNOT_ADD_AD_GROUP_FOR_CAMPAIGN_TYPE',
      'Ad groups cannot be added to campaigns of this type.',
      'campaign',
    );
  if (campaign.channel !== 'search') throw unmodelled(`the making of ad groups in ${campaign.channel} campaigns`);
  const type = textAt(resource, 'type');
  if (type !== undefined && type !== 'UNSPECIFIED' && type !== 'SEARCH_STANDARD')
    throw refusal(
      operation,
      'ad_group_error',
      'AD_GROUP_TYPE_NOT_VALID_FOR_ADVERTISING_CHANNEL_TYPE',
      'The ad group type is not valid for the advertising channel type.',
      'type',
    );
  const id = draft.newId('ad-group');
  draft.remember(operation, 'adGroups', id);
  if (!draft.takeName('ad-group', campaignId, name, id)) throw duplicateName(operation);
  const group: PendingGroup = {
    id,
    campaignId,
    add: { do: 'add-ad-group', campaignId, adGroup: { id, name } },
    name,
    status: statusAt(operation, 'enabled'),
    settings: {},
    own: {},
    criteria: [],
    criteriaChanged: true,
    changed: true,
  };
  draft.groups.set(id, group);
  setBid(draft, operation, group);
  setAudience(operation, group);
  return draft.name('adGroups', id);
}

const duplicateName = (operation: Operation) =>
  refusal(
    operation,
    'ad_group_error',
    'DUPLICATE_ADGROUP_NAME',
    'AdGroup with the same name already exists for the campaign.',
    'name',
  );

/** A bid for a click counts only while the campaign bids by hand, and is kept until it does. */
function setBid(draft: Draft, operation: Operation, group: PendingGroup): void {
  const asked = operation.verb === 'create' || operation.mask.includes('cpc_bid_micros');
  const sent = numberAt(operation.resource, 'cpc_bid_micros');
  if (!asked || (operation.verb === 'create' && sent === undefined)) return;
  const bidMicros = checkBid(operation, sent ?? 0, draft.world.account, 'cpc_bid_micros');
  const { bids } = draft.campaign(operation, group.campaignId);
  const byHand: Bidding = { strategy: 'manual-cpc', ...(bidMicros > 0 ? { amountMicros: bidMicros } : {}) };
  group.settings = { ...group.settings, bidMicros, bids: bids.strategy === 'manual-cpc' ? byHand : bids };
}

function setAudience(operation: Operation, group: PendingGroup): void {
  const setting = operation.resource['targeting_setting'];
  if (setting !== undefined) group.own = { ...group.own, targetingSetting: setting };
}

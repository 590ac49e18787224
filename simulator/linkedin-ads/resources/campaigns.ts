import type { Account, Campaign } from '../../market/world.ts';
import { amountOf } from '../money.ts';
import { objectiveOf } from '../objectives.ts';
import {
  accountUrn,
  auditStamps,
  type CampaignSubject,
  groupUrn,
  organizationUrn,
  servingStatuses,
  settingsNow,
  stamps,
  statusNow,
  type View,
} from './subject.ts';

/** learn.microsoft.com/linkedin/marketing/integrations/ads/account-structure/create-and-manage-campaign-groups */
export function groupRecord(view: View, account: Account, group: Campaign) {
  return {
    id: Number(group.id),
    account: accountUrn(account),
    name: group.name,
    status: statusNow(view, group),
    servingStatuses: servingStatuses(view, account, ['', group]),
    objectiveType: objectiveOf(group),
    runSchedule: { start: stamps(view, group).created },
    backfilled: false,
    test: false,
    changeAuditStamps: auditStamps(view, group),
  };
}

/** …/create-and-manage-campaigns */
export function campaignRecord(view: View, { account, group, campaign }: CampaignSubject) {
  const own = settingsNow(view, campaign);
  const above = settingsNow(view, group);
  const budgetMicros = own.dailyBudgetMicros > 0 ? own.dailyBudgetMicros : above.dailyBudgetMicros;
  const bidMicros = own.bidMicros > 0 ? own.bidMicros : above.bidMicros;
  const currencyCode = account.currency;
  return {
    id: Number(campaign.id),
    account: accountUrn(account),
    associatedEntity: organizationUrn,
    campaignGroup: groupUrn(group),
    name: campaign.name,
    type: 'SPONSORED_UPDATES',
    format: 'STANDARD_UPDATE',
    objectiveType: objectiveOf(group),
    status: statusNow(view, campaign),
    servingStatuses: servingStatuses(view, account, ['CAMPAIGN_GROUP', group], ['', campaign]),
    costType: 'CPC',
    dailyBudget: { amount: amountOf(budgetMicros), currencyCode },
    unitCost: { amount: amountOf(bidMicros), currencyCode },
    optimizationTargetType: 'NONE',
    pacingStrategy: 'LIFETIME',
    creativeSelection: 'OPTIMIZED',
    locale: { country: 'US', language: 'en' },
    audienceExpansionEnabled: false,
    offsiteDeliveryEnabled: false,
    connectedTelevisionOnly: false,
    storyDeliveryEnabled: false,
    politicalIntent: 'NOT_POLITICAL',
    runSchedule: { start: stamps(view, campaign).created },
    test: false,
    changeAuditStamps: auditStamps(view, campaign),
    version: { versionTag: '1' },
  };
}

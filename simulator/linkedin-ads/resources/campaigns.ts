import type { Account, Campaign, Settings } from '../../market/world.ts';
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
    ...dailyBudget(account, settingsNow(view, group)),
    runSchedule: { start: stamps(view, group).created },
    backfilled: false,
    test: false,
    changeAuditStamps: auditStamps(view, group),
  };
}

/** …/create-and-manage-campaigns */
export function campaignRecord(view: View, { account, group, campaign }: CampaignSubject) {
  const own = settingsNow(view, campaign);
  const bidMicros = own.bidMicros > 0 ? own.bidMicros : settingsNow(view, group).bidMicros;
  return {
    id: Number(campaign.id),
    account: accountUrn(account),
    associatedEntity: organizationUrn,
    campaignGroup: groupUrn(group),
    name: campaign.name,
    type: 'SPONSORED_UPDATES',
    format: campaign.ads[0]?.format === 'video' ? 'SINGLE_VIDEO' : 'STANDARD_UPDATE',
    objectiveType: objectiveOf(group),
    status: statusNow(view, campaign),
    servingStatuses: servingStatuses(view, account, ['CAMPAIGN_GROUP', group], ['', campaign]),
    costType: group.bidding === 'target-cpm' ? 'CPM' : 'CPC',
    ...dailyBudget(account, own),
    unitCost: { amount: amountOf(bidMicros), currencyCode: account.currency },
    optimizationTargetType: group.bidding === 'manual-cpc' ? 'NONE' : 'MAX_CONVERSION',
    pacingStrategy: 'LIFETIME',
    creativeSelection: 'OPTIMIZED',
    locale: locales[account.market ?? ''] ?? { country: 'US', language: 'en' },
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

/** Languages ads are written in, by the country they are shown in. */
const locales: Readonly<Record<string, { readonly country: string; readonly language: string }>> = {
  DE: { country: 'DE', language: 'de' },
  JP: { country: 'JP', language: 'ja' },
};

/** A level without a budget of its own has no such field: it spends its parent's, or its children have theirs. */
function dailyBudget({ currency }: Account, { dailyBudgetMicros }: Settings) {
  return dailyBudgetMicros > 0 ? { dailyBudget: { amount: amountOf(dailyBudgetMicros), currencyCode: currency } } : {};
}

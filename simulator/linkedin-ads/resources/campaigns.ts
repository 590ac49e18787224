import type { Account, Campaign, Settings } from '../../market/world.ts';
import { geoUrn } from '../analytics/countries.ts';
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
  const own = settingsNow(view, group);
  return {
    id: Number(group.id),
    account: accountUrn(account),
    name: group.name,
    status: statusNow(view, group),
    servingStatuses: servingStatuses(view, account, ['STOPPED', group]),
    objectiveType: objectiveOf(group),
    ...dailyBudget(account, own),
    // A group with a budget divides it among its campaigns, which have none of their own then.
    ...(own.dailyBudgetMicros > 0 ? { budgetOptimization: { budgetOptimizationStrategy: 'DYNAMIC' } } : {}),
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
    servingStatuses: servingStatuses(view, account, ['STOPPED', campaign], ['CAMPAIGN_GROUP_STATUS_HOLD', group]),
    ...dailyBudget(account, own),
    ...biddingOf(campaign, {
      costType: group.bidding === 'target-cpm' ? 'CPM' : 'CPC',
      unitCost: { amount: amountOf(bidMicros), currencyCode: account.currency },
      optimizationTargetType: group.bidding === 'manual-cpc' ? 'NONE' : 'MAX_CONVERSION',
    }),
    pacingStrategy: 'LIFETIME',
    creativeSelection: 'OPTIMIZED',
    targetingCriteria: campaign.own?.['targetingCriteria'] ?? targeting(account),
    locale: campaign.own?.['locale'] ?? locales[account.market ?? ''] ?? elsewhere,
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
const elsewhere = { country: 'US', language: 'en' } as const;

/** Everybody in the country, in the language of the ads. */
function targeting({ market }: Account) {
  const { country, language } = locales[market ?? ''] ?? elsewhere;
  return {
    include: {
      and: [
        { or: { 'urn:li:adTargetingFacet:locations': [geoUrn(country)] } },
        { or: { 'urn:li:adTargetingFacet:interfaceLocales': [`urn:li:locale:${language}_${country}`] } },
      ],
    },
  };
}

/** As it was last written; what was there when history began was not. */
function biddingOf({ own }: CampaignSubject['campaign'], first: Readonly<Record<string, unknown>>) {
  if (own?.['optimizationTargetType'] === undefined) return first;
  const { costType, optimizationTargetType, unitCost } = own;
  return { costType, optimizationTargetType, ...(unitCost === null ? {} : { unitCost }) };
}

/** A level without a budget of its own has no such field: it spends its parent's, or its children have theirs. */
function dailyBudget({ currency }: Account, { dailyBudgetMicros }: Settings) {
  return dailyBudgetMicros > 0 ? { dailyBudget: { amount: amountOf(dailyBudgetMicros), currencyCode: currency } } : {};
}

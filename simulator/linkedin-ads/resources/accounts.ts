import type { Account } from '../../market/world.ts';
import type { Grant } from '../oauth.ts';
import { accountUrn, auditStamps, organizationUrn, type View } from './subject.ts';

const statuses: Readonly<Record<Account['status'], string>> = {
  enabled: 'ACTIVE',
  disabled: 'CANCELED',
  draft: 'DRAFT',
};

/** learn.microsoft.com/linkedin/marketing/integrations/ads/account-structure/create-and-manage-accounts */
export function accountRecord(view: View, account: Account) {
  return {
    id: Number(account.id),
    name: account.name,
    currency: account.currency,
    type: 'BUSINESS',
    status: statuses[account.status],
    servingStatuses: [account.status === 'enabled' ? 'RUNNABLE' : 'STOPPED'],
    reference: organizationUrn,
    test: false,
    notifiedOnCampaignOptimization: true,
    notifiedOnCreativeApproval: false,
    notifiedOnCreativeRejection: true,
    notifiedOnEndOfCampaign: true,
    notifiedOnNewFeaturesEnabled: false,
    changeAuditStamps: auditStamps(view, account),
    version: { versionTag: '1' },
  };
}

/** …/create-and-manage-account-users */
export function accountUserRecord(view: View, account: Account, grant: Grant) {
  return {
    account: accountUrn(account),
    user: grant.memberUrn,
    role: 'CAMPAIGN_MANAGER',
    changeAuditStamps: auditStamps(view, account),
  };
}

import type { AccountRef } from '../../domain/integrations/platform.ts';
import type { ObjectAddress, PresentObject } from '../../domain/integrations/platform-writer.ts';
import { RawFields } from '../raw-fields.ts';
import { channelTypes, statuses } from './vocabulary.ts';
import { biddingSelected, campaignBidding } from './write-bidding.ts';
import { criteriaQuery, presentCriteria, targetingOf } from './write-criteria.ts';
import { isAssetGroup } from './write-rules.ts';

/** Rows of one query, all of them. */
export type RunQuery = (query: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const ofCampaign = ['customer.currency_code', 'campaign.id', 'campaign.status', 'campaign.advertising_channel_type'];

const query = (from: string, fields: readonly string[], id: string): string =>
  `SELECT ${[...ofCampaign, ...fields].join(', ')} FROM ${from} WHERE ${id}`;

export const campaignQuery = (id: string): string =>
  query(
    'campaign',
    [
      'campaign.name',
      'campaign.primary_status_reasons',
      ...biddingSelected,
      'campaign_budget.resource_name',
      'campaign_budget.amount_micros',
      'campaign_budget.period',
      'campaign_budget.explicitly_shared',
    ],
    `campaign.id = ${id}`,
  );

const queries = {
  'ad-group': (id: string) =>
    query(
      'ad_group',
      [
        'ad_group.id',
        'ad_group.name',
        'ad_group.status',
        'ad_group.cpc_bid_micros',
        'ad_group.primary_status_reasons',
        'campaign.bidding_strategy_type',
      ],
      `ad_group.id = ${id}`,
    ),
  ad: (id: string) =>
    query(
      'ad_group_ad',
      [
        'ad_group.id',
        'ad_group.status',
        'ad_group_ad.ad.id',
        'ad_group_ad.ad.name',
        'ad_group_ad.ad.type',
        'ad_group_ad.status',
        'ad_group_ad.policy_summary.review_status',
        'ad_group_ad.policy_summary.approval_status',
      ],
      `ad_group_ad.ad.id = ${id}`,
    ),
  'asset-group': (id: string) =>
    query(
      'asset_group',
      ['asset_group.id', 'asset_group.name', 'asset_group.status', 'asset_group.primary_status_reasons'],
      `asset_group.id = ${id}`,
    ),
};

/** Reads one object as Google has it now. */
export async function readPresent(
  run: RunQuery,
  account: AccountRef,
  target: ObjectAddress,
): Promise<PresentObject | undefined> {
  const { platformId } = target;
  if (!/^[1-9]\d{0,18}$/.test(platformId)) return undefined;
  if (target.kind === 'campaign') return campaign(run, account, platformId);
  const kind = isAssetGroup(target) ? 'asset-group' : target.kind;
  const [raw] = await run(queries[kind](platformId));
  if (raw === undefined) return undefined;
  const row = new RawFields(raw);
  if (kind === 'ad-group') return adGroup(run, row, account);
  return kind === 'asset-group' ? assetGroup(row) : ad(row);
}

async function campaign(run: RunQuery, account: AccountRef, id: string): Promise<PresentObject | undefined> {
  const [raw] = await run(campaignQuery(id));
  if (raw === undefined) return undefined;
  const row = new RawFields(raw);
  const criteria = presentCriteria('campaign', await run(criteriaQuery('campaign', id)));
  const currency = row.optionalText('customer.currencyCode') ?? account.currency;
  const daily = row.optionalText('campaignBudget.period') === 'DAILY' && row.has('campaignBudget.amountMicros');
  return {
    address: {
      kind: 'campaign',
      platformId: row.id('campaign.id'),
      campaignPlatformId: null,
      adGroupPlatformId: null,
      campaignType: campaignType(row),
    },
    name: row.text('campaign.name'),
    status: row.oneOf('campaign.status', statuses),
    dailyBudget: daily ? { micros: row.whole('campaignBudget.amountMicros'), currency } : null,
    bidding: campaignBidding(row, currency),
    targeting: targetingOf('campaign', criteria),
    serving: reasons(row, 'campaign.primaryStatusReasons'),
  };
}

async function adGroup(run: RunQuery, row: RawFields, account: AccountRef): Promise<PresentObject> {
  const id = row.id('adGroup.id');
  const criteria = presentCriteria('ad-group', await run(criteriaQuery('ad-group', id)));
  const currency = row.optionalText('customer.currencyCode') ?? account.currency;
  const byHand = row.optionalText('campaign.biddingStrategyType') === 'MANUAL_CPC';
  const bid = row.has('adGroup.cpcBidMicros') ? row.whole('adGroup.cpcBidMicros') : 0;
  return {
    address: {
      kind: 'ad-group',
      platformId: id,
      campaignPlatformId: row.id('campaign.id'),
      adGroupPlatformId: null,
      campaignType: campaignType(row),
    },
    name: row.text('adGroup.name'),
    status: beneath(row, row.oneOf('adGroup.status', statuses)),
    dailyBudget: null,
    bidding: byHand ? { strategy: 'manual-cpc', ...(bid > 0 && { amount: { micros: bid, currency } }) } : null,
    targeting: targetingOf('ad-group', criteria),
    serving: reasons(row, 'adGroup.primaryStatusReasons'),
  };
}

function ad(row: RawFields): PresentObject {
  const id = row.id('adGroupAd.ad.id');
  const own = row.oneOf('adGroupAd.status', statuses);
  return {
    address: {
      kind: 'ad',
      platformId: id,
      campaignPlatformId: row.id('campaign.id'),
      adGroupPlatformId: row.id('adGroup.id'),
      campaignType: campaignType(row),
    },
    // As the structure of the account names it: search ads have no name.
    name: row.optionalText('adGroupAd.ad.name') ?? `${adType(row)} ${id}`,
    status: row.oneOf('adGroup.status', statuses) === 'removed' ? 'removed' : beneath(row, own),
    dailyBudget: null,
    bidding: null,
    targeting: null,
    serving: review(row),
  };
}

function assetGroup(row: RawFields): PresentObject {
  return {
    address: {
      kind: 'ad',
      platformId: row.id('assetGroup.id'),
      campaignPlatformId: row.id('campaign.id'),
      adGroupPlatformId: null,
      campaignType: campaignType(row),
    },
    name: row.text('assetGroup.name'),
    status: beneath(row, row.oneOf('assetGroup.status', statuses)),
    dailyBudget: null,
    bidding: null,
    targeting: null,
    serving: reasons(row, 'assetGroup.primaryStatusReasons'),
  };
}

const campaignType = (row: RawFields): string => row.openEnum('campaign.advertisingChannelType', channelTypes);
const adType = (row: RawFields): string => row.text('adGroupAd.ad.type').toLowerCase().replaceAll('_', '-');

/** What stands in a removed campaign cannot be changed any more, though its own status says nothing of it. */
const beneath = (row: RawFields, own: PresentObject['status']): PresentObject['status'] =>
  row.oneOf('campaign.status', statuses) === 'removed' ? 'removed' : own;

/** Reasons that say what the statuses of the object and of those above it say already. */
const told = /_PAUSED$|_REMOVED$/;
const words: Readonly<Record<string, string>> = {
  BIDDING_STRATEGY_LEARNING: 'learning',
  ASSET_GROUP_UNDER_REVIEW: 'in review',
  ASSET_GROUP_DISAPPROVED: 'disapproved',
  MOST_ADS_UNDER_REVIEW: 'most ads in review',
};

function reasons(row: RawFields, path: string): string | null {
  const found = row
    .texts(path)
    .filter((reason) => !told.test(reason))
    .map((reason) => words[reason] ?? reason.toLowerCase().replaceAll('_', ' '));
  return found.length === 0 ? null : found.join(', ');
}

function review(row: RawFields): string | null {
  if (row.optionalText('adGroupAd.policySummary.reviewStatus') === 'REVIEW_IN_PROGRESS') return 'in review';
  const approval = row.optionalText('adGroupAd.policySummary.approvalStatus');
  if (approval === 'DISAPPROVED') return 'disapproved';
  return approval === 'APPROVED_LIMITED' ? 'approved with limits' : null;
}

import type { Day } from '../../market/calendar.ts';
import type { Market, MarketGrain } from '../../market/market.ts';
import type { Account, Ad, AdGroup, AssetGroup, Campaign, Keyword, Settings } from '../../market/world.ts';
import type { Directory } from '../directory.ts';

/** What a row of a resource speaks of: one object with everything above it. */
export interface Subject {
  readonly account: Account;
  /** customer_client: the account listed and how far below it stands. */
  readonly client?: { readonly account: Account; readonly level: number };
  readonly campaign?: Campaign;
  readonly adGroup?: AdGroup;
  readonly ad?: Ad;
  readonly keyword?: Keyword;
  readonly assetGroup?: AssetGroup;
  /** Settings in force at the simulated clock. */
  settings(entity: { readonly id: string; readonly settings: Settings }): Settings;
}

/** One account at one instant. */
export interface Source {
  readonly market: Market;
  readonly directory: Directory;
  readonly account: Account;
  readonly asOfMs: number;
  /** The account's own day at that instant. */
  readonly today: Day;
  readonly settings: Subject['settings'];
}

export interface Resource {
  /** Resources whose fields may be selected and filtered with it. */
  readonly attributed: readonly string[];
  /** The market grain its metrics come from; resources without one have no metrics. */
  readonly grain?: MarketGrain;
  /** The key under which the market's rows name the object. */
  readonly key: (subject: Subject) => string;
  readonly subjects: (source: Source, campaigns: readonly Campaign[]) => Generator<Subject>;
}

/** The resources that may stand in FROM. */
export const resources: Readonly<Record<string, Resource>> = {
  customer: { attributed: [], grain: 'account', key: () => '', subjects: accountSubject },
  customer_client: { attributed: ['customer'], key: (s) => s.client?.account.id ?? '', subjects: clients },
  campaign: {
    attributed: ['campaign_budget', 'customer'],
    grain: 'campaign',
    key: (s) => s.campaign?.id ?? '',
    subjects: campaignSubjects,
  },
  campaign_budget: {
    attributed: ['campaign', 'customer'],
    grain: 'campaign',
    key: (s) => s.campaign?.id ?? '',
    subjects: campaignSubjects,
  },
  ad_group: {
    attributed: ['campaign', 'customer'],
    grain: 'ad-group',
    key: (s) => s.adGroup?.id ?? '',
    subjects: adGroups,
  },
  ad_group_ad: {
    attributed: ['ad_group', 'campaign', 'customer'],
    grain: 'ad',
    key: (s) => s.ad?.id ?? '',
    subjects: ads,
  },
  ad_group_criterion: {
    attributed: ['ad_group', 'campaign', 'customer'],
    key: (s) => s.keyword?.id ?? '',
    subjects: keywords,
  },
  keyword_view: {
    attributed: ['ad_group_criterion', 'ad_group', 'campaign', 'customer'],
    grain: 'keyword',
    key: (s) => s.keyword?.id ?? '',
    subjects: keywords,
  },
  asset_group: {
    attributed: ['campaign', 'customer'],
    grain: 'asset-group',
    key: (s) => s.assetGroup?.id ?? '',
    subjects: assetGroups,
  },
};

function subjectOf({ account, settings }: Source, more: Partial<Subject>): Subject {
  return { account, settings, ...more };
}

function* accountSubject(source: Source): Generator<Subject> {
  yield subjectOf(source, {});
}

function* clients(source: Source): Generator<Subject> {
  for (const client of source.directory.below(source.account)) yield subjectOf(source, { client });
}

function* campaignSubjects(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) yield subjectOf(source, { campaign });
}

function* adGroups(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) {
    for (const adGroup of campaign.adGroups) yield subjectOf(source, { campaign, adGroup });
  }
}

function* ads(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) {
    for (const adGroup of campaign.adGroups) {
      for (const ad of adGroup.ads) yield subjectOf(source, { campaign, adGroup, ad });
    }
  }
}

function* keywords(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) {
    for (const adGroup of campaign.adGroups) {
      for (const keyword of adGroup.keywords) yield subjectOf(source, { campaign, adGroup, keyword });
    }
  }
}

function* assetGroups(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) {
    for (const assetGroup of campaign.assetGroups) yield subjectOf(source, { campaign, assetGroup });
  }
}

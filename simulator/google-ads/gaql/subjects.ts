import type { MarketGrain } from '../../market/market.ts';
import type { Campaign } from '../../market/world.ts';
import { presentCriteria } from '../mutate/criterion.ts';
import { type Source, type Subject, subjectOf } from './subject.ts';
import { adAssets, ages, genders, searchTerms, userLocations, type View } from './views.ts';

export type Resource = ObjectResource | ViewResource;

/** What an advertiser made: every object has a row, whether it was shown or not. */
export interface ObjectResource {
  /** Resources whose fields may be selected and filtered with it. */
  readonly attributed: readonly string[];
  /** The market grain its metrics come from; resources without one have no metrics. */
  readonly grain?: MarketGrain;
  /** The key under which the market's rows name the object. */
  readonly key: (subject: Subject) => string;
  readonly subjects: (source: Source, campaigns: readonly Campaign[]) => Generator<Subject>;
}

/** What happened: only what was shown has rows. */
export interface ViewResource {
  readonly attributed: readonly string[];
  /** Attributed resources that divide the rows when their fields are selected; without them the rows are added up. */
  readonly segmenting?: readonly string[];
  readonly view: View;
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
  campaign_criterion: {
    attributed: ['campaign', 'customer'],
    key: (s) => s.criterion?.id ?? '',
    subjects: campaignCriteria,
  },
  ad_group_criterion: {
    attributed: ['ad_group', 'campaign', 'customer'],
    key: (s) => s.keyword?.id ?? s.criterion?.id ?? '',
    subjects: groupCriteria,
  },
  asset: { attributed: ['customer'], key: (s) => s.media?.id ?? '', subjects: assets },
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
  conversion_action: {
    attributed: ['customer'],
    key: (s) => s.conversionAction?.id ?? '',
    subjects: conversionActions,
  },
  search_term_view: { attributed: ['ad_group', 'campaign', 'customer'], view: searchTerms },
  ad_group_ad_asset_view: {
    attributed: ['ad_group_ad', 'ad_group', 'asset', 'campaign', 'customer'],
    view: adAssets,
  },
  age_range_view: { attributed: ['ad_group_criterion', 'ad_group', 'campaign', 'customer'], view: ages },
  gender_view: { attributed: ['ad_group_criterion', 'ad_group', 'campaign', 'customer'], view: genders },
  user_location_view: { attributed: ['campaign', 'customer'], segmenting: ['campaign'], view: userLocations },
};

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

function* campaignCriteria(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) {
    for (const criterion of presentCriteria(campaign.own ?? {}, source.account.market))
      yield subjectOf(source, { campaign, criterion });
  }
}

function* groupCriteria(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  yield* keywords(source, campaigns);
  for (const campaign of campaigns) {
    for (const adGroup of campaign.adGroups) {
      for (const criterion of presentCriteria(adGroup.own ?? {}, undefined))
        yield subjectOf(source, { campaign, adGroup, criterion });
    }
  }
}

function* assets(source: Source): Generator<Subject> {
  for (const media of source.account.media ?? []) yield subjectOf(source, { media });
}

function* assetGroups(source: Source, campaigns: readonly Campaign[]): Generator<Subject> {
  for (const campaign of campaigns) {
    for (const assetGroup of campaign.assetGroups) yield subjectOf(source, { campaign, assetGroup });
  }
}

/** Google's default windows, or as long as the world's conversions may take. Purchases are all that the shop counts. */
function* conversionActions(source: Source): Generator<Subject> {
  if (source.account.kind === 'manager') return;
  yield subjectOf(source, {
    conversionAction: {
      id: `66${source.account.id.slice(-7)}`,
      name: 'Purchase',
      clickWindowDays: Math.max(30, source.market.world.maxConversionDelayDays),
      viewWindowDays: 1,
    },
  });
}

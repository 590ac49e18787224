/**
 * What is asked of Google for each grain and where each column stands in the answer. The queries select exactly the paths of
 * these tables, the mapping reads by them and the data dictionary prints them. Paths are as REST answers them (camelCase);
 * which fields go with which resource: developers.google.com/google-ads/api/fields/v25.
 */
import type { Grain } from '../../domain/integrations/platform.ts';
import { unknownCountry } from '../../domain/integrations/segments.ts';
import { columnOf, type FactColumns } from '../fact-columns.ts';
import { countriesByCriterion } from './countries.ts';
import { ageWords, deviceWords, genderWords, networkWords } from './vocabulary.ts';

export interface Report {
  /** The resource in FROM. */
  readonly from: string;
  readonly columns: FactColumns;
  /** Rows are finer than the fact: several of one key are its parts. */
  readonly aggregated?: true;
}

const noPerformanceMax = 'Performance Max is missing: it has no ad groups';

const campaign = { campaignPlatformId: columnOf.id('campaign.id') } as const;
const adGroup = { ...campaign, adGroupPlatformId: columnOf.id('adGroup.id', noPerformanceMax) } as const;

const measures = {
  date: columnOf.date('segments.date', 'The account’s own day; conversions count on the day of their click'),
  reportedCurrency: columnOf.text('customer.currencyCode'),
  impressions: columnOf.count('metrics.impressions'),
  clicks: columnOf.count('metrics.clicks', 'Net of clicks found invalid, so past days can shrink'),
  spendMicros: columnOf.micros('metrics.costMicros', 'Invalid clicks are credited back later'),
  conversionsMicros: columnOf.conversions(
    'metrics.conversions',
    'Only conversion actions that count into “Conversions”; grows for as long as their click windows are open',
  ),
  conversionValueMicros: columnOf.signedCurrencyUnits('metrics.conversionsValue', 'Returns can make it negative'),
} as const;

const withVideo = {
  ...measures,
  videoViews: {
    ...columnOf.count('metrics.videoTrueviewViews', 'TrueView views: 30 seconds, the whole video or an interaction'),
    // Rows read before views were asked for lie in the lake without them.
    whenAbsent: null,
  },
} as const;

export const reports: Readonly<Record<Grain, Report>> = {
  account: { from: 'customer', columns: withVideo },
  campaign: { from: 'campaign', columns: { ...campaign, ...withVideo } },
  'ad-group': { from: 'ad_group', columns: { ...adGroup, ...withVideo } },
  ad: {
    from: 'ad_group_ad',
    columns: {
      ...adGroup,
      adPlatformId: columnOf.id('adGroupAd.ad.id', 'Part of video spend belongs to no ad'),
      ...withVideo,
    },
  },
  keyword: {
    from: 'keyword_view',
    columns: {
      ...adGroup,
      keywordPlatformId: columnOf.id('adGroupCriterion.criterionId', 'Unique within its ad group only'),
      ...measures,
    },
  },
  'search-term': {
    from: 'search_term_view',
    columns: {
      ...adGroup,
      segment: columnOf.text(
        'searchTermView.searchTerm',
        'Terms that too few people searched for are not shown, and their traffic is in no row',
      ),
      ...measures,
    },
  },
  asset: {
    from: 'ad_group_ad_asset_view',
    columns: {
      ...adGroup,
      segment: columnOf.id(
        'asset.id',
        'An impression counts for every asset shown with it, so assets sum to more than their ad; responsive search, app and Demand Gen ads only',
      ),
      ...measures,
    },
    aggregated: true,
  },
  age: {
    from: 'age_range_view',
    columns: {
      ...campaign,
      segment: columnOf.segment('adGroupCriterion.ageRange.type', ageWords, noPerformanceMax),
      ...withVideo,
    },
    aggregated: true,
  },
  gender: {
    from: 'gender_view',
    columns: {
      ...campaign,
      segment: columnOf.segment('adGroupCriterion.gender.type', genderWords, noPerformanceMax),
      ...withVideo,
    },
    aggregated: true,
  },
  country: {
    from: 'user_location_view',
    columns: {
      ...campaign,
      segment: {
        ...columnOf.segment(
          'userLocationView.countryCriterionId',
          countriesByCriterion,
          'Where people were, not what they were interested in',
        ),
        whenAbsent: unknownCountry,
      },
      ...withVideo,
    },
    aggregated: true,
  },
  device: {
    from: 'campaign',
    columns: { ...campaign, segment: columnOf.segment('segments.device', deviceWords), ...withVideo },
  },
  placement: {
    from: 'campaign',
    columns: {
      ...campaign,
      segment: columnOf.segment(
        'segments.adNetworkType',
        networkWords,
        'The network (search, YouTube, …), not the single site or video',
      ),
      ...withVideo,
    },
  },
};

/** The fields a report selects beside the account's own, in GAQL spelling. */
export function fieldsOf({ columns }: Report): readonly string[] {
  return [...new Set(Object.values(columns).flatMap(({ paths }) => paths))].map(gaqlField);
}

/** `adGroupAd.ad.id` is `ad_group_ad.ad.id` in a query. */
const gaqlField = (path: string): string => path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

import { createHash } from 'node:crypto';
import { readUtmTemplate, utmQuery } from '../../domain/changes/utm.ts';
import type { PlatformOperationOf } from '../../domain/integrations/platform-writer.ts';
import type { Mutation } from './client.ts';
import { biddingFields } from './write-bidding.ts';
import { criteriaOf } from './write-criteria.ts';
import type { Names } from './write-names.ts';

/** Everything a creation makes, in one request that happens wholly or not at all. What it is about comes at `subject`. */
export interface Request {
  readonly mutations: readonly Mutation[];
  /** Index of the mutation whose result is the object that was asked for. */
  readonly subject: number;
}

const create = (entity: string, resource: Readonly<Record<string, unknown>>): Mutation => ({
  entity,
  operation: 'create',
  resource,
});

const channels: Readonly<Record<string, string>> = { search: 'SEARCH', 'performance-max': 'PERFORMANCE_MAX' };
const declarations = {
  none: 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
  'eu-political': 'CONTAINS_EU_POLITICAL_ADVERTISING',
} as const;

/** ValueTrack. Google knows no names, only ids, so that a campaign's name in a link stays what its reports are joined by. */
const valueTrack = {
  platform: 'google-ads',
  campaign: '{campaignid}',
  'ad-group': '{adgroupid}',
  ad: '{creative}',
} as const;

/** What Google is to append to landing pages; undefined where no template says anything. */
export function suffixOf(template: string | undefined): string | undefined {
  const read = template === undefined ? undefined : readUtmTemplate(template);
  if (read?.kind !== 'template') return undefined;
  return utmQuery(read.parameters, (placeholder) => valueTrack[placeholder]);
}

function finalUrlSuffix(template: string | undefined): object {
  const suffix = suffixOf(template);
  return suffix === undefined ? {} : { final_url_suffix: suffix };
}

/** What is only of one type. Whatever Google would add by itself and nobody asked for is off: other networks, other pages, made-up texts. */
const typeFields: Readonly<Record<string, object>> = {
  search: {
    network_settings: {
      target_google_search: true,
      target_search_network: false,
      target_content_network: false,
      target_partner_search_network: false,
    },
    asset_automation_settings: [
      { asset_automation_type: 'TEXT_ASSET_AUTOMATION', asset_automation_status: 'OPTED_OUT' },
    ],
  },
  'performance-max': {
    // The name and logo of the business come with each asset group.
    brand_guidelines_enabled: false,
    asset_automation_settings: ['TEXT_ASSET_AUTOMATION', 'FINAL_URL_EXPANSION_TEXT_ASSET_AUTOMATION'].map(
      (asset_automation_type) => ({ asset_automation_type, asset_automation_status: 'OPTED_OUT' }),
    ),
  },
};

/** A campaign with a budget of its own and its criteria; paused. */
export function campaignRequest(operation: PlatformOperationOf<'create-campaign'>, names: Names): Request {
  const { name, type, dailyBudget, bidding, startDate, endDate, targeting, politicalAdvertising } = operation;
  const budget = names.budget(-1);
  const campaign = names.campaign(-2);
  return {
    subject: 1,
    mutations: [
      create('campaign_budget', {
        resource_name: budget,
        amount_micros: dailyBudget?.micros ?? 0,
        delivery_method: 'STANDARD',
        explicitly_shared: false,
      }),
      create('campaign', {
        resource_name: campaign,
        name,
        status: 'PAUSED',
        advertising_channel_type: channels[type] ?? type,
        campaign_budget: budget,
        contains_eu_political_advertising: declarations[politicalAdvertising],
        // A list of countries is where people are, not what they are interested in.
        geo_target_type_setting: { positive_geo_target_type: 'PRESENCE' },
        ...(bidding === undefined ? {} : biddingFields(bidding)),
        ...typeFields[type],
        ...(startDate === undefined ? {} : { start_date_time: `${startDate} 00:00:00` }),
        ...(endDate === undefined ? {} : { end_date_time: `${endDate} 23:59:59` }),
        ...finalUrlSuffix(operation.utmTemplate),
      }),
      ...criteriaOf(targeting ?? {}, names.userList).map(({ fields }) =>
        create('campaign_criterion', { campaign, ...fields }),
      ),
    ],
  };
}

/** Only people on the lists, instead of higher bids for them. */
export const audienceSetting = (restricts: boolean): object => ({
  targeting_setting: { target_restrictions: [{ targeting_dimension: 'AUDIENCE', bid_only: !restricts }] },
});

export function adGroupRequest(operation: PlatformOperationOf<'create-ad-group'>, names: Names): Request {
  const { campaign, name, bidding, targeting = {} } = operation;
  const adGroup = names.adGroup(-1);
  return {
    subject: 0,
    mutations: [
      create('ad_group', {
        resource_name: adGroup,
        campaign: names.campaign(campaign.platformId),
        name,
        status: 'PAUSED',
        type: 'SEARCH_STANDARD',
        ...(bidding?.amount === undefined ? {} : { cpc_bid_micros: bidding.amount.micros }),
        ...((targeting.audiences?.length ?? 0) > 0 ? audienceSetting(true) : {}),
      }),
      ...criteriaOf(targeting, names.userList).map(({ fields }) =>
        create('ad_group_criterion', { ad_group: adGroup, ...fields }),
      ),
    ],
  };
}

type CreateAd = PlatformOperationOf<'create-ad'>;
type SearchAd = Extract<CreateAd['creative'], { readonly format: 'responsive-search' }>;
type AssetGroup = Extract<CreateAd['creative'], { readonly format: 'asset-group' }>;

export function searchAdRequest({ parent, utmTemplate }: CreateAd, creative: SearchAd, names: Names): Request {
  const { headlines, descriptions, path = [], landingPageUrl } = creative;
  const [path1, path2] = path;
  return {
    subject: 0,
    mutations: [
      create('ad_group_ad', {
        ad_group: names.adGroup(parent.platformId),
        status: 'PAUSED',
        ad: {
          final_urls: [landingPageUrl],
          ...finalUrlSuffix(utmTemplate),
          responsive_search_ad: {
            headlines: headlines.map((text) => ({ text })),
            descriptions: descriptions.map((text) => ({ text })),
            ...(path1 ? { path1 } : {}),
            ...(path2 ? { path2 } : {}),
          },
        },
      }),
    ],
  };
}

/** An asset group with its texts as assets and everything linked: Google takes it only complete. */
export function assetGroupRequest({ parent, name }: CreateAd, creative: AssetGroup, names: Names): Request {
  const links: { readonly asset: string; readonly field_type: string }[] = [];
  // One asset a text, wherever it stands: Google keeps equal texts once.
  const texts = new Map<string, string>();
  const link = (field_type: string, all: readonly string[]) => {
    for (const text of all) {
      const asset = texts.get(text) ?? names.asset(-2 - texts.size);
      texts.set(text, asset);
      links.push({ asset, field_type });
    }
  };
  link('HEADLINE', creative.headlines);
  link('LONG_HEADLINE', creative.longHeadlines);
  link('DESCRIPTION', creative.descriptions);
  link('BUSINESS_NAME', [creative.businessName]);
  const images = [
    ['MARKETING_IMAGE', creative.landscapeImages],
    ['SQUARE_MARKETING_IMAGE', creative.squareImages],
    ['LOGO', creative.logos],
  ] as const;
  for (const [field_type, all] of images)
    for (const { platformId } of all) links.push({ asset: names.asset(platformId), field_type });
  const assetGroup = names.assetGroup(-1);
  return {
    subject: texts.size,
    mutations: [
      ...[...texts].map(([text, resource_name]) => create('asset', { resource_name, text_asset: { text } })),
      create('asset_group', {
        resource_name: assetGroup,
        campaign: names.campaign(parent.platformId),
        name,
        final_urls: [creative.landingPageUrl],
        status: 'PAUSED',
      }),
      ...links.map((one) => create('asset_group_asset', { asset_group: assetGroup, ...one })),
    ],
  };
}

/**
 * The name of an image in Google's library: it must be unique there, and holds the beginning of the hash of its bytes, so that the same
 * image is found again and another image of the same name is another one.
 */
export function assetName({ name, bytes }: PlatformOperationOf<'upload-asset'>): string {
  return `${name.slice(0, 100)} ${createHash('sha256').update(bytes).digest('hex').slice(0, 24)}`;
}

export function imageRequest(operation: PlatformOperationOf<'upload-asset'>): Request {
  return {
    subject: 0,
    mutations: [create('asset', { name: assetName(operation), type: 'IMAGE', image_asset: { data: operation.bytes } })],
  };
}

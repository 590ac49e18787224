import {
  type CreativeMetadata,
  grains,
  type PlatformMapping,
  type StructureKind,
  type StructureRow,
} from '../../domain/integrations/platform.ts';
import { mapped, readFact } from '../fact-columns.ts';
import { RawFields } from '../raw-fields.ts';
import { reports } from './reports.ts';
import { adGroupTypes, adTypes, channelTypes, statuses } from './vocabulary.ts';

/**
 * Google Ads rows as its REST interface answers them (camelCase, int64 as decimal text, enums by name) to facts and
 * structure. Cost arrives in micros; conversions and their value are doubles and become millionths here, once.
 */
export const googleAdsMapping: PlatformMapping = {
  aggregatedGrains: grains.filter((grain) => reports[grain].aggregated),
  sources: (grain) => reports[grain].columns,
  toFact: (grain, raw) => mapped(() => readFact(reports[grain].columns, new RawFields(raw))),
  toStructure: (structure, raw) => mapped(() => structureReaders[structure](new RawFields(raw))),
};

const idPaths = { campaign: 'campaign.id', adGroup: 'adGroup.id', ad: 'adGroupAd.ad.id' } as const;

const structureReaders: Readonly<Record<StructureKind, (fields: RawFields) => StructureRow>> = {
  campaign: (fields) => ({
    kind: 'campaign',
    platformId: fields.id(idPaths.campaign),
    name: fields.text('campaign.name'),
    status: fields.oneOf('campaign.status', statuses),
    campaignPlatformId: null,
    adGroupPlatformId: null,
    type: fields.openEnum('campaign.advertisingChannelType', channelTypes),
    dailyBudgetMicros: dailyBudget(fields),
    creative: null,
  }),
  'ad-group': (fields) => ({
    kind: 'ad-group',
    platformId: fields.id(idPaths.adGroup),
    name: fields.text('adGroup.name'),
    status: fields.oneOf('adGroup.status', statuses),
    campaignPlatformId: fields.id(idPaths.campaign),
    adGroupPlatformId: null,
    type: fields.openEnum('adGroup.type', adGroupTypes),
    dailyBudgetMicros: null,
    creative: null,
  }),
  ad: (fields) => {
    const platformId = fields.id(idPaths.ad);
    const type = fields.openEnum('adGroupAd.ad.type', adTypes);
    return {
      kind: 'ad',
      platformId,
      // Only image and display ads carry a name of their own.
      name: fields.optionalText('adGroupAd.ad.name') ?? `${type} ${platformId}`,
      status: fields.oneOf('adGroupAd.status', statuses),
      campaignPlatformId: fields.id(idPaths.campaign),
      adGroupPlatformId: fields.id(idPaths.adGroup),
      type,
      dailyBudgetMicros: null,
      creative: creative(fields),
    };
  },
};

/** `null` for a budget over the whole flight (CUSTOM_PERIOD), which is no amount a day, and for a campaign without budget. */
function dailyBudget(fields: RawFields): number | null {
  if (fields.optionalText('campaignBudget.period') !== 'DAILY') return null;
  return fields.has('campaignBudget.amountMicros') ? fields.whole('campaignBudget.amountMicros') : null;
}

const inAd = 'adGroupAd.ad';

/** Where the ad types keep what they show; an ad has one of them. Other types (shopping, app, …) show nothing that is read. */
const headlinePaths = ['responsiveSearchAd', 'responsiveDisplayAd', 'videoResponsiveAd'].map(
  (type) => `${inAd}.${type}.headlines`,
);
const bodyPaths = ['responsiveSearchAd', 'responsiveDisplayAd', 'videoResponsiveAd'].map(
  (type) => `${inAd}.${type}.descriptions`,
);

function creative(fields: RawFields): CreativeMetadata {
  const [callToAction] = fields.texts(`${inAd}.videoResponsiveAd.callToActions`, 'text');
  const [landingPageUrl] = fields.texts(`${inAd}.finalUrls`);
  const [video] = fields.texts(`${inAd}.videoResponsiveAd.videos`, 'asset');
  return {
    platformId: null,
    headlines: headlinePaths.flatMap((path) => fields.texts(path, 'text')),
    bodies: bodyPaths.flatMap((path) => fields.texts(path, 'text')),
    callToAction: fields.optionalText(`${inAd}.responsiveDisplayAd.callToActionText`) ?? callToAction ?? null,
    landingPageUrl: landingPageUrl ?? null,
    imageUrl: fields.optionalText(`${inAd}.imageAd.imageUrl`) ?? null,
    videoId: assetId(fields.optionalText(`${inAd}.videoAd.video.asset`) ?? video),
  };
}

/** `customers/1/assets/2` is asset 2. */
const assetId = (name: string | undefined): string | null => /\/assets\/(\d+)$/.exec(name ?? '')?.[1] ?? null;

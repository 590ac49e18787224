import type {
  FactRow,
  Grain,
  Mapped,
  PlatformMapping,
  StructureKind,
  StructureRow,
} from '../../domain/integrations/platform.ts';
import { RawFields, UnusableField } from '../raw-fields.ts';
import { adGroupTypes, adTypes, channelTypes, statuses } from './vocabulary.ts';

const idPaths = {
  campaign: 'campaign.id',
  adGroup: 'adGroup.id',
  ad: 'adGroupAd.ad.id',
  keyword: 'adGroupCriterion.criterionId',
} as const;
type Level = keyof typeof idPaths;

/** Which ids a fact of a grain carries; the others are `null`. A keyword's id is unique within its ad group only. */
const levels: Readonly<Record<Grain, readonly Level[]>> = {
  account: [],
  campaign: ['campaign'],
  'ad-group': ['campaign', 'adGroup'],
  ad: ['campaign', 'adGroup', 'ad'],
  keyword: ['campaign', 'adGroup', 'keyword'],
};

/**
 * Google Ads rows as its REST interface answers them (camelCase, int64 as decimal text, enums by name) to facts and
 * structure. Cost arrives in micros; conversions and their value are doubles and become millionths here, once.
 */
export const googleAdsMapping: PlatformMapping = {
  toFact: (grain, raw) => mapped(() => fact(grain, new RawFields(raw))),
  toStructure: (structure, raw) => mapped(() => structureReaders[structure](new RawFields(raw))),
};

function mapped<T>(read: () => T): Mapped<T> {
  try {
    return { ok: true, row: read() };
  } catch (error) {
    if (error instanceof UnusableField) return { ok: false, rejection: error.rejection };
    throw error;
  }
}

function fact(grain: Grain, fields: RawFields): FactRow {
  const id = (level: Level) => (levels[grain].includes(level) ? fields.id(idPaths[level]) : null);
  return {
    date: fields.date('segments.date'),
    campaignPlatformId: id('campaign'),
    adGroupPlatformId: id('adGroup'),
    adPlatformId: id('ad'),
    keywordPlatformId: id('keyword'),
    impressions: fields.whole('metrics.impressions'),
    clicks: fields.whole('metrics.clicks'),
    spendMicros: fields.whole('metrics.costMicros'),
    conversionsMicros: fields.millionths('metrics.conversions'),
    // Returns and restatements may take more than was earned.
    conversionValueMicros: fields.signedMillionths('metrics.conversionsValue'),
  };
}

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
    };
  },
};

/** `null` for a budget over the whole flight (CUSTOM_PERIOD), which is no amount a day, and for a campaign without budget. */
function dailyBudget(fields: RawFields): number | null {
  if (fields.optionalText('campaignBudget.period') !== 'DAILY') return null;
  return fields.has('campaignBudget.amountMicros') ? fields.whole('campaignBudget.amountMicros') : null;
}

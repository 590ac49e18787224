import type {
  CreativeMetadata,
  Grain,
  PlatformMapping,
  StructureKind,
  StructureRow,
} from '../../domain/integrations/platform.ts';
import { columnOf, type FactColumn, type FactColumns, mapped, readFact } from '../fact-columns.ts';
import { type AbsenceRules, RawFields } from '../raw-fields.ts';
import {
  adFormats,
  ageWords,
  genderWords,
  noCountry,
  objectives,
  optimizationGoals,
  placementWords,
} from './vocabulary.ts';

/** TikTok writes a dash where it has no value, which is no zero: what a fact needs is refused without it, the rest is not reported. */
const absence: AbsenceRules = { absentTexts: ['-'] };

const audienceLatency = 'Audience reports are some 11 hours late.';

const measures = {
  impressions: columnOf.count('metrics.impressions'),
  clicks: columnOf.count('metrics.clicks', 'All clicks on the ad that lead to where it points.'),
  spendMicros: columnOf.currencyUnits('metrics.spend', 'Estimated on the day, final some days later.'),
  conversionsMicros: {
    ...columnOf.conversions(
      'metrics.conversion',
      'The event each ad group is optimised for, on the day of the impression: a campaign may add up different events.',
    ),
    whenAbsent: null,
  },
  conversionValueMicros: {
    ...columnOf.signedCurrencyUnits(
      ['metrics.total_purchase_value', 'metrics.total_sales_lead_value'],
      'Purchases and leads. TikTok keeps the value of a website’s complete payments apart (`total_complete_payment_rate`); it is not in it.',
    ),
    whenAbsent: null,
  },
  videoViews: {
    ...columnOf.count('metrics.video_play_actions', 'Plays that began; replays are not counted.'),
    whenAbsent: null,
  },
} as const;

const reportedCurrency = columnOf.text('metrics.currency');

/** Synchronous reports write the day with its midnight, asynchronous ones may leave it out. */
const date: FactColumn<string> = {
  ...columnOf.date('dimensions.stat_time_day'),
  read: (fields, path) => (fields.text(path).includes(' ') ? fields.midnight(path) : fields.date(path)),
};

const campaign = columnOf.id('dimensions.campaign_id');
const placement = columnOf.segment('dimensions.placement', placementWords, audienceLatency);
const country: FactColumn<string> = {
  ...columnOf.segment('dimensions.country_code', noCountry, audienceLatency),
  read: (fields, path) => {
    const segment = fields.segment(path, noCountry);
    const code = segment.replace(/^other:/, '');
    return /^[A-Z]{2}$/.test(code) ? code : segment;
  },
};

const base = { date, reportedCurrency, ...measures } as const;

const columns: Readonly<Partial<Record<Grain, FactColumns>>> = {
  account: base,
  campaign: { ...base, campaignPlatformId: campaign },
  'ad-group': {
    ...base,
    campaignPlatformId: columnOf.id('metrics.campaign_id'),
    adGroupPlatformId: columnOf.id('dimensions.adgroup_id'),
  },
  ad: {
    ...base,
    campaignPlatformId: columnOf.id('metrics.campaign_id'),
    adGroupPlatformId: columnOf.id('metrics.adgroup_id'),
    adPlatformId: columnOf.id(
      'dimensions.ad_id',
      'Creatives of an upgraded Smart+ ad are ads of their own here, as in the structure.',
    ),
  },
  age: {
    ...base,
    campaignPlatformId: campaign,
    segment: columnOf.segment('dimensions.age', ageWords, audienceLatency),
  },
  gender: {
    ...base,
    campaignPlatformId: campaign,
    segment: columnOf.segment('dimensions.gender', genderWords, audienceLatency),
  },
  country: { ...base, campaignPlatformId: campaign, segment: country },
  placement: { ...base, campaignPlatformId: campaign, segment: placement },
};

function columnsOf(grain: Grain): FactColumns {
  const known = columns[grain];
  if (!known) throw new RangeError(`TikTok Ads has no facts of grain ${grain}.`);
  return known;
}

/** TikTok rows as v1.3 answers them, every number a text, to facts and structure. Money is decimal text in currency units. */
export const tiktokAdsMapping: PlatformMapping = {
  sources: (grain) => columns[grain] ?? {},
  toFact: (grain, raw) => mapped(() => readFact(columnsOf(grain), new RawFields(raw, absence))),
  toStructure: (structure, raw) => mapped(() => structureReaders[structure](new RawFields(raw, absence))),
};

const structureReaders: Readonly<Record<StructureKind, (fields: RawFields) => StructureRow>> = {
  campaign: (fields) => ({
    kind: 'campaign',
    platformId: fields.id('campaign_id'),
    name: fields.text('campaign_name'),
    status: statusOf(fields),
    campaignPlatformId: null,
    adGroupPlatformId: null,
    type: fields.openEnum('objective_type', objectives),
    dailyBudgetMicros: dailyBudget(fields),
    creative: null,
  }),
  'ad-group': (fields) => ({
    kind: 'ad-group',
    platformId: fields.id('adgroup_id'),
    name: fields.text('adgroup_name'),
    status: statusOf(fields),
    campaignPlatformId: fields.id('campaign_id'),
    adGroupPlatformId: null,
    type: fields.openEnum('optimization_goal', optimizationGoals),
    dailyBudgetMicros: dailyBudget(fields),
    creative: null,
  }),
  ad: (fields) => ({
    kind: 'ad',
    platformId: fields.id('ad_id'),
    name: fields.text('ad_name'),
    status: statusOf(fields),
    campaignPlatformId: fields.id('campaign_id'),
    adGroupPlatformId: fields.id('adgroup_id'),
    type: fields.openEnum('ad_format', adFormats),
    dailyBudgetMicros: null,
    creative: creativeOf(fields),
  }),
};

/** What is switched on or off by hand; deleted things say so in `secondary_status`, those below a deleted one as well. */
function statusOf(fields: RawFields): StructureRow['status'] {
  if (fields.optionalText('secondary_status')?.endsWith('_DELETE')) return 'removed';
  return fields.oneOf('operation_status', {
    ENABLE: 'enabled',
    DISABLE: 'paused',
    FROZEN: 'paused',
    DELETE: 'removed',
  });
}

/** `null` for a budget over the whole flight, for none, and for one that stands at the other level (0). */
function dailyBudget(fields: RawFields): number | null {
  const mode = fields.optionalText('budget_mode');
  if (mode !== 'BUDGET_MODE_DAY' && mode !== 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET') return null;
  const budget = fields.has('budget') ? fields.millionths('budget') : 0;
  return budget > 0 ? budget : null;
}

function creativeOf(fields: RawFields): CreativeMetadata {
  const videoId = fields.optionalText('video_id') ?? null;
  const imageIds = fields.texts('image_ids');
  const text = fields.optionalText('ad_text');
  return {
    platformId: videoId ?? imageIds[0] ?? null,
    // In-feed ads have one text and no headline.
    headlines: [],
    bodies: text === undefined ? fields.texts('ad_texts') : [text],
    callToAction: fields.optionalText('call_to_action') ?? null,
    landingPageUrl: fields.optionalText('landing_page_url') ?? null,
    // TikTok's links to images and covers die within hours.
    imageUrl: null,
    videoId,
  };
}

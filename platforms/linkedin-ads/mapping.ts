import type {
  CreativeMetadata,
  Grain,
  PlatformMapping,
  StructureKind,
  StructureRow,
} from '../../domain/integrations/platform.ts';
import { mapped, readFact } from '../fact-columns.ts';
import { RawFields, UnusableField } from '../raw-fields.ts';
import { shownCommentary } from './commentary.ts';
import { reportOf, reports } from './reports.ts';
import { urnPrefix } from './urns.ts';
import { campaignTypes, objectives, postTypes, statuses } from './vocabulary.ts';

/** LinkedIn's elements to facts and structure. Amounts arrive as decimal text and become micros here, without a double in between. */
export const linkedInAdsMapping: PlatformMapping = {
  aggregatedGrains: (Object.keys(reports) as Grain[]).filter((grain) => reportOf(grain)?.aggregated),
  sources: (grain) => reportOf(grain)?.columns ?? {},
  toFact: (grain, raw) =>
    mapped(() => {
      const report = reportOf(grain);
      if (!report) throw new UnusableField('grain', 'a grain LinkedIn reports', grain);
      return readFact(report.columns, new RawFields(raw));
    }),
  toStructure: (structure, raw) => mapped(() => structureReaders[structure](new RawFields(raw))),
};

const structureReaders: Readonly<Record<StructureKind, (fields: RawFields) => StructureRow>> = {
  campaign: (fields) => ({
    kind: 'campaign',
    platformId: fields.id('id'),
    name: fields.text('name'),
    status: fields.oneOf('status', statuses),
    campaignPlatformId: null,
    adGroupPlatformId: null,
    // Groups made before objectives moved up from campaigns have none.
    type: fields.has('objectiveType') ? fields.openEnum('objectiveType', objectives) : 'no-objective',
    dailyBudgetMicros: dailyBudget(fields),
    creative: null,
  }),
  'ad-group': (fields) => ({
    kind: 'ad-group',
    platformId: fields.id('id'),
    name: fields.text('name'),
    status: fields.oneOf('status', statuses),
    campaignPlatformId: fields.idAfter('campaignGroup', urnPrefix('sponsoredCampaignGroup')),
    adGroupPlatformId: null,
    type: fields.openEnum('type', campaignTypes),
    dailyBudgetMicros: dailyBudget(fields),
    creative: null,
  }),
  ad: (fields) => {
    const platformId = fields.idAfter('creative.id', urnPrefix('sponsoredCreative'));
    const type = adType(fields);
    return {
      kind: 'ad',
      platformId,
      name:
        fields.optionalText('creative.name') ??
        fields.optionalText('post.adContext.dscName') ??
        `${type} ${platformId}`,
      status: fields.oneOf('creative.intendedStatus', statuses),
      campaignPlatformId: fields.idAfter('campaign.campaignGroup', urnPrefix('sponsoredCampaignGroup')),
      adGroupPlatformId: fields.idAfter('creative.campaign', urnPrefix('sponsoredCampaign')),
      type,
      dailyBudgetMicros: null,
      creative: creative(fields),
    };
  },
};

/** `null` for a budget over the whole flight (`totalBudget`), which is no amount a day. */
const dailyBudget = (fields: RawFields): number | null =>
  fields.has('dailyBudget.amount') ? fields.millionths('dailyBudget.amount') : null;

/** Kinds of creatives that hold what they show themselves; the others show a post. */
const inline = { textAd: 'text-ad', spotlight: 'spotlight', follower: 'follower', jobs: 'jobs' } as const;

function adType(fields: RawFields): string {
  if (fields.has('post.adContext.dscAdType')) return fields.openEnum('post.adContext.dscAdType', postTypes);
  const kind = Object.entries(inline).find(([key]) => fields.has(`creative.content.${key}`));
  return kind?.[1] ?? 'sponsored-content';
}

/** The first of several places that has a text. */
const firstOf = (fields: RawFields, ...paths: readonly string[]): string | null =>
  paths.map((path) => fields.optionalText(path)).find((text) => text !== undefined) ?? null;

/** Images are named by URN at LinkedIn and have no address of their own that lasts, so none is kept. */
function creative(fields: RawFields): CreativeMetadata {
  const headline = firstOf(
    fields,
    'post.content.media.title',
    'post.content.article.title',
    'creative.content.textAd.headline',
    'creative.content.spotlight.headline',
    'creative.content.follower.headline',
  );
  const body = firstOf(
    fields,
    'post.commentary',
    'creative.content.textAd.description',
    'creative.content.spotlight.description',
    'creative.content.follower.description',
  );
  const media = fields.optionalText('post.content.media.id');
  return {
    platformId: fields.optionalText('creative.content.reference') ?? null,
    headlines: headline === null ? [] : [headline],
    bodies: body === null ? [] : [fields.has('post.commentary') ? shownCommentary(body) : body],
    callToAction: firstOf(fields, 'post.contentCallToActionLabel', 'creative.content.spotlight.callToAction'),
    landingPageUrl: firstOf(
      fields,
      'post.contentLandingPage',
      'post.content.article.source',
      'creative.content.textAd.landingPage',
      'creative.content.spotlight.landingPage',
    ),
    imageUrl: null,
    videoId: media?.startsWith('urn:li:video:') ? media : null,
  };
}

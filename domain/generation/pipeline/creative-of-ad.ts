import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { CreativeFact, CreativeRecord, CreativeText } from '../../../contracts/schemas/creatives.ts';
import type { PlanCampaign } from '../../../contracts/schemas/generation-runs.ts';
import { derivedId } from '../../integrations/ids.ts';
import { type CopyFormat, type CopySlot, lengthIn } from '../copy/slots.ts';
import type { AdCopy } from '../copy/write-ads.ts';
import type { Fact } from '../fact.ts';
import type { CampaignShape } from './campaign-shape.ts';

/** Where an ad belongs, and who wrote it. */
export interface AdPlace {
  readonly workspaceId: string;
  readonly runId: string;
  readonly round: number;
  /** Among the ads of its campaign and round. */
  readonly index: number;
  readonly campaign: PlanCampaign;
  readonly shape: Pick<CampaignShape, 'callsToAction'>;
  readonly format: CopyFormat;
  readonly brief: Pick<Brief, 'landingPageUrl'>;
  readonly facts: readonly Fact[];
  readonly writtenBy: CreativeRecord['writtenBy'];
  readonly segment: string | null;
  /** UTC instant. */
  readonly at: string;
}

/** Ids are made from the place: a repeated step makes the same creatives. */
export const creativeIdOf = ({
  workspaceId,
  runId,
  round,
  campaignKey,
  index,
}: {
  readonly workspaceId: string;
  readonly runId: string;
  readonly round: number;
  readonly campaignKey: string;
  readonly index: number;
}): string => derivedId('crv', [workspaceId, runId, String(round), campaignKey, String(index)]);

/** An ad as it is kept: each text in its field, unchecked. */
export function creativeOfAd(ad: AdCopy, place: AdPlace): CreativeRecord {
  const { campaign, format, facts, at } = place;
  const texts = textsOf(ad, format);
  const strengths = ad.texts.map(({ strength }) => strength);
  return {
    id: creativeIdOf({ ...place, campaignKey: campaign.key }),
    runId: place.runId,
    round: place.round,
    campaignKey: campaign.key,
    adGroupKey: campaign.adGroups.find(({ angle }) => angle === ad.angle)?.key ?? campaign.adGroups[0]?.key ?? ad.angle,
    platform: campaign.platform,
    accountId: campaign.accountId,
    format: ad.format,
    language: ad.language,
    countries: campaign.countries,
    angle: ad.angle,
    segment: place.segment,
    texts,
    images: [],
    callToAction: buttonOf(ad, place.shape),
    hashtags: [...ad.hashtags],
    landingPageUrl: place.brief.landingPageUrl,
    facts: factsSaid(texts, facts),
    findings: [],
    verdict: 'pass',
    review: null,
    repairs: [],
    strength: {
      score: mean(strengths.map(({ expected }) => expected)),
      low: mean(strengths.map(({ low }) => low)),
      high: mean(strengths.map(({ high }) => high)),
      reasons: [...new Set(strengths.flatMap(({ reasons }) => reasons))].slice(0, 5),
    },
    status: 'draft',
    changeId: null,
    writtenBy: place.writtenBy,
    edited: false,
    version: 1,
    createdAt: at,
    updatedAt: at,
  };
}

/** Fields that hold one text have no number: `introduction`, `text`. */
const single: ReadonlySet<string> = new Set(['businessName', 'text', 'introduction', 'headline', 'displayName']);

function textsOf(ad: AdCopy, format: CopyFormat): CreativeText[] {
  const counts = new Map<string, number>();
  return ad.texts.map(({ text, field, slot: name, factIds, angle }): CreativeText => {
    const index = counts.get(field) ?? 0;
    counts.set(field, index + 1);
    const slot = format.slots.find((one) => one.name === name);
    return {
      field: single.has(field) ? field : `${field}.${index}`,
      text,
      limit: slot?.limit ?? 0,
      length: lengthIn(format, text),
      factIds: [...factIds],
      angle,
    };
  });
}

/** The slot of a text, by its field and limit: an asset group has short and long descriptions in one field. */
export const slotOf = (
  format: CopyFormat,
  { field, limit }: Pick<CreativeText, 'field' | 'limit'>,
): CopySlot | undefined => format.slots.find((one) => one.field === field.replace(/\.\d+$/, '') && one.limit === limit);

export function factsSaid(texts: readonly CreativeText[], facts: readonly Fact[]): CreativeFact[] {
  const said = new Set(texts.flatMap(({ factIds }) => factIds));
  return facts
    .filter(({ id }) => said.has(id))
    .map(({ id, kind, text, source }) => ({ id, kind, text, source: { ...source } }));
}

const buttonOf = ({ callToAction }: AdCopy, { callsToAction }: AdPlace['shape']): AdCopy['callToAction'] =>
  callsToAction.length === 0 || callsToAction.includes(callToAction)
    ? callToAction
    : (callsToAction.find((one) => one === 'learn-more') ?? callsToAction[0] ?? callToAction);

export const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.round((values.reduce((sum, one) => sum + one, 0) / values.length) * 1000) / 1000;

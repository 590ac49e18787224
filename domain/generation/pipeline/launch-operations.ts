import type { Brief } from '../../../contracts/schemas/briefs.ts';
import { maximumOperations } from '../../../contracts/schemas/change-requests.ts';
import type { Creative, Operation } from '../../../contracts/schemas/changes.ts';
import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { PlanCampaign } from '../../../contracts/schemas/generation-runs.ts';
import { adGroupDraft, campaignDraft, type PlannedAccount } from './plan-campaigns.ts';

/** What one account is to be asked for: a change, or several where one does not hold it. */
export interface LaunchedPart {
  readonly accountId: string;
  readonly campaignKey: string;
  readonly operations: readonly Operation[];
  readonly creativeIds: readonly string[];
}

export interface LaunchQuestion {
  readonly brief: Brief;
  readonly campaigns: readonly PlanCampaign[];
  /** Those that were approved. */
  readonly creatives: readonly CreativeRecord[];
  readonly accounts: ReadonlyMap<string, PlannedAccount>;
}

/** A campaign with its ad groups and ads as operations of one change; whatever a change makes is made paused. */
export function launchParts({ brief, campaigns, creatives, accounts }: LaunchQuestion): LaunchedPart[] {
  return campaigns.flatMap((campaign): LaunchedPart[] => {
    const account = accounts.get(campaign.accountId);
    const ads = creatives.filter(({ campaignKey }) => campaignKey === campaign.key);
    if (account === undefined || ads.length === 0) return [];
    const built = campaignOperations(brief, campaign, account, ads);
    return [{ accountId: campaign.accountId, campaignKey: campaign.key, ...built }];
  });
}

function campaignOperations(
  brief: Brief,
  campaign: PlanCampaign,
  account: PlannedAccount,
  ads: readonly CreativeRecord[],
): Pick<LaunchedPart, 'operations' | 'creativeIds'> {
  const uploads: Operation[] = [];
  const uploaded = new Map<string, string>();
  const groups: Operation[] = [];
  const made: Operation[] = [];
  const creativeIds: string[] = [];
  for (const group of campaign.adGroups) {
    const own = ads.filter(({ adGroupKey }) => adGroupKey === group.key);
    for (let part = 0; part * account.shape.mostAdsInGroup < own.length; part += 1) {
      const some = own.slice(part * account.shape.mostAdsInGroup, (part + 1) * account.shape.mostAdsInGroup);
      const ref = `group-${groups.length + 1}`;
      const name = part === 0 ? group.name : `${group.name} ${part + 1}`;
      const wanted: Operation[] = [];
      const assets: Operation[] = [];
      const taken: string[] = [];
      for (const ad of some) {
        const refs = ad.images.map(({ assetId }) => {
          const known = uploaded.get(assetId);
          if (known !== undefined) return known;
          const image = `image-${uploaded.size + 1}`;
          uploaded.set(assetId, image);
          assets.push({
            do: 'upload-asset',
            ref: image,
            accountId: account.id,
            kind: 'image',
            name: `${campaign.key}-${ad.id.slice(-8).toLowerCase()}.png`,
            assetId,
          });
          return image;
        });
        const creative = creativeFor(ad, refs, account, brief);
        if (creative === null) continue;
        wanted.push({
          do: 'create-ad',
          ref: `ad-${made.length + wanted.length + 1}`,
          parent: { ref },
          name: `${campaign.name} ${group.name} ${ad.id.slice(-6)}`,
          creative,
        });
        taken.push(ad.id);
      }
      const after = 1 + uploads.length + groups.length + made.length + assets.length + 1 + wanted.length;
      if (wanted.length === 0 || after > maximumOperations) continue;
      uploads.push(...assets);
      groups.push({ ...adGroupDraft(campaign, group, name, account, brief), ref, campaign: { ref: 'campaign' } });
      made.push(...wanted);
      creativeIds.push(...taken);
    }
  }
  const create: Operation = { ...campaignDraft(campaign, account, brief), ref: 'campaign', accountId: account.id };
  return { operations: [create, ...uploads, ...groups, ...made], creativeIds };
}

/** What the ad shows, in the platform's form; null where something of it is missing. */
function creativeFor(
  ad: CreativeRecord,
  images: readonly string[],
  { page, identity }: PlannedAccount,
  brief: Pick<Brief, 'landingPageUrl'>,
): Creative | null {
  const { landingPageUrl } = brief;
  const of = (field: string): string[] =>
    ad.texts.filter((one) => one.field.replace(/\.\d+$/, '') === field).map(({ text }) => text);
  const [text, introduction, headline] = [of('text')[0], of('introduction')[0], of('headline')[0]];
  const [image] = images;
  const { callToAction } = ad;
  switch (ad.format) {
    case 'responsive-search':
      return {
        format: 'responsive-search',
        headlines: of('headlines'),
        descriptions: of('descriptions'),
        landingPageUrl,
      };
    case 'in-feed-image':
      return text === undefined || image === undefined || identity === undefined
        ? null
        : { format: 'in-feed-image', text, media: { ref: image }, identity, callToAction, landingPageUrl };
    case 'single-image':
      return introduction === undefined || headline === undefined || image === undefined || page === undefined
        ? null
        : {
            ...{ format: 'single-image', page, introduction, headline, image: { ref: image } },
            ...{ callToAction, landingPageUrl },
          };
    case 'asset-group':
    case 'in-feed-video':
      return null;
  }
}

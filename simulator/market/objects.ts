import type { ObjectKind } from './edits.ts';
import type { Ad, AdGroup, AssetGroup, Campaign, Keyword, World } from './world.ts';

/** Where an object stands. */
export interface Place {
  readonly kind: ObjectKind;
  readonly accountId: string;
  readonly campaignId: string;
  readonly groupId: string | undefined;
}

/** Anything that can be set or added. */
export type Entity = Campaign | AdGroup | AssetGroup | Keyword | Ad;

/** A campaign's object by its id, the campaign included. */
export function objectIn(campaign: Campaign, objectId: string): Entity | undefined {
  return [campaign, ...groupsOf(campaign)].find(({ id }) => id === objectId) ?? leafOf(campaign, objectId);
}

function groupsOf(campaign: Campaign): readonly (AdGroup | AssetGroup)[] {
  return [...campaign.adGroups, ...campaign.assetGroups];
}

function leafOf(campaign: Campaign, objectId: string): Ad | Keyword | undefined {
  for (const { ads, keywords } of campaign.adGroups) {
    const found = ads.find(({ id }) => id === objectId) ?? keywords.find(({ id }) => id === objectId);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function withGroup(campaign: Campaign, groupId: string, change: (group: AdGroup) => AdGroup): Campaign {
  return { ...campaign, adGroups: campaign.adGroups.map((group) => (group.id === groupId ? change(group) : group)) };
}

export function withObject(campaign: Campaign, objectId: string, write: <T extends Entity>(entity: T) => T): Campaign {
  const one = <T extends Entity>(entity: T): T => (entity.id === objectId ? write(entity) : entity);
  return {
    ...campaign,
    assetGroups: campaign.assetGroups.map(one),
    adGroups: campaign.adGroups.map((group) => ({
      ...one(group),
      ads: group.ads.map(one),
      keywords: group.keywords.map(one),
    })),
  };
}

export function placesIn(world: World): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { id: accountId, campaigns } of world.accounts) {
    for (const campaign of campaigns) {
      const at = { accountId, campaignId: campaign.id, groupId: undefined };
      places.set(campaign.id, { ...at, kind: 'campaign' });
      for (const group of campaign.assetGroups) places.set(group.id, { ...at, kind: 'asset-group' });
      for (const group of campaign.adGroups) {
        places.set(group.id, { ...at, kind: 'ad-group' });
        const within = { ...at, groupId: group.id };
        for (const ad of group.ads) places.set(ad.id, { ...within, kind: 'ad' });
        for (const keyword of group.keywords) places.set(keyword.id, { ...within, kind: 'keyword' });
      }
    }
  }
  return places;
}

import { creativeQuality } from './creative-quality.ts';
import type { DatedEdit, Edit, NewObject, ObjectKind } from './edits.ts';
import { type IdKind, idOf } from './ids.ts';
import { keywordImpressions, newDemand } from './new-demand.ts';
import { type Entity, objectIn, type Place, placesIn, withGroup, withObject } from './objects.ts';
import { hashText, mix, uniform } from './random.ts';
import type {
  Account,
  Ad,
  AdGroup,
  AssetGroup,
  BiddingStrategy,
  Campaign,
  Keyword,
  Media,
  Platform,
  Settings,
  World,
} from './world.ts';

/** What an edit came to in the structure of the world. */
export type Applied =
  | {
      readonly kind: 'changed';
      readonly place: Place;
      readonly before: Entity;
      readonly entity: Entity;
      readonly set: Partial<Settings>;
      /** How its campaign bid until now, for what has no bidding of its own. */
      readonly strategy: BiddingStrategy | undefined;
    }
  | { readonly kind: 'added'; readonly place: Place; readonly entity: Entity }
  | { readonly kind: 'uploaded'; readonly media: Media };

/** The structure of the world with its edits; accounts that were not edited stay the same objects. */
export class EditedWorld {
  #world: World;
  #places: Map<string, Place> | undefined;
  #added = 0;
  readonly #taken = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  get world(): World {
    return this.#world;
  }

  newId(platform: Platform, kind: IdKind): string {
    for (;;) {
      this.#added += 1;
      const id = idOf(platform, kind, this.#added);
      // A replayed list of edits brought its ids along.
      if (!this.#taken.has(id)) return id;
    }
  }

  placeOf(objectId: string): Place | undefined {
    this.#places ??= placesIn(this.#world);
    return this.#places.get(objectId);
  }

  account(id: string): Account | undefined {
    return this.#world.accounts.find((account) => account.id === id);
  }

  campaign(place: Pick<Place, 'accountId' | 'campaignId'>): Campaign | undefined {
    return this.account(place.accountId)?.campaigns.find(({ id }) => id === place.campaignId);
  }

  entity(objectId: string): { readonly place: Place; readonly entity: Entity } | undefined {
    const place = this.placeOf(objectId);
    const campaign = place === undefined ? undefined : this.campaign(place);
    if (place === undefined || campaign === undefined) return undefined;
    const entity = objectIn(campaign, objectId);
    return entity === undefined ? undefined : { place, entity };
  }

  /** All or none. Throws an Error that names what an edit needs and the world does not have. */
  applyAll(edits: readonly DatedEdit[]): readonly Applied[] {
    const before = this.#world;
    try {
      return edits.map((edit) => this.#apply(edit));
    } catch (error) {
      this.#world = before;
      this.#places = undefined;
      throw error;
    }
  }

  #apply({ at, edit }: DatedEdit): Applied {
    switch (edit.do) {
      case 'set':
        return this.#set(edit);
      case 'add-campaign':
        return this.#addCampaign(edit, at);
      case 'add-media': {
        const media = { ...edit.media, createdAt: at };
        if (this.account(edit.accountId)?.media?.some(({ id }) => id === media.id) === true)
          throw new Error(`There is an upload ${media.id} already.`);
        this.#taken.add(media.id);
        this.#replace(edit.accountId, (account) => ({ ...account, media: [...(account.media ?? []), media] }));
        return { kind: 'uploaded', media };
      }
      case 'add-ad-group': {
        const adGroup: AdGroup = { ...this.#begun(edit.adGroup, at), ads: [], keywords: [] };
        return this.#addTo(edit.campaignId, 'ad-group', adGroup, (campaign) => ({
          ...campaign,
          adGroups: [...campaign.adGroups, adGroup],
        }));
      }
      case 'add-asset-group': {
        const { headlines, descriptions, mediaIds, finalUrl } = edit.assetGroup;
        const quality = this.#qualityOf({ headlines, descriptions, mediaId: mediaIds.join(), keywords: [] });
        const texts = { headlines, descriptions, mediaIds, finalUrl };
        const assetGroup: AssetGroup = { ...this.#begun(edit.assetGroup, at, quality), ...texts };
        return this.#addTo(edit.campaignId, 'asset-group', assetGroup, (campaign) => ({
          ...campaign,
          assetGroups: [...campaign.assetGroups, assetGroup],
        }));
      }
      case 'add-ad':
        return this.#addAd(edit, at);
      default:
        return this.#addKeyword(edit, at);
    }
  }

  #set({ objectId, set = {}, name, own }: Extract<Edit, { do: 'set' }>): Applied {
    const found = this.entity(objectId);
    if (found === undefined) throw new Error(`There is no object ${objectId} to edit.`);
    const { place } = found;
    const write = <T extends Entity>(entity: T): T => ({
      ...entity,
      ...(name === undefined ? {} : { name }),
      ...(own === undefined ? {} : { own: { ...entity.own, ...own } }),
    });
    const entity = write(found.entity);
    const strategy = set.bids?.strategy;
    const strategyBefore = this.campaign(place)?.bidding;
    this.#replaceCampaign(place, (campaign) => {
      if (place.kind === 'campaign')
        return { ...write(campaign), ...(strategy === undefined ? {} : { bidding: strategy }) };
      return withObject(campaign, objectId, write);
    });
    // A bid by hand is the same thing by either name.
    const bid = set.bids?.strategy === 'manual-cpc' && set.bidMicros === undefined ? set.bids.amountMicros : undefined;
    return {
      ...{ kind: 'changed', place, before: found.entity, entity, strategy: strategyBefore },
      set: { ...set, ...(bid === undefined ? {} : { bidMicros: bid }) },
    };
  }

  #addCampaign({ accountId, campaign: given }: Extract<Edit, { do: 'add-campaign' }>, at: number): Applied {
    const account = this.account(accountId);
    if (account === undefined) throw new Error(`There is no account ${accountId}.`);
    this.#mustBeNew(given.id);
    const { channel, bidding, budgetId = given.id } = given;
    const settings = { bids: { strategy: bidding }, ...given.settings };
    this.#taken.add(budgetId);
    const campaign: Campaign = {
      ...this.#begun({ ...given, settings }, at),
      ...{ weight: 1, channel, bidding, budgetId, adGroups: [], assetGroups: [] },
      demand: newDemand(this.#world, account, channel, given.id),
    };
    this.#replace(accountId, (one) => ({ ...one, campaigns: [...one.campaigns, campaign] }));
    return this.#placed({ kind: 'campaign', accountId, campaignId: given.id, groupId: undefined }, campaign);
  }

  #addAd({ adGroupId, ad: given }: Extract<Edit, { do: 'add-ad' }>, at: number): Applied {
    const { campaign, group } = this.#groupOf(adGroupId);
    const { format, headlines, descriptions, finalUrl, callToAction, mediaId } = given;
    const keywords = group.keywords.map(({ name }) => name);
    const quality = this.#qualityOf({ headlines, descriptions, mediaId, keywords });
    const ad: Ad = {
      ...this.#begun(given, at, quality),
      ...{ format, headlines, descriptions, finalUrl },
      ...(callToAction === undefined ? {} : { callToAction }),
      ...(mediaId === undefined ? {} : { mediaId }),
    };
    return this.#addTo(
      campaign.id,
      'ad',
      ad,
      (one) => withGroup(one, adGroupId, (old) => ({ ...old, ads: [...old.ads, ad] })),
      adGroupId,
    );
  }

  #addKeyword({ adGroupId, keyword: given }: Extract<Edit, { do: 'add-keyword' }>, at: number): Applied {
    const { campaign } = this.#groupOf(adGroupId);
    const { matchType, name } = given;
    const dailyImpressions = keywordImpressions(name, matchType, this.#world.seed);
    const keyword: Keyword = {
      ...this.#begun(given, at),
      weight: dailyImpressions / 1000,
      matchType,
      dailyImpressions,
    };
    return this.#addTo(
      campaign.id,
      'keyword',
      keyword,
      (one) => withGroup(one, adGroupId, (old) => ({ ...old, keywords: [...old.keywords, keyword] })),
      adGroupId,
    );
  }

  #begun({ id, name, settings, own }: NewObject, createdAt: number, quality = 1) {
    const bid = settings?.bids?.strategy === 'manual-cpc' ? settings.bids.amountMicros : undefined;
    const off: Settings = { status: 'paused', dailyBudgetMicros: 0, bidMicros: bid ?? 0, quality };
    return {
      ...{ id, name, createdAt },
      weight: 0.6 + 0.8 * uniform(mix(hashText(id), this.#world.seed)),
      settings: { ...off, ...settings, quality },
      ...(own === undefined ? {} : { own }),
    };
  }

  #qualityOf(shown: Parameters<typeof creativeQuality>[0]): number {
    return creativeQuality(shown, this.#world.seed);
  }

  #groupOf(adGroupId: string): { readonly campaign: Campaign; readonly group: AdGroup } {
    const place = this.placeOf(adGroupId);
    const campaign = place === undefined ? undefined : this.campaign(place);
    const group = campaign?.adGroups.find(({ id }) => id === adGroupId);
    if (campaign === undefined || group === undefined) throw new Error(`There is no ad group ${adGroupId}.`);
    return { campaign, group };
  }

  #addTo(
    campaignId: string,
    kind: ObjectKind,
    entity: Entity,
    change: (campaign: Campaign) => Campaign,
    groupId?: string,
  ): Applied {
    const place = this.placeOf(campaignId);
    if (place?.kind !== 'campaign') throw new Error(`There is no campaign ${campaignId}.`);
    this.#mustBeNew(entity.id);
    this.#replaceCampaign(place, change);
    return this.#placed({ kind, accountId: place.accountId, campaignId, groupId }, entity);
  }

  #mustBeNew(id: string): void {
    if (this.placeOf(id) !== undefined) throw new Error(`There is an object ${id} already.`);
  }

  #placed(place: Place, entity: Entity): Applied {
    this.#places?.set(entity.id, place);
    this.#taken.add(entity.id);
    return { kind: 'added', place, entity };
  }

  #replaceCampaign(place: Place, change: (campaign: Campaign) => Campaign): void {
    this.#replace(place.accountId, (account) => ({
      ...account,
      campaigns: account.campaigns.map((campaign) => (campaign.id === place.campaignId ? change(campaign) : campaign)),
    }));
  }

  #replace(accountId: string, change: (account: Account) => Account): void {
    if (this.account(accountId) === undefined) throw new Error(`There is no account ${accountId}.`);
    const accounts = this.#world.accounts.map((account) => (account.id === accountId ? change(account) : account));
    this.#world = { ...this.#world, accounts };
  }
}

import type { Ad, AssetGroup, BiddingStrategy, Channel, Keyword, Media, Settings, Targeting } from './world.ts';

/**
 * What a platform's wire writes to the world once it has found it valid. Values are absolute. Ids of what is added come from
 * `Market.newId`, so that a list of edits means the same world whenever it is replayed.
 */
export type Edit =
  /**
   * Anything that can be set of an object of any kind; `status: 'removed'` removes it. `targeting` and `bids` replace the whole of what
   * there was, `own` the keys it names.
   */
  | {
      readonly do: 'set';
      readonly objectId: string;
      readonly set?: Partial<Settings>;
      readonly name?: string;
      readonly own?: Own;
    }
  | { readonly do: 'add-campaign'; readonly accountId: string; readonly campaign: NewCampaign }
  | { readonly do: 'add-ad-group'; readonly campaignId: string; readonly adGroup: NewObject }
  | { readonly do: 'add-keyword'; readonly adGroupId: string; readonly keyword: NewKeyword }
  | { readonly do: 'add-ad'; readonly adGroupId: string; readonly ad: NewAd }
  | { readonly do: 'add-asset-group'; readonly campaignId: string; readonly assetGroup: NewAssetGroup }
  | { readonly do: 'add-media'; readonly accountId: string; readonly media: Omit<Media, 'createdAt'> };

type Own = Readonly<Record<string, unknown>>;

/** `quality` is the market's own and told from texts; what is left out of the settings is off, none or inherited. */
export interface NewObject {
  readonly id: string;
  readonly name: string;
  /** Without a status it is paused. */
  readonly settings?: Partial<Omit<Settings, 'quality'>>;
  readonly own?: Own;
}

export interface NewCampaign extends NewObject {
  readonly channel: Channel;
  readonly bidding: BiddingStrategy;
  /** Google's budget is an object of its own; elsewhere it is the campaign's id. */
  readonly budgetId?: string;
}

export interface NewKeyword extends NewObject {
  readonly matchType: Keyword['matchType'];
}

export type NewAd = NewObject &
  Pick<Ad, 'format' | 'headlines' | 'descriptions' | 'finalUrl' | 'callToAction' | 'mediaId'>;

export type NewAssetGroup = NewObject &
  Required<Pick<AssetGroup, 'headlines' | 'descriptions' | 'mediaIds' | 'finalUrl'>>;

/** An edit with the instant since which it is in force, epoch milliseconds. */
export interface DatedEdit {
  readonly at: number;
  readonly edit: Edit;
}

export type ObjectKind = 'campaign' | 'ad-group' | 'asset-group' | 'keyword' | 'ad';

/** What an object is beside its settings: whether it may be shown yet, in the market's own words. */
export interface Standing {
  /** `none`: nothing of it is reviewed. */
  readonly review: 'none' | 'in-review' | 'approved' | 'rejected';
  /** Of a rejection: `misleading-claims`, … */
  readonly reason: string | undefined;
  /** A campaign, or an ad group with its campaign, that has not seen enough traffic since it first ran or its bidding changed. */
  readonly learning: boolean;
}

/** An object as it is at an instant, with the ids above it. */
export interface PresentObject {
  readonly kind: ObjectKind;
  readonly id: string;
  readonly accountId: string;
  readonly campaignId: string;
  /** Of ads and keywords. */
  readonly adGroupId: string | undefined;
  readonly name: string;
  readonly settings: Settings;
  readonly targeting: Targeting | undefined;
  readonly createdAt: number | undefined;
  readonly own: Own;
  readonly standing: Standing;
}

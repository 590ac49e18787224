/**
 * What exists in the simulated world, whichever platform shows it. The market reads the hidden parameters; a platform's
 * wire shows only names, settings and results. Money is integer micros of the account's currency.
 */

export const platforms = ['google-ads', 'tiktok-ads', 'linkedin-ads'] as const;
export type Platform = (typeof platforms)[number];

export type Status = 'enabled' | 'paused' | 'removed';
export type Channel =
  | 'search'
  | 'performance-max'
  | 'video'
  // TikTok
  | 'in-feed-video'
  | 'in-feed-image'
  // LinkedIn
  | 'sponsored-content';

export const biddingStrategies = [
  'manual-cpc',
  'maximize-clicks',
  'maximize-delivery',
  'maximize-conversions',
  'maximize-conversion-value',
  'target-cpa',
  'target-roas',
  'target-cpm',
] as const;
export type BiddingStrategy = (typeof biddingStrategies)[number];

/** How a platform is to bid. `amountMicros` is the bid, the target cost or the cap, by strategy. */
export interface Bidding {
  readonly strategy: BiddingStrategy;
  readonly amountMicros?: number;
  /** Revenue per spend, a fraction: 4 is 400 %. */
  readonly targetRoas?: number;
}

export interface KeywordText {
  readonly text: string;
  readonly match: Keyword['matchType'];
}

/** Whom an object reaches, in the market's own words; an absent list is everybody. */
export interface Targeting {
  /** ISO 3166-1 alpha-2. */
  readonly countries?: readonly string[];
  /** ISO 639-1. */
  readonly languages?: readonly string[];
  /** `18-24`, …; `65-up`, `65+`, `55+` and `35-54` are understood. */
  readonly ages?: readonly string[];
  readonly genders?: readonly string[];
  /** The platform's own ids. */
  readonly interests?: readonly string[];
  readonly audiences?: readonly string[];
  readonly companies?: readonly string[];
  readonly negativeKeywords?: readonly KeywordText[];
}

/** What an advertiser can set, and what dated changes may change. */
export interface Settings {
  readonly status: Status;
  /** Zero: the level has no budget of its own. LinkedIn and TikTok may have it at the ad group instead of the campaign. */
  readonly dailyBudgetMicros: number;
  /** Highest bid for a click. Zero inherits from the parent. */
  readonly bidMicros: number;
  /** How well creatives and landing pages fit what people look for; 1 is the market's average. Hidden. */
  readonly quality: number;
  /** Set by an edit; a campaign without it bids as its `bidding` says, an ad group as its campaign does. */
  readonly bids?: Bidding;
  /** Set by an edit; without it, everybody the market's people are made of. */
  readonly targeting?: Targeting;
  /** First and last account-local day it may be shown on, ISO dates; `null` is no bound. */
  readonly startDate?: string | null;
  readonly endDate?: string | null;
}

interface Entity {
  /** Digits only, unique within the world. */
  readonly id: string;
  readonly name: string;
  readonly settings: Settings;
  /** Share of the parent's traffic before quality and the day's noise. Hidden. */
  readonly weight: number;
  /** When an edit made it, epoch milliseconds; absent for what was there when history began. */
  readonly createdAt?: number;
  /** What a platform's wire keeps of it in its own words (a placement, a tracking template); the market never reads it. */
  readonly own?: Readonly<Record<string, unknown>>;
}

export interface Ad extends Entity {
  readonly format: 'responsive-search' | 'video' | 'image';
  readonly headlines: readonly string[];
  readonly descriptions: readonly string[];
  readonly finalUrl: string;
  /** TikTok and LinkedIn: what the button says (`shop-now`), and the id of the video or image in the account's library. */
  readonly callToAction?: string;
  readonly mediaId?: string;
}

export interface Keyword extends Entity {
  readonly matchType: 'exact' | 'phrase' | 'broad';
  /** Impressions a day that an added keyword brings within reach. Hidden; the world's own are in their campaign's curve. */
  readonly dailyImpressions?: number;
}

export interface AdGroup extends Entity {
  readonly ads: readonly Ad[];
  readonly keywords: readonly Keyword[];
}

/** Performance Max has these instead of ad groups. */
export interface AssetGroup extends Entity {
  readonly finalUrl: string;
  /** Texts and media of one that an edit made. */
  readonly headlines?: readonly string[];
  readonly descriptions?: readonly string[];
  readonly mediaIds?: readonly string[];
}

/** An image or video in an account's library that an upload put there. */
export interface Media {
  /** Digits only; ads name it as their `mediaId`. */
  readonly id: string;
  readonly kind: 'image' | 'video';
  readonly name: string;
  readonly createdAt: number;
  /** Of the bytes, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  readonly own?: Readonly<Record<string, unknown>>;
}

export interface Campaign extends Entity {
  readonly channel: Channel;
  readonly budgetId: string;
  readonly bidding: BiddingStrategy;
  readonly adGroups: readonly AdGroup[];
  readonly assetGroups: readonly AssetGroup[];
  readonly demand: DemandCurve;
}

/** The hidden market a campaign bids in. */
export interface DemandCurve {
  /** People search for the brand more often after they saw it elsewhere; see adstock.ts. */
  readonly brandSearch?: boolean;
  /** Impressions a day the campaign could be shown for, on an average day. */
  readonly dailyImpressions: number;
  /** The bid at which an average creative wins half of them, micros. */
  readonly competitionMicros: number;
  /** Clicks per impression won, at average quality. */
  readonly clickRate: number;
  /** Conversions per click, at average quality. */
  readonly conversionRate: number;
  /** Median value of a conversion, micros. */
  readonly valueMicros: number;
  /** Creatives wear out or the team keeps improving them; see trend.ts. */
  readonly drift: 'steady' | 'degrades' | 'improves';
}

export interface Account {
  readonly platform: Platform;
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  /**
   * Country (ISO 3166-1) whose people it reaches beside the other accounts of that country, whatever their platform: they share
   * its shop orders. `undefined` stands apart from all others.
   */
  readonly market: string | undefined;
  /** Google Ads only. */
  readonly managerId: string | undefined;
  readonly kind: 'manager' | 'client';
  readonly status: 'enabled' | 'disabled' | 'draft';
  readonly campaigns: readonly Campaign[];
  /** What was uploaded; the media of the world's own ads are known by those ads alone. */
  readonly media?: readonly Media[];
}

/** A change of one object's settings, in force from the start of an account-local day. */
export interface Change {
  /** ISO date. */
  readonly from: string;
  readonly objectId: string;
  readonly set: Partial<Settings>;
}

export interface World {
  readonly seed: number;
  /** ISO date of the first day with traffic, in every account. */
  readonly historyStart: string;
  /** No conversion is reported later than this many days after its click. */
  readonly maxConversionDelayDays: number;
  readonly accounts: readonly Account[];
  readonly changes: readonly Change[];
}

/** Micros of the smallest amount the currency can bill: a cent, a yen. Every cost is a multiple of it. */
export function billableMicros(currency: string): number {
  const known = billable.get(currency);
  if (known !== undefined) return known;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  billable.set(currency, 10 ** (6 - digits));
  return 10 ** (6 - digits);
}

const billable = new Map<string, number>();

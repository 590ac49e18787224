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

/** What an advertiser can set, and what dated changes may change. */
export interface Settings {
  readonly status: Status;
  /** Zero: the level has no budget of its own. LinkedIn and TikTok may have it at the ad group instead of the campaign. */
  readonly dailyBudgetMicros: number;
  /** Highest bid for a click. Zero inherits from the parent. */
  readonly bidMicros: number;
  /** How well creatives and landing pages fit what people look for; 1 is the market's average. Hidden. */
  readonly quality: number;
}

interface Entity {
  /** Digits only, unique within the world. */
  readonly id: string;
  readonly name: string;
  readonly settings: Settings;
  /** Share of the parent's traffic before quality and the day's noise. Hidden. */
  readonly weight: number;
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
}

export interface AdGroup extends Entity {
  readonly ads: readonly Ad[];
  readonly keywords: readonly Keyword[];
}

/** Performance Max has these instead of ad groups. */
export interface AssetGroup extends Entity {
  readonly finalUrl: string;
}

export interface Campaign extends Entity {
  readonly channel: Channel;
  readonly budgetId: string;
  readonly bidding: 'manual-cpc' | 'maximize-conversions' | 'maximize-conversion-value' | 'target-cpa' | 'target-cpm';
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

/**
 * What exists in the simulated world, whichever platform shows it. The market reads the hidden parameters; a platform's
 * wire shows only names, settings and results. Money is integer micros of the account's currency.
 */

export type Status = 'enabled' | 'paused' | 'removed';
export type Channel = 'search' | 'performance-max' | 'video';

/** What an advertiser can set, and what dated changes may change. */
export interface Settings {
  readonly status: Status;
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
  readonly format: 'responsive-search' | 'video';
  readonly headlines: readonly string[];
  readonly descriptions: readonly string[];
  readonly finalUrl: string;
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
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly managerId: string | undefined;
  readonly kind: 'manager' | 'client';
  readonly status: 'enabled' | 'disabled';
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

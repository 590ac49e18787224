/** The ad platforms this system knows. Adding one here makes the registry's missing line a type error. */
export const platformIds = ['google-ads'] as const;
export type PlatformId = (typeof platformIds)[number];

/**
 * The level one fact row speaks of. Each grain is a fact table of its own, loaded from the platform's report of that
 * grain: Performance Max and video spend is missing at ad level, so a finer grain never sums to a coarser one.
 */
export const grains = ['account', 'campaign', 'ad-group', 'ad', 'keyword'] as const;
export type Grain = (typeof grains)[number];

/** Reports about what exists rather than what it earned. */
export const structureKinds = ['campaign', 'ad-group', 'ad'] as const;
export type StructureKind = (typeof structureKinds)[number];

/** Inclusive account-local ISO dates (`2026-11-01`). */
export interface DateWindow {
  readonly from: string;
  readonly to: string;
}

/** An account as the platform lists it, hierarchy resolved. */
export interface DiscoveredAccount {
  /** The platform's own id, digits only for Google Ads, always a string. */
  readonly platformId: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly status: 'enabled' | 'disabled';
  /** The manager through which it is reached (Google's login-customer-id); absent when it is reached directly. */
  readonly managerPlatformId?: string;
}

/** What identifies an account in a report request. */
export type AccountRef = Pick<DiscoveredAccount, 'platformId' | 'currency' | 'timeZone' | 'managerPlatformId'>;

export type ReportRequest =
  | { readonly kind: 'structure'; readonly structure: StructureKind; readonly account: AccountRef }
  | { readonly kind: 'metrics'; readonly grain: Grain; readonly account: AccountRef; readonly window: DateWindow };

/** One row exactly as the platform answered it, JSON-safe. Kept in the lake so that facts can be rebuilt without calling again. */
export type RawRow = Readonly<Record<string, unknown>>;

/** The reading side of one platform, opened for one connection. Throws `PlatformError` only. */
export interface PlatformReader {
  listAccounts(options?: { readonly signal?: AbortSignal }): Promise<readonly DiscoveredAccount[]>;
  /** Pages of raw rows in the platform's order; memory is bounded by one page. */
  report(request: ReportRequest, options?: { readonly signal?: AbortSignal }): AsyncIterable<readonly RawRow[]>;
}

/** What a reader needs to be opened. Secrets come from Secrets Manager, endpoints from configuration. */
export interface PlatformAccess {
  /** Fields as the platform's OAuth needs them, e.g. clientId, clientSecret, refreshToken, developerToken. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Base URLs by name, e.g. api, oauth. Missing ones take the platform's public default. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** Google Ads: the manager account the connection was made with. */
  readonly managerPlatformId?: string;
}

/** Counts and money of one row. Counts are whole; fractions and money are integer millionths, so sums are exact in any order. */
export interface Measures {
  readonly impressions: number;
  readonly clicks: number;
  /** Micros of the account's currency. */
  readonly spendMicros: number;
  /** Millionths of a conversion: platforms report fractions of one. */
  readonly conversionsMicros: number;
  /** Micros of the account's currency. */
  readonly conversionValueMicros: number;
}

/** A normalised fact: one object, one account-local day. Platform ids; absent levels are `null`. */
export interface FactRow extends Measures {
  readonly date: string;
  readonly campaignPlatformId: string | null;
  readonly adGroupPlatformId: string | null;
  readonly adPlatformId: string | null;
  readonly keywordPlatformId: string | null;
  /** The currency the row itself names, where the platform says it; a row in another than the account's is refused. */
  readonly reportedCurrency?: string;
}

/** A normalised object of the account's structure. */
export interface StructureRow {
  readonly kind: StructureKind;
  readonly platformId: string;
  readonly name: string;
  readonly status: 'enabled' | 'paused' | 'removed';
  /** Parent ids, `null` above their level. */
  readonly campaignPlatformId: string | null;
  readonly adGroupPlatformId: string | null;
  /** Campaigns: `search`, `performance-max`, `video`, …; ads: the ad type. */
  readonly type: string;
  /** Campaigns only: micros a day in the account's currency. */
  readonly dailyBudgetMicros: number | null;
}

/** A raw row that could not be used: which field, what stood there, why. */
export interface Rejection {
  readonly field: string;
  readonly reason: string;
}

export type Mapped<T> = { readonly ok: true; readonly row: T } | { readonly ok: false; readonly rejection: Rejection };

/** Pure translation of a platform's raw rows. */
export interface PlatformMapping {
  toFact(grain: Grain, raw: RawRow): Mapped<FactRow>;
  toStructure(structure: StructureKind, raw: RawRow): Mapped<StructureRow>;
}

/** What differs between platforms, as data. */
export interface PlatformDescriptor {
  readonly id: PlatformId;
  readonly name: string;
  readonly apiVersion: string;
  readonly supports: { readonly grains: readonly Grain[]; readonly structure: readonly StructureKind[] };
  readonly limits: {
    /** Days a platform may still restate; every scheduled run reloads them. */
    readonly lookBackDays: number;
    /** The longest window one report may ask for, in days. */
    readonly maxWindowDays: number;
  };
}

/** Why a platform call failed, for whoever decides whether to wait, sign in again or give up. */
export type PlatformErrorKind = 'rate-limited' | 'unauthorized' | 'rejected' | 'unavailable';

/** The only error a platform reader lets out. The message is written for the operator and holds no secret. */
export class PlatformError extends Error {
  readonly kind: PlatformErrorKind;
  readonly platform: PlatformId;
  /** The platform's own code, e.g. `CUSTOMER_NOT_ENABLED`. */
  readonly platformCode: string | undefined;
  readonly platformRequestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: PlatformErrorKind,
    message: string,
    details: {
      platform: PlatformId;
      platformCode?: string;
      platformRequestId?: string;
      retryAfterSeconds?: number;
      cause?: unknown;
    },
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = `PlatformError.${kind}`;
    this.kind = kind;
    this.platform = details.platform;
    this.platformCode = details.platformCode;
    this.platformRequestId = details.platformRequestId;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }

  get retryable(): boolean {
    return this.kind === 'rate-limited' || this.kind === 'unavailable';
  }
}

/** The ad platforms this system knows. Adding one here makes the registry's missing line a type error. */
export const platformIds = ['google-ads', 'tiktok-ads', 'linkedin-ads'] as const;
export type PlatformId = (typeof platformIds)[number];

/**
 * The level one fact row speaks of. Each grain is a fact table of its own, loaded from the platform's report of that
 * grain: Performance Max and video spend is missing at ad level, so a finer grain never sums to a coarser one.
 */
export const objectGrains = ['account', 'campaign', 'ad-group', 'ad', 'keyword'] as const;
export type ObjectGrain = (typeof objectGrains)[number];

/**
 * What an ad group's or a campaign's traffic is divided by. Each row carries the value in `segment`: the words searched for, an
 * asset's id, an age range. The audience breakdowns are of campaigns.
 */
export const segmentGrains = ['search-term', 'asset', 'age', 'gender', 'country', 'device', 'placement'] as const;
export type SegmentGrain = (typeof segmentGrains)[number];

export const grains = [...objectGrains, ...segmentGrains] as const;

/** A load may be of one family: segments are most of the rows and of the calls, and nobody needs them by the hour. */
export const grainFamilies = { objects: objectGrains, segments: segmentGrains } as const;
export type GrainFamily = keyof typeof grainFamilies;

/** Those of a platform's grains that a load is about: of one family, or all. */
export const grainsAsked = (supported: readonly Grain[], family: GrainFamily | undefined): Grain[] =>
  supported.filter((grain) => family === undefined || (grainFamilies[family] as readonly Grain[]).includes(grain));

/** The families that some grains belong to, in the order of `grainFamilies`. */
export const familiesOf = (some: Iterable<Grain>): GrainFamily[] => {
  const wanted = new Set<Grain>(some);
  return (Object.keys(grainFamilies) as GrainFamily[]).filter((family) =>
    grainFamilies[family].some((grain) => wanted.has(grain)),
  );
};
export type Grain = ObjectGrain | SegmentGrain;

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
  /** What the account counts as conversions and how late each may be credited; the longest is read back. */
  readonly conversionTypes?: readonly ConversionType[];
  /** Days that somebody has set for it, in place of what would follow from the platform and its conversion types. */
  readonly lookBackDays?: number;
}

/** A kind of conversion (purchase, lead) with the attribution windows of this account, in days after the click or view. */
export interface ConversionType {
  readonly platformId: string;
  readonly name: string;
  readonly clickWindowDays: number;
  readonly viewWindowDays: number;
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
  /** Configuration over the descriptor's `apiVersion`: a platform's version may be moved on without a release. */
  readonly apiVersion?: string;
  /** How much the platform grants the app, in the platform's words (TikTok: `basic`, `advanced`, `premium`); its lowest when absent. */
  readonly rateLevel?: string;
  /** Permits shared with everyone who calls with the same app; a reader alone in its process makes its own. */
  readonly limiter?: RateLimiter;
  /** Keeps what the platform gave in place of a credential, which may be worth nothing from then on. */
  readonly renewed?: KeepRenewed;
}

/** `fresh` are fields of the credentials; `instead` is the refresh token that they came for. */
export type KeepRenewed = (fresh: Readonly<Record<string, string>>, instead: string) => Promise<void>;

export interface RateLimit {
  readonly calls: number;
  readonly perSeconds: number;
}

/** Token buckets by name (`tiktok-ads/app/<id>`). What a platform refuses is learned: the bucket is drawn on more slowly. */
export interface RateLimiter {
  /**
   * Resolves when a call may go out under every limit. Rejects with the signal's reason, and with `PermitTooFar` at once when
   * that is more than `patienceMs` away.
   */
  acquire(
    bucket: string,
    limits: readonly RateLimit[],
    options?: { readonly signal?: AbortSignal; readonly patienceMs?: number },
  ): Promise<void>;
  /** The platform refused a call: nobody draws before the wait is over, and more slowly after it. */
  refused(bucket: string, waitSeconds: number): Promise<void>;
}

/** Counts and money of one row. Counts are whole; fractions and money are integer millionths, so sums are exact in any order. */
export interface Measures {
  readonly impressions: number;
  readonly clicks: number;
  /** Micros of the account's currency. */
  readonly spendMicros: number;
  /** Millionths of a conversion: platforms report fractions of one. `null` where the platform reports none for the grain. */
  readonly conversionsMicros: number | null;
  /** Micros of the account's currency; `null` as above. */
  readonly conversionValueMicros: number | null;
  /** Plays of a video that the platform counts as views; `null` where it does not report them for the grain. */
  readonly videoViews: number | null;
}

/** A normalised fact: one object, one account-local day. Platform ids; absent levels are `null`. */
export interface FactRow extends Measures {
  readonly date: string;
  readonly campaignPlatformId: string | null;
  readonly adGroupPlatformId: string | null;
  readonly adPlatformId: string | null;
  readonly keywordPlatformId: string | null;
  /** Segment grains: the value, in the vocabulary of `segments.ts` where there is one; `null` on all others. */
  readonly segment: string | null;
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
  /** Campaigns and, where the platform has them there, ad groups: micros a day in the account's currency. */
  readonly dailyBudgetMicros: number | null;
  /** Ads only: what is shown. */
  readonly creative: CreativeMetadata | null;
}

/** What an ad shows, as far as the platform tells; texts in the platform's order. */
export interface CreativeMetadata {
  /** Of the creative itself where it has one apart from the ad's (LinkedIn: the post's URN, TikTok: the video or image id). */
  readonly platformId: string | null;
  readonly headlines: readonly string[];
  readonly bodies: readonly string[];
  readonly callToAction: string | null;
  readonly landingPageUrl: string | null;
  readonly imageUrl: string | null;
  readonly videoId: string | null;
}

/** A raw row that could not be used: which field, what stood there, why. */
export interface Rejection {
  readonly field: string;
  readonly reason: string;
}

export type Mapped<T> = { readonly ok: true; readonly row: T } | { readonly ok: false; readonly rejection: Rejection };

/** A column of a fact that a mapping fills from the platform's answer. */
export type FactField = Exclude<keyof FactRow, 'reportedCurrency'>;

/** Where a mapping reads a column: the table it maps by, printed in docs/data-dictionary.md. */
export interface FieldSource {
  /** Paths in the raw row, as the platform spells them. More than one: their sum. */
  readonly paths: readonly string[];
  /** What the platform counts in: `micros`, `currency units`, `count`, `fraction of a conversion`, `date`, `id`, `enum`. */
  readonly unit: string;
  /** What an analyst must know: what is in it, what is missing, how late it is. */
  readonly caveat?: string;
}

/** Pure translation of a platform's raw rows. */
export interface PlatformMapping {
  /** Grains whose raw rows are finer than the fact: rows of one key are added up. On all others a second row of a key is a duplicate. */
  readonly aggregatedGrains?: readonly Grain[];
  /** Fields that the grain has on this platform; the mapping itself reads by this table. */
  sources(grain: Grain): Readonly<Partial<Record<FactField, FieldSource>>>;
  toFact(grain: Grain, raw: RawRow): Mapped<FactRow>;
  toStructure(structure: StructureKind, raw: RawRow): Mapped<StructureRow>;
}

/** Spend that the reports of some grains leave out: what is missing there between two grains is explained, all else is not. */
export interface SpendGap {
  readonly grains: readonly Grain[];
  /** In campaigns of these types; in all when absent. */
  readonly campaignTypes?: readonly string[];
  /** The platform adds noise, so that the finer report may hold more as well as less. */
  readonly approximate?: true;
  /** Of this many of the newest complete days alone: the finer report comes later. */
  readonly newestDays?: number;
  /** For people: what is missing and why. */
  readonly reason: string;
}

/** What differs between platforms, as data. */
export interface PlatformDescriptor {
  readonly id: PlatformId;
  readonly name: string;
  readonly apiVersion: string;
  /** ISO date on which the platform stops answering this version, as it has announced; `null` when it has not. */
  readonly apiVersionSunset: string | null;
  /** Where versions are named by the month of their release (`202609`): the last day they are answered on, so many months later. */
  readonly versionLifetime?: { readonly months: number; readonly dayOfMonth: number };
  readonly supports: { readonly grains: readonly Grain[]; readonly structure: readonly StructureKind[] };
  readonly limits: {
    /** Days a platform may still restate where the account does not say; every scheduled run reloads them. */
    readonly lookBackDays: number;
    /** Never read back further, whatever window a conversion type has. */
    readonly maxLookBackDays: number;
    /** The longest window one report may ask for, in days. */
    readonly maxWindowDays: number;
  };
  /** What a back-fill reckons with and keeps to; absent where neither is known. */
  readonly callBudget?: {
    /** Calls that the platform permits a day at its lowest access level; `null` where it names none. */
    readonly perDay: number | null;
    /** Rows that one call answers at most; `null` where a whole report is one call. */
    readonly rowsPerCall: number | null;
  };
  /** What no reading can find. */
  readonly spendGaps?: readonly SpendGap[];
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

// Generated from contracts/routes.ts by `npm run generate`. Do not edit.

import { route } from '../route.ts';

/** An advertising account on a platform */
export type Account = {
  /** Account id */
  readonly id: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  /** ISO 4217 code */
  readonly currency: string;
  /** IANA time zone */
  readonly timeZone: string;
  readonly status: "enabled" | "disabled";
  /** Days that every daily load reads back: the longest conversion window; null before the first load */
  readonly lookBackDays: number | null;
  readonly lastLoadedAt: string | null;
  /** Why the last load of this account failed; null when it succeeded */
  readonly lastError: string | null;
};

export type AccountPage = {
  readonly items: readonly (Account)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** One account and window of a run */
export type AccountProgress = {
  /** Null for a connection that failed before its accounts were known */
  readonly accountId: string | null;
  readonly accountName: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly stage: "waiting" | "extracting" | "transforming" | "loading" | "loaded" | "failed" | "skipped" | "cancelled";
  readonly from: string | null;
  readonly to: string | null;
  readonly rowsExtracted: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  /** What failed and why; null otherwise */
  readonly error: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly updatedAt: string;
};

export type AccountReconciliation = {
  /** Account id */
  readonly accountId: string;
  readonly accountName: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Of all its money but the site’s */
  readonly currency: string;
  /** IANA time zone */
  readonly timeZone: string;
  /** `forgotten`: what a platform said is kept for 35 days */
  readonly poll: {
    readonly kind: "polled";
    /** The last time the platform was asked for the day */
    readonly at: string;
    /** Whether the day was over by then */
    readonly afterDay: boolean;
  } | {
    readonly kind: "never";
  } | {
    readonly kind: "forgotten";
  };
  readonly load: {
    readonly kind: "loaded";
    /** When a load last changed a fact of the day; null where the facts do not say */
    readonly changedAt: string | null;
  } | {
    readonly kind: "none";
  };
  readonly measures: readonly (MeasureReconciliation)[];
  readonly late: LateCounts;
  readonly site: SiteCounts;
};

/** An ad as the platform has it */
export type Ad = {
  /** Ad id */
  readonly id: string;
  /** Account id */
  readonly accountId: string;
  /** Campaign id */
  readonly campaignId: string;
  /** Ad group id */
  readonly adGroupId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  readonly status: "enabled" | "paused" | "removed";
  readonly type: string;
  /** Null where the platform tells nothing, or has not been asked yet */
  readonly creative: CreativeMetadata | null;
  /** When it should be decided by: setting `review.hours` */
  readonly updatedAt: string;
};

/** An ad group as the platform has it */
export type AdGroup = {
  /** Ad group id */
  readonly id: string;
  /** Account id */
  readonly accountId: string;
  /** Campaign id */
  readonly campaignId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  readonly status: "enabled" | "paused" | "removed";
  readonly type: string;
  /** In the currency of the account, where the platform keeps budgets here; null where it does not */
  readonly dailyBudgetMicros: number | null;
  /** When it should be decided by: setting `review.hours` */
  readonly updatedAt: string;
};

export type AdGroupPage = {
  readonly items: readonly (AdGroup)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

export type AdPage = {
  readonly items: readonly (Ad)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** A rule’s condition that holds, or held, for one object */
export type Alert = {
  /** Alert id */
  readonly id: string;
  /** Alert rule id */
  readonly ruleId: string;
  readonly ruleName: string;
  readonly severity: "info" | "warning" | "critical";
  readonly status: "open" | "resolved";
  readonly object: WatchedObject;
  readonly message: string;
  readonly metric: "events" | "impressions" | "clicks" | "conversions" | "orders" | "leads" | "spendMicros" | "conversionValueMicros" | "revenueMicros" | "refundsMicros" | "ctr" | "cpcMicros" | "cpaMicros" | "costPerOrderMicros" | "roas" | "siteRoas";
  /** At `measuredAt`; null: none */
  readonly value: number | null;
  /** What it was held against */
  readonly limit: number;
  readonly currency: string | null;
  readonly moneyAtRisk: MoneyAtRisk;
  /** The metric by windows, oldest first */
  readonly course: readonly ({
    /** When it should be decided by: setting `review.hours` */
    readonly at: string;
    readonly value: number | null;
  })[];
  /** When it should be decided by: setting `review.hours` */
  readonly openedAt: string;
  /** When it should be decided by: setting `review.hours` */
  readonly measuredAt: string;
  readonly resolvedAt: string | null;
  readonly resolvedBecause: "recovered" | "no-value" | "rule-changed" | "out-of-scope" | null;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly mutedUntil: string | null;
};

export type AlertChange = {
  readonly acknowledged?: boolean;
  /** Until then nothing of this rule and object is sent; null ends it */
  readonly mutedUntil?: string | null;
};

/** When an alert opens */
export type AlertCondition = {
  readonly kind: "threshold";
  /** Money in micros. `ctr` clicks by impressions, `cpcMicros` spend by clicks, `cpaMicros` spend by the platform’s conversions, `costPerOrderMicros` spend by the site’s orders, `roas` the platform’s conversion value by spend, `siteRoas` revenue less refunds by spend: none where the denominator is zero */
  readonly metric: "events" | "impressions" | "clicks" | "conversions" | "orders" | "leads" | "spendMicros" | "conversionValueMicros" | "revenueMicros" | "refundsMicros" | "ctr" | "cpcMicros" | "cpaMicros" | "costPerOrderMicros" | "roas" | "siteRoas";
  /** Complete ones alone: the last minutes and the last account-local hours of live events, the last account-local days of loaded facts */
  readonly window: {
    readonly unit: "minutes" | "hours" | "days";
    readonly length: number;
  };
  readonly is: "above" | "below";
  readonly value: number;
  /** Below this volume the window says nothing */
  readonly minimum?: {
    readonly metric: "events" | "impressions" | "clicks" | "conversions" | "orders" | "leads" | "spendMicros" | "conversionValueMicros" | "revenueMicros" | "refundsMicros";
    readonly value: number;
  };
} | {
  readonly kind: "rate-of-change";
  /** Money in micros. `ctr` clicks by impressions, `cpcMicros` spend by clicks, `cpaMicros` spend by the platform’s conversions, `costPerOrderMicros` spend by the site’s orders, `roas` the platform’s conversion value by spend, `siteRoas` revenue less refunds by spend: none where the denominator is zero */
  readonly metric: "events" | "impressions" | "clicks" | "conversions" | "orders" | "leads" | "spendMicros" | "conversionValueMicros" | "revenueMicros" | "refundsMicros" | "ctr" | "cpcMicros" | "cpaMicros" | "costPerOrderMicros" | "roas" | "siteRoas";
  /** Complete ones alone: the last minutes and the last account-local hours of live events, the last account-local days of loaded facts */
  readonly window: {
    readonly unit: "minutes" | "hours" | "days";
    readonly length: number;
  };
  readonly moves: "up" | "down";
  /** At least this fraction of what it is compared with; 0.5 is half */
  readonly by: number;
  /** `same-hours`: the median of the same hours of the seven days before; for windows of hours */
  readonly against: "window-before" | "same-hours";
  /** The larger of the two windows must have this much, so that one click becoming three alarms nobody */
  readonly minimum: {
    readonly metric: "events" | "impressions" | "clicks" | "conversions" | "orders" | "leads" | "spendMicros" | "conversionValueMicros" | "revenueMicros" | "refundsMicros";
    readonly value: number;
  };
} | {
  readonly kind: "no-results";
  readonly result: "conversions" | "orders" | "leads";
  /** Complete ones alone: the last minutes and the last account-local hours of live events, the last account-local days of loaded facts */
  readonly window: {
    readonly unit: "minutes" | "hours" | "days";
    readonly length: number;
  };
  /** Spent without a single result */
  readonly spendMicros: number;
} | {
  readonly kind: "pacing";
  readonly is: "ahead" | "behind";
  /** Of what the daily budget plans by this time of the account’s day: 1.3 is 30 % ahead, or behind */
  readonly factor: number;
} | {
  readonly kind: "missing-data";
  readonly measure: "events" | "impressions" | "clicks" | "conversions" | "orders" | "leads";
  readonly minutes: number;
};

/** What was sent of an alert, and what became of it */
export type AlertDelivery = {
  /** `webhook-id` of what is sent; the same at every attempt */
  readonly id: string;
  readonly channel: "webhook" | "email";
  readonly to: string;
  readonly of: "opened" | "resolved";
  readonly state: "pending" | "delivered" | "failed";
  readonly attempts: number;
  readonly dueAt: string | null;
  readonly lastError: string | null;
  readonly deliveredAt: string | null;
};

export type AlertDeliveryList = {
  readonly items: readonly (AlertDelivery)[];
};

export type AlertPage = {
  readonly items: readonly (Alert)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** What is watched and when somebody is told of it */
export type AlertRule = {
  /** Alert rule id */
  readonly id: string;
  readonly name: string;
  readonly severity: "info" | "warning" | "critical";
  readonly enabled: boolean;
  readonly scope: AlertScope;
  readonly condition: AlertCondition;
  /** After an alert was resolved no other of the same object is opened for so long */
  readonly cooldownMinutes: number;
  /** An alert is resolved when its condition has not held for so long */
  readonly recoveryMinutes: number;
  /** Who gets an e-mail when an alert opens and when it is resolved */
  readonly emails: readonly (string)[];
  readonly webhooks: readonly (AlertWebhook)[];
  /** Until then its alerts are shown in the dashboard and sent nowhere */
  readonly mutedUntil: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  readonly createdBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly changedAt: string;
};

export type AlertRuleChange = {
  readonly name?: string;
  readonly severity?: "info" | "warning" | "critical";
  readonly enabled?: boolean;
  readonly scope?: AlertScope;
  readonly condition?: AlertCondition;
  /** After an alert was resolved no other of the same object is opened for so long */
  readonly cooldownMinutes?: number;
  /** An alert is resolved when its condition has not held for so long */
  readonly recoveryMinutes?: number;
  /** Who gets an e-mail when an alert opens and when it is resolved */
  readonly emails?: readonly (string)[];
  readonly mutedUntil?: string | null;
};

export type AlertRuleList = {
  readonly items: readonly (AlertRule)[];
};

export type AlertRulePreview = {
  /** When it should be decided by: setting `review.hours` */
  readonly from: string;
  /** When it should be decided by: setting `review.hours` */
  readonly to: string;
  /** Alerts that the rule would have opened */
  readonly fired: number;
  /** What was looked at */
  readonly objects: number;
  readonly examples: readonly ({
    /** When it should be decided by: setting `review.hours` */
    readonly at: string;
    readonly object: string;
    readonly message: string;
  })[];
  /** What the look back could not see */
  readonly note: string | null;
};

export type AlertRulePreviewRequest = {
  readonly scope: AlertScope;
  readonly condition: AlertCondition;
  /** After an alert was resolved no other of the same object is opened for so long */
  readonly cooldownMinutes?: number;
  /** An alert is resolved when its condition has not held for so long */
  readonly recoveryMinutes?: number;
};

/** Rules that a workspace may want; none is made */
export type AlertRuleSuggestions = {
  readonly items: readonly ({
    readonly why: string;
    readonly rule: NewAlertRule;
  })[];
};

/** What a rule watches; all of the workspace by default */
export type AlertScope = {
  /** What is looked at one by one, each with an alert of its own. `workspace`: all of it as one, counts alone */
  readonly each: "workspace" | "account" | "campaign";
  /** Ad platform */
  readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Account id */
  readonly accountId?: string;
  readonly campaignIds?: readonly (string)[];
  /** Only accounts of this currency, for amounts of money */
  readonly currency?: string;
};

export type AlertWebhook = {
  /** Id of a webhook of an alert rule */
  readonly id: string;
  readonly url: string;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
};

export type AnalystAnswer = {
  readonly columns: readonly ({
    readonly name: string;
    /** As Athena names it: `bigint`, `varchar`, `date`, … */
    readonly type: string;
  })[];
  /** Values in the order of the columns. Whole numbers beyond 2⁵³ and decimals are text, so that no digit is lost */
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
  /** There are more rows than `maxRows`, or than 6 MB hold */
  readonly truncated: boolean;
  readonly scannedBytes: number;
  readonly milliseconds: number;
};

export type AnsweredChallenge = {
  readonly challengeCode: string;
  readonly challengeResponse: string;
};

/** Everything that speaks for an ad: what it says, what stands behind it, who decided and why */
export type AppealPack = {
  /** Review id */
  readonly reviewId: string;
  /** When it should be decided by: setting `review.hours` */
  readonly madeAt: string;
  /** To be sent to the platform’s support as it is */
  readonly letter: string;
  readonly texts: readonly ({
    readonly field: string;
    readonly text: string;
  })[];
  readonly pictures: readonly ({
    readonly assetId: string;
    readonly altText: string;
    /** Signed, for an hour */
    readonly url: string;
  })[];
  readonly landingPageUrl: string | null;
  readonly reasons: readonly (ReviewReason)[];
  readonly facts: readonly ({
    readonly text: string;
    /** Where the advertiser says it */
    readonly source: string;
  })[];
  readonly repairs: readonly ({
    readonly field: string;
    readonly before: string;
    readonly after: string;
    readonly ruleId: string;
  })[];
  readonly history: readonly (ReviewHistoryEntry)[];
};

/** An uploaded picture, upright and made small */
export type Asset = {
  /** Id of an uploaded picture */
  readonly id: string;
  readonly name: string;
  readonly kind: "logo" | "product-photo";
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether something is to be seen through it */
  readonly seenThrough: boolean;
  /** What moderation says of it; a person should look before it is used */
  readonly findings: readonly (ModerationFinding)[];
  readonly uploadedBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  /** Signed, for an hour */
  readonly url: string;
};

export type AssetPage = {
  readonly items: readonly (Asset)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** A logo or a photo of a product */
export type AssetUpload = {
  readonly name: string;
  readonly kind: "logo" | "product-photo";
  /** The file in Base64: JPEG, PNG, WebP or GIF of at most 700 KB */
  readonly content: string;
};

/** One thing that was done, chained to the one before */
export type AuditEntry = {
  /** Counts the entries of a workspace from 1 */
  readonly sequence: number;
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  readonly action: "change.previewed" | "change.approval-asked" | "change.confirmed" | "change.approved" | "change.discarded" | "change.expired" | "change.resumed" | "change.finished" | "operation.applied" | "operation.failed" | "operation.conflict" | "operation.unknown" | "operation.blocked" | "guardrails.changed" | "brief.created" | "brief.changed" | "brand-kit.created" | "brand-kit.changed" | "pixel.created" | "pixel.changed" | "generation.approved" | "generation.sent-back" | "generation.rejected" | "creative.edited" | "asset.uploaded" | "asset.deleted" | "review.approved" | "review.rejected" | "review.escalated";
  /** Who asked for it: the user or client whose request this follows from */
  readonly actor: string;
  /** Of the request that it follows from; the same on every entry that one request leads to */
  readonly requestId: string | null;
  readonly reason: string | null;
  readonly changeId: string | null;
  readonly operationId: string | null;
  readonly object: {
    readonly kind: string;
    readonly id: string | null;
    readonly platformId: string | null;
    readonly name: string;
  } | null;
  readonly before: unknown;
  readonly after: unknown;
  /** The platform’s own name of the call that did it */
  readonly platformRequestId: string | null;
  readonly problem: ChangeProblem | null;
  /** That the entry `sequence` had */
  readonly previousHash: string;
  /** That the entry `sequence` had */
  readonly hash: string;
};

/** Where the chain does not hold, and how */
export type AuditFault = {
  readonly kind: "altered" | "missing" | "reordered" | "head";
  /** Counts the entries of a workspace from 1 */
  readonly sequence: number;
  readonly message: string;
};

export type AuditPage = {
  readonly items: readonly (AuditEntry)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** Whether the audit trail is whole */
export type AuditVerification = {
  readonly valid: boolean;
  readonly entries: number;
  readonly head: {
    /** Counts the entries of a workspace from 1 */
    readonly sequence: number;
    /** That the entry `sequence` had */
    readonly hash: string;
  } | null;
  /** The first hundred */
  readonly faults: readonly (AuditFault)[];
  readonly faultCount: number;
};

export type AuthorizationCode = {
  readonly state: string;
  /** `code`, or TikTok’s `auth_code`, from the address the platform sent the browser to */
  readonly code: string;
};

export type AuthorizationRequest = {
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Where the platform sends the browser back to, on the dashboard’s origin, without query or fragment; it must be registered with the platform’s app */
  readonly returnTo: string;
  /** Authorizes this connection again: it keeps its id and accounts */
  readonly connectionId?: string;
  /** Of the new connection; the platform’s name by default */
  readonly name?: string;
  /** Google Ads: the manager account whose clients are to be read */
  readonly managerPlatformId?: string;
};

/** How the platform is to bid */
export type Bidding = {
  readonly strategy: "maximize-conversions" | "maximize-conversion-value" | "maximize-clicks" | "maximize-delivery" | "manual-cpc" | "target-cpa" | "target-roas";
  readonly amount?: Money;
  readonly targetRoas?: number;
};

/** What every ad of a brand has in common */
export type BrandKit = {
  readonly name: string;
  /** As ads show it; Google takes 25 characters, TikTok 40 */
  readonly businessName: string;
  readonly voice: Voice;
  /** Words and phrases that stand in no ad, whatever their case */
  readonly bannedWords: readonly (string)[];
  readonly colours: {
    /** sRGB, `#0b5fff` */
    readonly primary: string;
    /** sRGB, `#0b5fff` */
    readonly secondary?: string;
    /** sRGB, `#0b5fff` */
    readonly accent?: string;
    /** sRGB, `#0b5fff` */
    readonly background?: string;
    /** sRGB, `#0b5fff` */
    readonly text?: string;
  };
  /** Id of an uploaded picture */
  readonly logoAssetId?: string;
  readonly fonts: {
    readonly heading: "inter" | "open-sans" | "roboto" | "source-sans-3" | "montserrat" | "lora" | "merriweather" | "playfair-display" | "source-serif-4" | "noto-sans";
    readonly body: "inter" | "open-sans" | "roboto" | "source-sans-3" | "montserrat" | "lora" | "merriweather" | "playfair-display" | "source-serif-4" | "noto-sans";
  };
  readonly claims: readonly (SubstantiatedClaim)[];
  /** What the law asks of every ad, as images show it */
  readonly legalLine?: string;
};

/** Fields that are absent stay as they are */
export type BrandKitChange = {
  readonly name?: string;
  /** As ads show it; Google takes 25 characters, TikTok 40 */
  readonly businessName?: string;
  readonly voice?: Voice;
  /** Words and phrases that stand in no ad, whatever their case */
  readonly bannedWords?: readonly (string)[];
  readonly colours?: {
    /** sRGB, `#0b5fff` */
    readonly primary: string;
    /** sRGB, `#0b5fff` */
    readonly secondary?: string;
    /** sRGB, `#0b5fff` */
    readonly accent?: string;
    /** sRGB, `#0b5fff` */
    readonly background?: string;
    /** sRGB, `#0b5fff` */
    readonly text?: string;
  };
  /** Id of an uploaded picture */
  readonly logoAssetId?: string;
  readonly fonts?: {
    readonly heading: "inter" | "open-sans" | "roboto" | "source-sans-3" | "montserrat" | "lora" | "merriweather" | "playfair-display" | "source-serif-4" | "noto-sans";
    readonly body: "inter" | "open-sans" | "roboto" | "source-sans-3" | "montserrat" | "lora" | "merriweather" | "playfair-display" | "source-serif-4" | "noto-sans";
  };
  readonly claims?: readonly (SubstantiatedClaim)[];
  /** What the law asks of every ad, as images show it */
  readonly legalLine?: string;
  readonly archived?: boolean;
  readonly without?: readonly ("logoAssetId" | "legalLine")[];
};

/** The oldest first; at most 50 */
export type BrandKitList = {
  readonly items: readonly (KeptBrandKit)[];
};

/** What is sold, to whom, and what may be said of it */
export type Brief = {
  readonly product: {
    readonly name: string;
    readonly category: "footwear" | "fashion" | "jewellery" | "cosmetics" | "furniture" | "kitchenware" | "electronics" | "software" | "online-courses" | "language-courses" | "gyms" | "sports-gear" | "bicycles" | "cars" | "car-repair" | "hotels" | "travel" | "restaurants" | "groceries" | "coffee" | "wine" | "flowers" | "toys" | "pet-supplies" | "insurance" | "bank-accounts" | "tax-advice" | "legal-advice" | "real-estate" | "cleaning" | "removals" | "plumbing" | "solar-power" | "gardening" | "events" | "jobs" | "charity" | "marketing-services" | "dental-care" | "other";
    readonly description: string;
    /** Uploaded photos of it, drawn into pictures by turns */
    readonly photoAssetIds?: readonly (string)[];
  };
  readonly landingPageUrl: string;
  /** Other pages of the site, for links beneath ads */
  readonly pages?: readonly ({
    readonly about: "benefits" | "features" | "offer" | "proof" | "contact";
    readonly url: string;
  })[];
  readonly benefits: readonly (string)[];
  readonly features: readonly (string)[];
  readonly offer?: Offer;
  /** What the buyer is troubled by: `Wet feet after every walk` */
  readonly problem?: string;
  /** Why now: `Only until the season starts` */
  readonly urgency?: string;
  readonly proof: readonly (Proof)[];
  readonly audience: BriefAudience;
  readonly goal: BriefGoal;
  readonly dailyBudget: Money;
  readonly countries: readonly (string)[];
  /** In which to advertise; the first is the one this brief is written in */
  readonly languages: readonly (string)[];
  readonly voice: Voice;
  /** Words and phrases that stand in no ad, whatever their case */
  readonly bannedWords: readonly (string)[];
  readonly claims: readonly (SubstantiatedClaim)[];
  readonly keywords: readonly (string)[];
  /** Where to advertise */
  readonly platforms: readonly ({
    /** Account id */
    readonly accountId: string;
    readonly page?: string;
    readonly identity?: string;
  })[];
  readonly politicalAdvertising: "none" | "eu-political";
  /** Translations by language, ISO 639-1 */
  readonly texts: Readonly<Record<string, BriefTexts>>;
};

/** To whom it is sold */
export type BriefAudience = {
  readonly description: string;
  readonly segments: readonly (BriefSegment)[];
};

/** Fields that are absent stay as they are */
export type BriefChange = {
  readonly brief?: BriefDraft;
  /** Fields to take away */
  readonly without?: readonly ("offer" | "problem" | "urgency")[];
  readonly archived?: boolean;
  /** Fields read from the page that somebody has looked at */
  readonly confirmed?: readonly (string)[];
};

/** A brief, whole or with fields that are still open */
export type BriefDraft = {
  readonly product?: {
    readonly name?: string;
    readonly category?: "footwear" | "fashion" | "jewellery" | "cosmetics" | "furniture" | "kitchenware" | "electronics" | "software" | "online-courses" | "language-courses" | "gyms" | "sports-gear" | "bicycles" | "cars" | "car-repair" | "hotels" | "travel" | "restaurants" | "groceries" | "coffee" | "wine" | "flowers" | "toys" | "pet-supplies" | "insurance" | "bank-accounts" | "tax-advice" | "legal-advice" | "real-estate" | "cleaning" | "removals" | "plumbing" | "solar-power" | "gardening" | "events" | "jobs" | "charity" | "marketing-services" | "dental-care" | "other";
    readonly description?: string;
    /** Uploaded photos of it, drawn into pictures by turns */
    readonly photoAssetIds?: readonly (string)[];
  };
  readonly landingPageUrl?: string;
  /** Other pages of the site, for links beneath ads */
  readonly pages?: readonly ({
    readonly about: "benefits" | "features" | "offer" | "proof" | "contact";
    readonly url: string;
  })[];
  readonly benefits?: readonly (string)[];
  readonly features?: readonly (string)[];
  readonly offer?: Offer;
  /** What the buyer is troubled by: `Wet feet after every walk` */
  readonly problem?: string;
  /** Why now: `Only until the season starts` */
  readonly urgency?: string;
  readonly proof?: readonly (Proof)[];
  readonly audience?: BriefAudience;
  readonly goal?: BriefGoal;
  readonly dailyBudget?: Money;
  readonly countries?: readonly (string)[];
  readonly languages?: readonly (string)[];
  readonly voice?: Voice;
  /** Words and phrases that stand in no ad, whatever their case */
  readonly bannedWords?: readonly (string)[];
  readonly claims?: readonly (SubstantiatedClaim)[];
  readonly keywords?: readonly (string)[];
  /** Where to advertise */
  readonly platforms?: readonly ({
    /** Account id */
    readonly accountId: string;
    readonly page?: string;
    readonly identity?: string;
  })[];
  readonly politicalAdvertising?: "none" | "eu-political";
  /** Translations by language, ISO 639-1 */
  readonly texts?: Readonly<Record<string, BriefTexts>>;
};

/** What stands in the way of saying something */
export type BriefFinding = {
  readonly ruleId: string;
  readonly field: string;
  readonly severity: "block" | "warn" | "info";
  readonly message: string;
};

/** The landing page to begin from */
export type BriefFromUrl = {
  readonly url: string;
};

/** What the campaigns are to reach */
export type BriefGoal = {
  readonly objective: "traffic" | "conversions" | "leads" | "awareness" | "video-views";
  readonly targetCpa?: Money;
};

/** The newest first; archived ones only when asked for */
export type BriefPage = {
  readonly items: readonly (KeptBrief)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** A part of the audience */
export type BriefSegment = {
  readonly name: string;
  readonly description: string;
  /** What `{segment.city|your city}` says, by name. `city`: where it is to be had for this segment, which ads then say. `keyword`: what these people search for */
  readonly values?: Readonly<Record<string, readonly (string)[]>>;
  /** Statements that are for this segment, by their place in the brief: `benefits.0`. What another segment names and this one does not is not said to it; what no segment names is said to all */
  readonly says?: readonly (string)[];
  /** Whether it is shown the offer. True when absent */
  readonly offered?: boolean;
  readonly countries?: readonly (string)[];
};

/** A brief’s factual texts in another language */
export type BriefTexts = {
  readonly name?: string;
  readonly benefits: readonly (string)[];
  readonly features: readonly (string)[];
  /** The offer in words */
  readonly offer?: string;
  /** What the buyer is troubled by: `Wet feet after every walk` */
  readonly problem?: string;
  /** Why now: `Only until the season starts` */
  readonly urgency?: string;
  readonly proof: readonly (string | null)[];
  readonly claims: readonly (string | null)[];
  readonly keywords: readonly (string)[];
};

/** A campaign as the platform has it */
export type Campaign = {
  /** Campaign id */
  readonly id: string;
  /** Account id */
  readonly accountId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  readonly status: "enabled" | "paused" | "removed";
  /** `search`, `performance-max`, `video`, … */
  readonly type: string;
  /** ISO 4217 code */
  readonly currency: string;
  readonly dailyBudgetMicros: number | null;
  /** When it should be decided by: setting `review.hours` */
  readonly updatedAt: string;
};

export type CampaignPage = {
  readonly items: readonly (Campaign)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** A change request and where it stands */
export type Change = {
  /** Null of a dry run, which is not kept */
  readonly id: string | null;
  readonly status: "previewed" | "awaiting-approval" | "applying" | "applied" | "partial" | "failed" | "discarded" | "expired";
  /** Why; it goes into the audit trail */
  readonly reason: string;
  /** It is previewed, not expired, and neither an operation is blocked nor a guardrail violated */
  readonly confirmable: boolean;
  readonly operationCounts: Readonly<Record<string, number>>;
  readonly effect: SpendEffect;
  readonly verdicts: readonly (GuardrailVerdict)[];
  readonly warnings: readonly (string)[];
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  readonly createdBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly expiresAt: string;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly approvedAt: string | null;
  readonly approvedBy: string | null;
  readonly finishedAt: string | null;
  readonly undoOf: string | null;
  readonly undoneBy: string | null;
  /** Of the request that asked for it */
  readonly requestId: string;
};

export type ChangeDecision = {
  readonly comment?: string;
};

/** A change with its operations */
export type ChangeDetail = {
  /** Null of a dry run, which is not kept */
  readonly id: string | null;
  readonly status: "previewed" | "awaiting-approval" | "applying" | "applied" | "partial" | "failed" | "discarded" | "expired";
  /** Why; it goes into the audit trail */
  readonly reason: string;
  /** It is previewed, not expired, and neither an operation is blocked nor a guardrail violated */
  readonly confirmable: boolean;
  readonly operationCounts: Readonly<Record<string, number>>;
  readonly effect: SpendEffect;
  readonly verdicts: readonly (GuardrailVerdict)[];
  readonly warnings: readonly (string)[];
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  readonly createdBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly expiresAt: string;
  readonly decidedAt: string | null;
  readonly decidedBy: string | null;
  readonly approvedAt: string | null;
  readonly approvedBy: string | null;
  readonly finishedAt: string | null;
  readonly undoOf: string | null;
  readonly undoneBy: string | null;
  /** Of the request that asked for it */
  readonly requestId: string;
  readonly operations: readonly (ChangeOperation)[];
};

/** One operation of a change and what became of it */
export type ChangeOperation = {
  /** Operation id */
  readonly id: string;
  readonly index: number;
  readonly status: "planned" | "blocked" | "pending" | "applying" | "applied" | "failed" | "conflict" | "unknown";
  readonly operation: Operation;
  /** Account id */
  readonly accountId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly object: {
    readonly kind: "campaign" | "ad-group" | "ad" | "asset";
    /** Null until it is made */
    readonly id: string | null;
    readonly name: string;
    /** The campaign it belongs to; null while there is none */
    readonly campaignId: string | null;
  };
  readonly fields: readonly (FieldChange)[];
  readonly spend: "increase" | "decrease" | "neutral";
  /** Why it is blocked; empty when it may be applied */
  readonly problems: readonly (ChangeProblem)[];
  readonly warnings: readonly (string)[];
  readonly result: {
    readonly platformId: string;
    readonly platformRequestId: string | null;
    /** When it should be decided by: setting `review.hours` */
    readonly appliedAt: string;
  } | null;
  readonly error: ChangeProblem | null;
  /** Somebody changed it on the platform after the preview */
  readonly conflict: {
    readonly field: string;
    readonly expected: unknown;
    readonly found: unknown;
  } | null;
  readonly attempts: number;
};

export type ChangePage = {
  readonly items: readonly (Change)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

export type ChangeProblem = {
  /** Within the operation, `dailyBudget.micros` */
  readonly field: string;
  readonly reason: string;
  readonly platformCode: string | null;
};

/** Operations to preview */
export type ChangeRequest = {
  /** Why; it goes into the audit trail */
  readonly reason: string;
  readonly operations: readonly (Operation)[];
  /** Preview only; nothing is kept */
  readonly dryRun?: boolean;
  /** Confirm at once if it only spends less and the guardrails let that through */
  readonly confirmDecreases?: boolean;
};

/** Ids by which a platform finds the click that led here */
export type ClickIds = {
  readonly gclid?: string;
  readonly gbraid?: string;
  readonly wbraid?: string;
  readonly ttclid?: string;
  readonly liFatId?: string;
};

/** As application/json or text/plain, up to 16 KB; pages send text/plain, which browsers ask nobody about */
export type CollectBody = {
  readonly consent?: Consent;
  readonly events: readonly (CollectedEvent)[];
};

/** What a page tells */
export type CollectedEvent = {
  readonly id: string;
  readonly event: "purchase" | "lead";
  readonly occurredAt: string;
  readonly orderId?: string;
  /** Millionths of the currency unit */
  readonly valueMicros?: number;
  /** ISO 4217 code */
  readonly currency?: string;
  readonly clickIds?: ClickIds;
  readonly utm?: Utm;
};

/** A grant to read accounts of an ad platform */
export type Connection = {
  /** Connection id */
  readonly id: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** What people call it */
  readonly name: string;
  /** No load asks the platform through it */
  readonly paused: boolean;
  /** Google Ads: the manager account whose clients are read */
  readonly managerPlatformId: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  /** When somebody last authorized it; null when an operator set it up */
  readonly authorizedAt: string | null;
  /** When the grant ends and somebody must authorize again; null where the platform sets no end */
  readonly tokenExpiresAt: string | null;
  readonly apiVersion: {
    /** The version of the platform’s API that is asked */
    readonly inUse: string;
    /** The platform answers it no longer from this day on; null when not announced */
    readonly sunset: string | null;
  };
  readonly health: ConnectionHealth;
};

export type ConnectionChange = {
  /** What people call it */
  readonly name?: string;
  readonly paused?: boolean;
};

/** How a connection fares */
export type ConnectionHealth = {
  /** `unchecked` until the first contact after it was made; `paused` by a person */
  readonly state: "unchecked" | "healthy" | "failing" | "paused";
  /** When the platform last listed the accounts */
  readonly lastSuccessAt: string | null;
  readonly lastFailureAt: string | null;
  /** Why it last failed, in words; stays after it works again */
  readonly lastFailure: string | null;
  /** Accounts the platform listed at the last success */
  readonly accountsReached: number | null;
};

/** All connections; a workspace has a handful */
export type ConnectionList = {
  readonly items: readonly (Connection)[];
};

/** What the person agreed to. Without `adUserData` granted identifiers are dropped, without `adStorage` click ids; what is not said is not granted */
export type Consent = {
  readonly adStorage: "granted" | "denied" | "unknown";
  readonly adUserData: "granted" | "denied" | "unknown";
  readonly adPersonalization: "granted" | "denied" | "unknown";
};

/** What an ad group is optimised for */
export type Conversion = {
  /** What reports it: TikTok: the id of a pixel */
  readonly source: string;
  /** Which of its events: TikTok: `SHOPPING`, `FORM` */
  readonly event: string;
};

/** An order, or its refund, told by your server */
export type ConversionInput = {
  /** Yours, the same whenever you send the event again; with `occurredAt` it is counted once */
  readonly id: string;
  readonly kind: "conversion" | "refund";
  /** When it happened, UTC: `2026-11-01T08:30:00.000Z` */
  readonly occurredAt: string;
  readonly orderId: string;
  /** Millionths of the currency unit */
  readonly valueMicros: number;
  /** ISO 4217 code */
  readonly currency: string;
  readonly accountId?: string | PlatformReference;
  readonly campaignId?: string | PlatformReference;
  readonly adGroupId?: string | PlatformReference;
  readonly adId?: string | PlatformReference;
  /** Refunds: when the order was placed; it is taken back there */
  readonly appliesTo?: string;
  readonly clickIds?: ClickIds;
  readonly utm?: Utm;
  readonly consent?: Consent;
  readonly identifiers?: UserIdentifiers;
};

/** One conversion, or up to 500 as `conversions` */
export type ConversionsBody = ConversionInput | {
  readonly conversions: readonly (ConversionInput)[];
};

export type CreatedAlertWebhook = {
  /** Id of a webhook of an alert rule */
  readonly id: string;
  readonly url: string;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  /** Signs what is sent there (Standard Webhooks, `whsec_…`); shown this once */
  readonly secret: string;
};

/** What an ad shows */
export type Creative = {
  readonly format: string;
  readonly headlines: readonly (string)[];
  readonly descriptions: readonly (string)[];
  readonly path?: readonly (string)[];
  readonly landingPageUrl: string;
} | {
  readonly format: string;
  readonly businessName: string;
  readonly headlines: readonly (string)[];
  readonly longHeadlines: readonly (string)[];
  readonly descriptions: readonly (string)[];
  readonly landscapeImages: readonly ({
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    readonly platformId: string;
  })[];
  readonly squareImages: readonly ({
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    readonly platformId: string;
  })[];
  readonly logos: readonly ({
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    readonly platformId: string;
  })[];
  readonly landingPageUrl: string;
} | {
  readonly format: "in-feed-video" | "in-feed-image";
  readonly text: string;
  readonly media: {
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    readonly platformId: string;
  };
  readonly cover?: {
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    readonly platformId: string;
  };
  readonly identity: string;
  readonly displayName?: string;
  readonly callToAction?: "learn-more" | "shop-now" | "sign-up" | "download" | "contact-us" | "apply-now" | "book-now" | "get-quote" | "subscribe";
  readonly landingPageUrl: string;
} | {
  readonly format: string;
  readonly page: string;
  readonly introduction: string;
  readonly headline: string;
  readonly image: {
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    readonly platformId: string;
  };
  readonly callToAction?: "learn-more" | "shop-now" | "sign-up" | "download" | "contact-us" | "apply-now" | "book-now" | "get-quote" | "subscribe";
  readonly landingPageUrl: string;
};

/** Texts by their field; the others stay */
export type CreativeEdit = {
  readonly texts: readonly ({
    readonly field: string;
    readonly text: string;
  })[];
};

/** What a text says, and where it was read */
export type CreativeFact = {
  readonly id: string;
  readonly kind: "product" | "benefit" | "feature" | "offer" | "price" | "proof" | "number" | "problem" | "urgency" | "claim";
  readonly text: string;
  readonly source: {
    readonly from: string;
    readonly field: string;
  } | {
    readonly from: string;
    readonly start: number;
    readonly end: number;
  };
};

/** What speaks against a text, and whether one click mends it */
export type CreativeFinding = {
  /** Id of a finding, the same as long as the text is */
  readonly id: string;
  readonly ruleId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly country: string | null;
  readonly countries: readonly (string)[];
  readonly field: string;
  readonly span: {
    readonly start: number;
    readonly end: number;
  };
  readonly severity: "block" | "warn" | "info";
  readonly message: string;
  readonly source: {
    readonly title: string;
    readonly url: string;
  };
  readonly fix: {
    readonly text: string;
  } | null;
  readonly fixable: boolean;
};

/** The finding whose suggestion is to be taken */
export type CreativeFix = {
  /** Id of a finding, the same as long as the text is */
  readonly findingId: string;
};

export type CreativeImage = {
  /** Asset id */
  readonly assetId: string;
  readonly size: {
    readonly width: number;
    readonly height: number;
  };
  readonly altText: string;
  /** What is to be read in it: `headline`, `offer`, `legal` */
  readonly texts: readonly ({
    readonly part: string;
    readonly text: string;
  })[];
  /** Signed, for a few minutes */
  readonly url: string;
};

/** What an ad shows, as far as the platform tells */
export type CreativeMetadata = {
  /** The platform’s own id of the creative, where it has one apart from the ad’s */
  readonly platformId: string | null;
  readonly headlines: readonly (string)[];
  readonly bodies: readonly (string)[];
  readonly callToAction: string | null;
  readonly landingPageUrl: string | null;
  readonly imageUrl: string | null;
  readonly videoId: string | null;
};

export type CreativePage = {
  readonly items: readonly (GeneratedCreative)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** What the check has written anew */
export type CreativeRepair = {
  readonly field: string;
  readonly before: string;
  readonly after: string;
  readonly ruleId: string;
};

/** Who has let the ad pass although a rule objects, and why */
export type CreativeReview = {
  readonly by: string;
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  readonly reason: string;
};

/** How well it may do, by judgement and not by measurement */
export type CreativeStrength = {
  /** 0 to 1; compares ads of one format and no others */
  readonly score: number;
  readonly low: number;
  readonly high: number;
  readonly reasons: readonly (string)[];
};

/** One text of an ad with the facts it says */
export type CreativeText = {
  /** Where it stands: `headlines.0`, `introduction` */
  readonly field: string;
  readonly text: string;
  /** In the platform’s own units */
  readonly limit: number;
  /** As the platform counts it */
  readonly length: number;
  readonly factIds: readonly (string)[];
  /** What an ad leads with */
  readonly angle: "benefit" | "offer" | "problem" | "proof" | "urgency" | "category";
};

/** How a day’s spend is expected to spread over its hours: as on the account’s past days, or evenly where there are too few */
export type DayProfile = {
  readonly source: "account-history" | "flat";
  /** Days of the account it was estimated from */
  readonly days: number;
};

export type DifferencePart = {
  /** `otherSenders`: counted, but not told by the platform; `missing`: told by the platform when it was polled and not counted; `notPolled`: came when the platform was not asked; `restated`: what the platform credited or took back after the last poll; `notLoaded`: came after the facts were loaded; `betweenGrains`: the account’s report says other than its campaigns together; `unexplained`: the rest */
  readonly part: "otherSenders" | "missing" | "notPolled" | "restated" | "notLoaded" | "betweenGrains" | "unexplained";
  readonly reason: "own-events" | "on-the-way" | "lost" | "never-polled" | "still-running" | "polling-ended" | "changed-after" | "load-older" | "account-report" | "poll-forgotten" | "load-time-unknown";
  /** What it adds to `stream` on the way to `batch` */
  readonly amount: number;
  /** The reason as a sentence */
  readonly because: string;
};

/** One thing that happened */
export type EventInput = {
  /** Yours, the same whenever you send the event again; with `occurredAt` it is counted once */
  readonly id: string;
  readonly kind: "impression" | "click" | "cost" | "conversion" | "refund" | "correction" | "lead";
  /** When it happened, UTC: `2026-11-01T08:30:00.000Z` */
  readonly occurredAt: string;
  readonly accountId?: string | PlatformReference;
  readonly campaignId?: string | PlatformReference;
  readonly adGroupId?: string | PlatformReference;
  readonly adId?: string | PlatformReference;
  /** Impressions, clicks and leads: how many; 1 where it is not said */
  readonly count?: number;
  /** Costs: what was spent, in the account’s currency */
  readonly amountMicros?: number;
  /** Conversions: what the order is worth; refunds: what was given back */
  readonly valueMicros?: number;
  /** ISO 4217 code */
  readonly currency?: string;
  readonly orderId?: string;
  /** Refunds and corrections: when that happened which they take back; they count there */
  readonly appliesTo?: string;
  /** Corrections: what to add, negative to take back */
  readonly measures?: {
    readonly impressions?: number;
    readonly clicks?: number;
    readonly spendMicros?: number;
    readonly conversionsMicros?: number;
    readonly conversionValueMicros?: number;
    readonly orders?: number;
    readonly revenueMicros?: number;
    readonly refundsMicros?: number;
    readonly leads?: number;
  };
  readonly clickIds?: ClickIds;
  readonly consent?: Consent;
  /** Up to 20 short texts of your own; nothing personal */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** One event, or up to 500 as `events` */
export type EventsBody = EventInput | {
  readonly events: readonly (EventInput)[];
};

export type FieldChange = {
  readonly field: string;
  /** As the platform had it at the preview; null: new */
  readonly before: unknown;
  readonly after: unknown;
};

/** An ad of a run, with all that stands behind it */
export type GeneratedCreative = {
  /** Creative id */
  readonly id: string;
  /** Pipeline run id */
  readonly runId: string;
  readonly round: number;
  /** Of the plan */
  readonly campaignKey: string;
  readonly adGroupKey: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Account id */
  readonly accountId: string;
  readonly format: "responsive-search" | "asset-group" | "in-feed-image" | "in-feed-video" | "single-image";
  /** ISO 639-1, `de` */
  readonly language: string;
  readonly countries: readonly (string)[];
  /** What an ad leads with */
  readonly angle: "benefit" | "offer" | "problem" | "proof" | "urgency" | "category";
  /** For whom it was written; null: for all */
  readonly segment: string | null;
  readonly texts: readonly (CreativeText)[];
  readonly images: readonly (CreativeImage)[];
  readonly callToAction: "learn-more" | "shop-now" | "sign-up" | "download" | "contact-us" | "apply-now" | "book-now" | "get-quote" | "subscribe";
  readonly hashtags: readonly (string)[];
  readonly landingPageUrl: string;
  readonly facts: readonly (CreativeFact)[];
  readonly findings: readonly (CreativeFinding)[];
  readonly verdict: "pass" | "warn" | "block";
  readonly repairs: readonly (CreativeRepair)[];
  readonly strength: CreativeStrength;
  readonly status: "draft" | "needs-review" | "approved" | "sent-back" | "rejected" | "launched";
  readonly review: CreativeReview | null;
  readonly changeId: string | null;
  readonly writtenBy: {
    readonly model: string;
    readonly promptVersion: string;
    /** Why the built-in writer stood in; null where it did not */
    readonly fallback: string | null;
  };
  /** Whether a person has changed its words */
  readonly edited: boolean;
  /** One more with each change; `If-Match` takes it */
  readonly version: number;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  /** When it should be decided by: setting `review.hours` */
  readonly updatedAt: string;
};

/** A decision on the creatives of a run */
export type GenerationDecision = {
  readonly decision: "approve" | "send-back" | "reject";
  /** Why; needed to send back */
  readonly comment?: string;
  /** Those to launch; by default all of the round that nothing blocks */
  readonly creativeIds?: readonly (string)[];
};

/** Where the money goes, to whom, saying what */
export type GenerationPlan = {
  readonly dailyBudget: Money;
  /** `past-cpa`: more to where a conversion cost less */
  readonly split: "past-cpa" | "even";
  readonly campaigns: readonly (PlanCampaign)[];
  /** What the brief asks for and the plan cannot have, and why */
  readonly leftOut: readonly ({
    readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads" | null;
    readonly accountId: string | null;
    readonly reason: string;
  })[];
};

/** A run from a brief to campaigns */
export type GenerationRun = {
  /** Pipeline run id */
  readonly id: string;
  readonly pipeline: "campaign-generation";
  readonly status: "queued" | "running" | "awaiting-approval" | "launching" | "succeeded" | "partial" | "failed" | "rejected" | "expired" | "cancelled";
  /** Null of a run whose brief was sent along with its start */
  readonly briefId: string | null;
  /** The product, as the brief named it at the start */
  readonly briefName: string;
  readonly brandKitId: string | null;
  readonly variants: number;
  readonly seed: number;
  readonly languages: readonly (string)[];
  readonly platforms: readonly ("google-ads" | "tiktok-ads" | "linkedin-ads")[];
  readonly images: boolean;
  /** Whether campaigns begin to spend once the change is applied */
  readonly launch: "paused" | "live";
  /** 1, and one more each time the run was resumed */
  readonly attempt: number;
  /** 1, and one more each time the creatives were sent back */
  readonly round: number;
  readonly steps: readonly (GenerationStep)[];
  /** Of this round, with what the check says of them */
  readonly creatives: {
    readonly total: number;
    readonly blocked: number;
    readonly warned: number;
  };
  /** Until when it waits for a decision; null when it does not wait */
  readonly expiresAt: string | null;
  readonly error: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly startedAt: string;
  readonly startedBy: string;
  readonly finishedAt: string | null;
};

/** A run with its plan, what was decided on it and what was launched */
export type GenerationRunDetail = {
  /** Pipeline run id */
  readonly id: string;
  readonly pipeline: "campaign-generation";
  readonly status: "queued" | "running" | "awaiting-approval" | "launching" | "succeeded" | "partial" | "failed" | "rejected" | "expired" | "cancelled";
  /** Null of a run whose brief was sent along with its start */
  readonly briefId: string | null;
  /** The product, as the brief named it at the start */
  readonly briefName: string;
  readonly brandKitId: string | null;
  readonly variants: number;
  readonly seed: number;
  readonly languages: readonly (string)[];
  readonly platforms: readonly ("google-ads" | "tiktok-ads" | "linkedin-ads")[];
  readonly images: boolean;
  /** Whether campaigns begin to spend once the change is applied */
  readonly launch: "paused" | "live";
  /** 1, and one more each time the run was resumed */
  readonly attempt: number;
  /** 1, and one more each time the creatives were sent back */
  readonly round: number;
  readonly steps: readonly (GenerationStep)[];
  /** Of this round, with what the check says of them */
  readonly creatives: {
    readonly total: number;
    readonly blocked: number;
    readonly warned: number;
  };
  /** Until when it waits for a decision; null when it does not wait */
  readonly expiresAt: string | null;
  readonly error: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly startedAt: string;
  readonly startedBy: string;
  readonly finishedAt: string | null;
  readonly research: ResearchSummary | null;
  readonly plan: GenerationPlan | null;
  readonly decisions: readonly (RunDecision)[];
  readonly changes: readonly (LaunchedChange)[];
};

export type GenerationRunPage = {
  readonly items: readonly (GenerationRun)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** From which brief, and how many ads */
export type GenerationStart = {
  /** Brief id */
  readonly briefId?: string;
  readonly brief?: Brief;
  /** How the ads look and speak; the brief alone by default */
  readonly brandKitId?: string;
  readonly brandKit?: BrandKit;
  /** Ads a platform and language; 10 by default */
  readonly variants?: number;
  /** The same brief, page and seed give the same ads; 1 by default */
  readonly seed?: number;
  /** Among those of the brief; all of them by default */
  readonly languages?: readonly (string)[];
  /** Among those of the brief; all of them by default */
  readonly platforms?: readonly ("google-ads" | "tiktok-ads" | "linkedin-ads")[];
  /** False: words alone; formats that need images are left out */
  readonly images?: boolean;
  /** Paused by default */
  readonly launch?: "paused" | "live";
};

/** One step of a run and how far it is */
export type GenerationStep = {
  readonly name: "facts" | "research" | "plan" | "copy" | "images" | "personalise" | "check" | "score" | "approval" | "launch";
  readonly status: "waiting" | "running" | "done" | "failed" | "skipped";
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly done: number;
  /** 0 until it is known how much there is to do */
  readonly of: number;
  /** What came of it, or why it failed, in words */
  readonly note: string | null;
};

export type GuardrailChange = {
  /** Why; it goes into the audit trail */
  readonly reason: string;
  readonly policy: {
    /** A change may raise a daily budget by at most this fraction of it */
    readonly maxRaiseShare?: number;
    /** All raises of a daily budget within 24 hours, as a fraction of what it was before the first of them */
    readonly maxRaiseShareIn24Hours?: number;
    /** A change may cut a daily budget by at most this fraction of it */
    readonly maxCutShare?: number;
    readonly workspaceCeiling?: SpendCeiling;
    /** By account, in its own currency */
    readonly accountCeilings?: Readonly<Record<string, SpendCeiling>>;
    /** Between two changes of the same object */
    readonly minutesBetweenChanges?: number;
    /** When nothing is applied but what spends less; `to` before `from` goes over midnight */
    readonly quietHours?: {
      /** `22:30` */
      readonly from: string;
      /** `22:30` */
      readonly to: string;
      /** IANA name; null for that of each account */
      readonly timeZone: string | null;
    } | null;
    /** Nothing in these is ever changed */
    readonly protectedCampaigns?: readonly (string)[];
    /** A change that only spends less may be applied without a confirmation, when its caller asks for that */
    readonly decreasesAtOnce?: boolean;
    /** A change that raises daily spend by more than this, in the currency of the workspace, waits for one of the roles; `byAnother`: not for whoever asked for it */
    readonly approval?: {
      /** Millionths of the currency unit */
      readonly raiseAboveDailyMicros: number;
      readonly roles: readonly ("owner" | "manager")[];
      readonly byAnother: boolean;
    } | null;
  };
};

/** What bounds every change of the workspace */
export type GuardrailPolicy = {
  /** A change may raise a daily budget by at most this fraction of it */
  readonly maxRaiseShare: number;
  /** All raises of a daily budget within 24 hours, as a fraction of what it was before the first of them */
  readonly maxRaiseShareIn24Hours: number;
  /** A change may cut a daily budget by at most this fraction of it */
  readonly maxCutShare: number;
  readonly workspaceCeiling: SpendCeiling;
  /** By account, in its own currency */
  readonly accountCeilings: Readonly<Record<string, SpendCeiling>>;
  /** Between two changes of the same object */
  readonly minutesBetweenChanges: number;
  /** When nothing is applied but what spends less; `to` before `from` goes over midnight */
  readonly quietHours: {
    /** `22:30` */
    readonly from: string;
    /** `22:30` */
    readonly to: string;
    /** IANA name; null for that of each account */
    readonly timeZone: string | null;
  } | null;
  /** Nothing in these is ever changed */
  readonly protectedCampaigns: readonly (string)[];
  /** A change that only spends less may be applied without a confirmation, when its caller asks for that */
  readonly decreasesAtOnce: boolean;
  /** A change that raises daily spend by more than this, in the currency of the workspace, waits for one of the roles; `byAnother`: not for whoever asked for it */
  readonly approval: {
    /** Millionths of the currency unit */
    readonly raiseAboveDailyMicros: number;
    readonly roles: readonly ("owner" | "manager")[];
    readonly byAnother: boolean;
  } | null;
};

/** What a guardrail says: rule, limit and value */
export type GuardrailVerdict = {
  readonly rule: "raise-per-change" | "raise-in-24-hours" | "cut-per-change" | "bid-raise" | "account-ceiling-day" | "account-ceiling-month" | "workspace-ceiling-day" | "workspace-ceiling-month" | "spacing" | "quiet-hours" | "protected-campaign" | "created-paused" | "approval";
  readonly outcome: "kept" | "warning" | "needs-approval" | "violated";
  /** Index; null: the change as a whole */
  readonly operation: number | null;
  readonly unit: "share" | "micros" | "minutes" | "time" | "campaign" | "status";
  readonly currency: string | null;
  readonly limit: number | string | null;
  readonly value: number | string | null;
  readonly message: string;
};

export type Guardrails = {
  readonly policy: GuardrailPolicy;
  readonly defaults: GuardrailPolicy;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
};

/** A report that somebody downloaded from a platform’s own pages */
export type Import = {
  /** Import id */
  readonly id: string;
  readonly fileName: string;
  readonly bytes: number;
  /** Bytes of every part but the last */
  readonly partBytes: number;
  /** Parts that the file is sent in */
  readonly parts: number;
  readonly state: "uploading" | "uploaded" | "loading" | "loaded" | "failed" | "removing" | "removed";
  /** Null until the file was looked at */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads" | null;
  readonly grain: "account" | "campaign" | "ad-group" | "ad" | "keyword" | "search-term" | "asset" | "age" | "gender" | "country" | "device" | "placement" | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly accountId: string | null;
  readonly rowsLoaded: number;
  /** Rows that could not be used; the preview says why */
  readonly rowsRefused: number;
  /** Rows left out because the platform’s API has delivered their day */
  readonly rowsDelivered: number;
  readonly error: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  readonly loadedAt: string | null;
  readonly removedAt: string | null;
};

/** Which account the facts are of */
export type ImportConfirmation = {
  /** An account that is known; otherwise `account` */
  readonly accountId?: string;
  readonly account?: {
    /** The platform’s own id, where the file does not name it */
    readonly platformId?: string;
    readonly name: string;
    /** ISO 4217 code */
    readonly currency: string;
    /** IANA time zone */
    readonly timeZone: string;
  };
};

export type ImportPage = {
  readonly items: readonly (Import)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** One part of the file; sent again, it replaces itself */
export type ImportPart = {
  readonly number: number;
  /** Base64 */
  readonly content: string;
};

/** What a file is taken for, and everything that is wrong with it */
export type ImportPreview = {
  /** No error stands in the way of confirming it */
  readonly importable: boolean;
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads" | null;
  /** Of the column titles */
  readonly language: string | null;
  readonly grain: "account" | "campaign" | "ad-group" | "ad" | "keyword" | "search-term" | "asset" | "age" | "gender" | "country" | "device" | "placement" | null;
  /** Null when no column names the account */
  readonly accountPlatformId: string | null;
  readonly accountName: string | null;
  /** Null when no column names it: the account’s is taken */
  readonly currency: string | null;
  /** Null where it is the account’s */
  readonly timeZone: string | null;
  readonly dateFormat: "iso" | "day-month-year" | "month-day-year" | "named-month" | null;
  readonly decimalSign: "point" | "comma" | null;
  readonly format: {
    readonly kind: "csv" | "xlsx";
    readonly encoding: string | null;
    readonly delimiter: string | null;
    readonly sheet: string | null;
  };
  readonly from: string | null;
  readonly to: string | null;
  readonly headerLine: number | null;
  readonly titleRows: number;
  readonly totalRows: number;
  readonly dataRows: number;
  readonly usableRows: number;
  /** Whether all rows were looked at; of a larger file the first 200,000 */
  readonly complete: boolean;
  readonly columns: readonly ({
    readonly title: string;
    readonly field: string;
  })[];
  readonly unmapped: readonly (string)[];
  readonly sample: readonly ({
    readonly line: number;
    readonly cells: readonly (string)[];
  })[];
  /** The first 100 errors and the first 100 warnings */
  readonly problems: readonly (ImportProblem)[];
  readonly problemCount: number;
};

/** Decisions that the file leaves open; empty when it leaves none */
export type ImportPreviewOrder = {
  /** Ad platform */
  readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly dateFormat?: "iso" | "day-month-year" | "month-day-year" | "named-month";
  readonly decimalSign?: "point" | "comma";
};

export type ImportProblem = {
  /** An error forbids the import; a warning is of single rows or columns */
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: string | null;
};

export type KeptBrandKit = {
  /** Brand kit id */
  readonly id: string;
  readonly kit: BrandKit;
  readonly archived: boolean;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  readonly createdBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly changedAt: string;
};

/** A brief with how far it is */
export type KeptBrief = {
  /** Brief id */
  readonly id: string;
  readonly brief: BriefDraft;
  /** Whether campaigns can be made of it */
  readonly complete: boolean;
  /** What is missing or does not fit yet */
  readonly open: readonly ({
    readonly field: string;
    readonly message: string;
  })[];
  /** What contradicts itself or cannot be said */
  readonly findings: readonly (BriefFinding)[];
  readonly reading: PageReading | null;
  readonly archived: boolean;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  readonly createdBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly changedAt: string;
};

/** Events that came more than 24 hours after they happened: counted by number alone, what they say of money is in the lake */
export type LateCounts = {
  /** Came on that day, too late for days before it */
  readonly thatDay: number;
  /** Came the day after; those too late for that day among them */
  readonly nextDay: number;
};

/** The change request of one account */
export type LaunchedChange = {
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Account id */
  readonly accountId: string;
  readonly changeId: string | null;
  readonly status: "previewed" | "awaiting-approval" | "applying" | "applied" | "partial" | "failed" | "discarded" | "expired" | null;
  /** Why it does not go on by itself; null when it does */
  readonly note: string | null;
};

export type LiveAnswer = {
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  readonly level: "workspace" | "account" | "campaign" | "ad-group" | "ad";
  /** The workspace’s own; money of minutes and totals is converted into it */
  readonly currency: string;
  /** All of them, oldest first; those in which nothing happened with zeros */
  readonly minutes: readonly (LiveMinute)[];
  readonly totals: LiveValues;
  /** The same minutes as they were spent, a currency each */
  readonly currencies: readonly ({
    readonly currency: string | null;
    readonly values: LiveValues;
  })[];
  /** Currencies without a rate: their money is missing from minutes, totals and today, their counts are not */
  readonly unconverted: readonly (string)[];
  /** The running day of every account, each by its own clock, in `currency` */
  readonly today: {
    readonly values: LiveValues;
    /** Daily budgets of enabled campaigns; null without one */
    readonly budgetMicros: number | null;
    readonly expectedMicros: number | null;
    readonly projection: LiveProjection;
  };
  /** By spend of today, the most first */
  readonly rows: readonly (LiveRow)[];
  readonly freshness: LiveFreshness;
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

export type LiveEvent = {
  readonly kind: "state";
  readonly state: LiveAnswer;
} | {
  readonly kind: "change";
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  /** Minutes before it are out of the window */
  readonly from: string;
  /** New and changed ones */
  readonly minutes: readonly (LiveMinute)[];
  /** Places that hold another row, or a changed one, than before */
  readonly rows: readonly ({
    readonly index: number;
    readonly row: LiveRow;
  })[];
  readonly rowCount: number;
  readonly totals: LiveValues;
  readonly currencies: readonly ({
    readonly currency: string | null;
    readonly values: LiveValues;
  })[];
  readonly unconverted: readonly (string)[];
  /** The running day of every account, each by its own clock, in `currency` */
  readonly today: {
    readonly values: LiveValues;
    /** Daily budgets of enabled campaigns; null without one */
    readonly budgetMicros: number | null;
    readonly expectedMicros: number | null;
    readonly projection: LiveProjection;
  };
  readonly freshness: LiveFreshness;
};

export type LiveFreshness = {
  /** The newest of the minutes in which something was counted */
  readonly newestMinute: string | null;
  /** From the start of that minute until now */
  readonly lagSeconds: number | null;
  readonly accounts: readonly ({
    /** Account id */
    readonly accountId: string;
    readonly accountName: string;
    readonly newestMinute: string | null;
    /** When the platform was last asked for the running day; null when it was not yet */
    readonly polledAt: string | null;
  })[];
};

/** A minute of UTC by its start, in `currency` of the answer */
export type LiveMinute = {
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  readonly values: LiveValues;
};

/** Today’s spend beside the daily budget */
export type LivePace = {
  readonly status: "ahead" | "on-track" | "behind" | "exhausted" | "no-budget";
  readonly dailyBudgetMicros: number | null;
  /** What of the budget is spent by now on a usual day; null without a budget */
  readonly expectedMicros: number | null;
  /** Spent by expected; null where nothing is expected yet */
  readonly ratio: number | null;
  /** When the budget is spent if the day goes on as it began; null when it lasts, is spent already, or it is too early to say */
  readonly exhaustedAt: string | null;
  readonly profile: DayProfile | null;
};

/** What the day comes to by its end */
export type LiveProjection = {
  readonly kind: "projected";
  /** Millionths of the currency unit */
  readonly spendMicros: number;
  /** Millionths of the currency unit */
  readonly lowMicros: number;
  /** Millionths of the currency unit */
  readonly highMicros: number;
  /** How often the interval holds the day’s end: 0.8 */
  readonly level: number;
  readonly method: "share-of-day";
  /** Past days it was estimated from */
  readonly days: number;
  /** What the platform may spend of the budget on one day, which the projection never passes; null without a budget */
  readonly capMicros: number | null;
} | {
  readonly kind: "insufficient-data";
  readonly reason: "too-few-days" | "too-early" | "no-spend-today";
  readonly days: number;
  /** Past days with spend that a projection needs */
  readonly needed: number;
};

/** One object in one currency */
export type LiveRow = {
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads" | null;
  readonly accountId: string | null;
  readonly accountName: string | null;
  readonly campaignId: string | null;
  readonly campaignName: string | null;
  readonly adGroupId: string | null;
  readonly adGroupName: string | null;
  readonly adId: string | null;
  readonly adName: string | null;
  /** Of all money in the row; null where there is none */
  readonly currency: string | null;
  readonly values: LiveValues;
  /** The running day where the account is; of UTC for events of no account */
  readonly today: {
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly date: string;
    /** Millionths of the currency unit */
    readonly spendMicros: number;
  };
  /** Of campaigns and ad groups; null at other levels */
  readonly pace: LivePace | null;
  /** Of campaigns and accounts; null beneath, and in another currency than the account’s */
  readonly projection: LiveProjection | null;
};

/** Sums of events; negative where corrections take back more than is there */
export type LiveValues = {
  /** Events counted */
  readonly events: number;
  /** Events that came more than 24 hours after they happened: told, and counted nowhere else */
  readonly late: number;
  readonly impressions: number;
  readonly clicks: number;
  /** Millionths of the currency unit */
  readonly spendMicros: number;
  /** As the platforms report them */
  readonly conversions: number;
  /** Millionths of the currency unit */
  readonly conversionValueMicros: number;
  /** Of the site itself; never to be added to `conversions`, which may be of the same sale */
  readonly orders: number;
  /** Millionths of the currency unit */
  readonly revenueMicros: number;
  /** Millionths of the currency unit */
  readonly refundsMicros: number;
  readonly leads: number;
};

export type MeasureReconciliation = {
  /** Conversions are in millionths, so that fractions of one add up exactly */
  readonly measure: "impressions" | "clicks" | "spendMicros" | "conversionsMicros" | "conversionValueMicros";
  /** Counted by the stream */
  readonly stream: number;
  /** What the platform said when it was last polled; null when that is not known */
  readonly polled: number | null;
  /** Facts of the account’s own report; null when none are loaded or the platform reports none */
  readonly batch: number | null;
  /** `batch` less `stream` */
  readonly difference: number | null;
  /** Their amounts add up to `difference`; those that come to nothing are left out */
  readonly parts: readonly (DifferencePart)[];
};

/** One group; only the dimensions asked for are present */
export type MetricRow = {
  /** Ad platform */
  readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Account id */
  readonly accountId?: string;
  readonly accountName?: string;
  /** Campaign id */
  readonly campaignId?: string;
  readonly campaignName?: string;
  /** Ad group id */
  readonly adGroupId?: string;
  readonly adGroupName?: string;
  /** Ad id */
  readonly adId?: string;
  readonly adName?: string;
  /** Keyword id */
  readonly keywordId?: string;
  readonly searchTerm?: string;
  readonly assetPlatformId?: string;
  readonly age?: string;
  readonly gender?: string;
  readonly country?: string;
  readonly device?: string;
  readonly placement?: string;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly date?: string;
  /** The Monday the ISO week begins on */
  readonly week?: string;
  readonly month?: string;
  readonly values: MetricValues;
  /** The same group in the period before; null when it had no rows */
  readonly previous?: MetricValues | null;
};

/** Money in micros of `currency` of the answer */
export type MetricValues = {
  readonly impressions: number;
  readonly clicks: number;
  /** Millionths of the currency unit */
  readonly spendMicros: number;
  /** Platforms report fractions of a conversion; null where none of the rows has any report of them */
  readonly conversions: number | null;
  /** Null where none of the rows has any report of it */
  readonly conversionValueMicros: number | null;
  /** Plays the platform counts as views; null where none of the rows has any report of them */
  readonly videoViews: number | null;
  /** Clicks by impressions, a fraction; null without impressions */
  readonly ctr: number | null;
  /** Spend by clicks; null without clicks, and where money is unconverted */
  readonly cpcMicros: number | null;
  /** Spend by conversions; null without conversions, and where money is unconverted or conversions unreported */
  readonly cpaMicros: number | null;
  /** Conversion value by spend; null without spend, and where value is unreported */
  readonly roas: number | null;
  /** Measures that some of the rows do not report: their sums are of the others. Absent when there are none */
  readonly unreported?: readonly ("conversions" | "conversionValueMicros" | "videoViews")[];
};

export type MetricsAnswer = {
  readonly rows: readonly (MetricRow)[];
  readonly totals: MetricValues;
  readonly previousTotals?: MetricValues | null;
  /** ISO 4217 code */
  readonly currency: string;
  /** The level the facts were reported at. A finer grain never sums to a coarser one. */
  readonly grain: "account" | "campaign" | "ad-group" | "ad" | "keyword" | "search-term" | "asset" | "age" | "gender" | "country" | "device" | "placement";
  readonly freshness: {
    /** The oldest of the accounts asked for */
    readonly loadedAt: string | null;
    readonly accounts: readonly ({
      /** Account id */
      readonly accountId: string;
      readonly accountName: string;
      readonly loadedAt: string | null;
      /** The last account-local day with facts */
      readonly throughDate: string | null;
    })[];
  };
  /** Money left out of rows and totals because no rate is known; empty when everything was converted */
  readonly unconverted: readonly ({
    /** ISO 4217 code */
    readonly currency: string;
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly date: string;
    /** Millionths of the currency unit */
    readonly spendMicros: number;
  })[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

export type ModerationAnswer = {
  readonly verdict: "pass" | "review" | "block";
  readonly findings: readonly (ModerationFinding)[];
  readonly read: readonly ({
    readonly field: string;
    readonly text: string;
  })[];
};

/** What is not fit to be shown */
export type ModerationFinding = {
  readonly category: "hate" | "insult" | "sexual" | "violence" | "misconduct" | "profanity" | "personal-data" | "nudity" | "suggestive" | "drugs" | "alcohol" | "gambling" | "rude-gesture" | "hate-symbol" | "disturbing" | "unchecked";
  readonly severity: "review" | "block";
  /** 0 to 1; null where a rule says it and no model */
  readonly confidence: number | null;
  readonly detector: "rules" | "guardrail" | "rekognition";
  /** The text’s, or `assets.0` for the first asset */
  readonly field: string;
  /** UTF-16 offsets into the text; null where it is about the whole */
  readonly span: {
    readonly start: number;
    readonly end: number;
  } | null;
  readonly message: string;
};

/** Texts, and pictures that runs have made */
export type ModerationRequest = {
  readonly texts: readonly ({
    readonly field: string;
    readonly text: string;
  })[];
  readonly assetIds: readonly (string)[];
  readonly allowed: readonly (string)[];
};

/** An amount in millionths of its currency */
export type Money = {
  /** Millionths of the currency unit */
  readonly micros: number;
  /** ISO 4217 code */
  readonly currency: string;
};

/** What the condition costs an hour while it lasts */
export type MoneyAtRisk = {
  /** Null where it cannot be known; `how` says why */
  readonly microsPerHour: number | null;
  readonly currency: string | null;
  /** How it was computed, in words */
  readonly how: string;
};

/** Without them: severity warning, enabled, 60 minutes of cooldown, 15 of recovery, no e-mail */
export type NewAlertRule = {
  readonly name: string;
  readonly severity?: "info" | "warning" | "critical";
  readonly enabled?: boolean;
  readonly scope: AlertScope;
  readonly condition: AlertCondition;
  /** After an alert was resolved no other of the same object is opened for so long */
  readonly cooldownMinutes?: number;
  /** An alert is resolved when its condition has not held for so long */
  readonly recoveryMinutes?: number;
  /** Who gets an e-mail when an alert opens and when it is resolved */
  readonly emails?: readonly (string)[];
};

export type NewAlertWebhook = {
  /** https, on the public internet */
  readonly url: string;
};

/** A file that is about to be sent, at most 50 MB */
export type NewImport = {
  readonly fileName: string;
  readonly bytes: number;
};

/** What is offered, and until when */
export type Offer = {
  /** The offer in words */
  readonly text: string;
  /** `product`: price and discount hold for what the product’s name names, whoever buys it. `part`: for some of it or for some buyers, so that they are said in the offer’s own words only. Part when absent */
  readonly holdsFor?: "product" | "part";
  readonly price?: Money;
  /** `from`: the lowest of several prices, and said so. Exact when absent */
  readonly priceIs?: "exact" | "from";
  /** What the price is for. Once when absent */
  readonly priceUnit?: "once" | "day" | "night" | "month" | "year" | "hour" | "person";
  readonly discountPercent?: number;
  /** `up-to`: not everything is reduced by as much, and said so. Exact when absent */
  readonly discountIs?: "exact" | "up-to";
  /** The last day it holds, `2026-12-24` */
  readonly validUntil?: string;
  readonly code?: string;
};

/** One thing to change or to make on a platform */
export type Operation = {
  readonly do: string;
  readonly target: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** Ad id */
    readonly adId: string;
  };
  readonly status: "enabled" | "paused";
} | {
  readonly do: string;
  readonly target: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** Ad id */
    readonly adId: string;
  };
  readonly dailyBudget: Money;
} | {
  readonly do: string;
  readonly target: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** Ad id */
    readonly adId: string;
  };
  readonly bidding: Bidding;
} | {
  readonly do: string;
  readonly target: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** Ad id */
    readonly adId: string;
  };
  readonly name: string;
} | {
  readonly do: string;
  readonly target: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** Ad id */
    readonly adId: string;
  };
  readonly targeting: Targeting;
} | {
  readonly do: string;
  readonly target: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** Ad id */
    readonly adId: string;
  };
} | {
  readonly do: string;
  /** A name within this change, for operations that come after */
  readonly ref: string;
  /** Account id */
  readonly accountId: string;
  readonly kind: "image" | "video";
  readonly name: string;
  readonly url?: string;
  /** Asset id */
  readonly assetId?: string;
} | {
  readonly do: string;
  /** A name within this change, for operations that come after */
  readonly ref: string;
  /** Account id */
  readonly accountId: string;
  readonly name: string;
  readonly type: "search" | "performance-max" | "in-feed" | "sponsored-content";
  readonly objective: "traffic" | "conversions" | "leads" | "awareness" | "video-views";
  readonly dailyBudget?: Money;
  readonly bidding?: Bidding;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly startDate?: string;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly endDate?: string;
  readonly targeting?: Targeting;
  readonly politicalAdvertising: "none" | "eu-political";
  readonly utmTemplate?: string;
} | {
  readonly do: string;
  /** A name within this change, for operations that come after */
  readonly ref: string;
  readonly campaign: {
    /** Campaign id */
    readonly campaignId: string;
  } | {
    /** A name within this change, for operations that come after */
    readonly ref: string;
  };
  readonly name: string;
  readonly dailyBudget?: Money;
  readonly bidding?: Bidding;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly startDate?: string;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly endDate?: string;
  readonly targeting?: Targeting;
  readonly conversion?: Conversion;
  readonly politicalAdvertising?: "none" | "eu-political";
} | {
  readonly do: string;
  /** A name within this change, for operations that come after */
  readonly ref: string;
  readonly parent: {
    /** Ad group id */
    readonly adGroupId: string;
  } | {
    /** A name within this change, for operations that come after */
    readonly ref: string;
  } | {
    /** Campaign id */
    readonly campaignId: string;
  };
  readonly name: string;
  readonly creative: Creative;
  readonly utmTemplate?: string;
};

/** How the landing page was read, and what it says */
export type PageReading = {
  readonly url: string;
  readonly status: "reading" | "ready" | "failed";
  /** When it should be decided by: setting `review.hours` */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly httpStatus: number | null;
  /** Where redirects led to */
  readonly finalUrl: string | null;
  readonly language: string | null;
  readonly title: string | null;
  /** Why it could not be read, in words */
  readonly reason: string | null;
  readonly facts: readonly (QuotedFact)[];
  /** Fields of the brief that were filled from the page and that nobody has looked at yet */
  readonly toConfirm: readonly (string)[];
};

/** Lets pages of some origins send conversions */
export type Pixel = {
  /** Pixel id */
  readonly id: string;
  /** What people call it */
  readonly name: string;
  /** Whose pages may send: `https://shop.example`, each written out */
  readonly origins: readonly (string)[];
  /** Of values that name none */
  readonly currency: string | null;
  /** Whose conversions these are; null where that is not known */
  readonly accountId: string | null;
  /** One that is off counts nothing */
  readonly enabled: boolean;
  /** When it should be decided by: setting `review.hours` */
  readonly createdAt: string;
  /** When it should be decided by: setting `review.hours` */
  readonly changedAt: string;
};

/** Fields that are absent stay as they are */
export type PixelChange = {
  /** What people call it */
  readonly name?: string;
  /** Whose pages may send: `https://shop.example`, each written out */
  readonly origins?: readonly (string)[];
  /** Of values that name none */
  readonly currency?: string | null;
  /** Whose conversions these are; null where that is not known */
  readonly accountId?: string | null;
  readonly enabled?: boolean;
};

/** All pixels, the oldest first; at most 50 */
export type PixelList = {
  readonly items: readonly (Pixel)[];
};

export type PixelStart = {
  /** What people call it */
  readonly name: string;
  /** Whose pages may send: `https://shop.example`, each written out */
  readonly origins: readonly (string)[];
  /** Of values that name none */
  readonly currency?: string | null;
  /** Whose conversions these are; null where that is not known */
  readonly accountId?: string | null;
};

/** Ads that lead with one angle */
export type PlanAdGroup = {
  readonly key: string;
  readonly name: string;
  /** What an ad leads with */
  readonly angle: "benefit" | "offer" | "problem" | "proof" | "urgency" | "category";
  readonly ads: number;
  readonly keywords: readonly (string)[];
  readonly reason: string;
};

/** To whom it is shown */
export type PlanAudience = {
  readonly name: string;
  readonly description: string;
  readonly targeting: Targeting;
};

/** One campaign of a plan, with the reason for it */
export type PlanCampaign = {
  /** Within the plan: `google-ads-de` */
  readonly key: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Account id */
  readonly accountId: string;
  readonly accountName: string;
  readonly name: string;
  readonly type: "search" | "performance-max" | "in-feed" | "sponsored-content";
  readonly objective: "traffic" | "conversions" | "leads" | "awareness" | "video-views";
  readonly format: "responsive-search" | "asset-group" | "in-feed-image" | "in-feed-video" | "single-image";
  /** ISO 639-1, `de` */
  readonly language: string;
  readonly countries: readonly (string)[];
  readonly dailyBudget: Money;
  /** Of the brief’s budget; those of a plan add up to 1 */
  readonly share: number;
  /** Why it is given so much */
  readonly reason: string;
  readonly audience: PlanAudience;
  readonly adGroups: readonly (PlanAdGroup)[];
};

export type PlatformHistory = {
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Account id */
  readonly accountId: string;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly from: string;
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly to: string;
  /** ISO 4217 code */
  readonly currency: string;
  /** Millionths of the currency unit */
  readonly spendMicros: number;
  readonly conversions: number;
  /** Spend by conversion; null below the volume that says anything */
  readonly cpaMicros: number | null;
};

/** A thing by the id its platform gave it */
export type PlatformReference = {
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly platformId: string;
};

/** A place in an ad that a rule objects to */
export type PolicyFinding = {
  readonly ruleId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly country: string | null;
  readonly countries: readonly (string)[];
  readonly field: string;
  readonly span: {
    readonly start: number;
    readonly end: number;
  };
  readonly severity: "block" | "warn" | "info";
  readonly message: string;
  readonly source: {
    readonly title: string;
    readonly url: string;
  };
  readonly fix: {
    readonly text: string;
  } | null;
};

/** A rule with texts that keep it and texts that break it */
export type PolicyRule = {
  readonly id: string;
  readonly platforms: string | readonly ("google-ads" | "tiktok-ads" | "linkedin-ads")[];
  readonly countries: string | readonly (string)[];
  readonly matcher: string;
  readonly severity: "block" | "warn" | "info";
  readonly message: string;
  readonly rewrites: boolean;
  readonly sources: readonly ({
    readonly title: string;
    readonly url: string;
  })[];
  /** Calendar day in the account’s own time zone, `2026-11-01` */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly passes: readonly (string)[];
  readonly fails: readonly ({
    readonly text: string;
    readonly at: string;
  })[];
};

/** RFC 9457 problem details */
export type Problem = {
  /** `https://conext.example/problems/<code>`, stable */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** The last part of `type` */
  readonly code: string;
  /** What was wrong, where, and what to do */
  readonly detail?: string;
  readonly requestId: string;
  /** All invalid fields at once */
  readonly errors?: readonly ({
    readonly field: string;
    readonly message: string;
  })[];
};

/** What speaks for the product */
export type Proof = {
  /** As it may be said: `4.8 out of 5 from 2,310 reviews` */
  readonly text: string;
  readonly kind: "rating" | "award" | "number" | "testimonial" | "certificate";
  /** Where it can be seen */
  readonly substantiation: string;
  /** The numbers of a rating, which every language can say */
  readonly rating?: {
    readonly value: number;
    readonly outOf: number;
    readonly reviews?: number;
  };
};

export type QualityPage = {
  readonly items: readonly (QualityResult)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** What one check says of one account */
export type QualityResult = {
  /** Pipeline run id */
  readonly runId: string;
  /** When it should be decided by: setting `review.hours` */
  readonly checkedAt: string;
  /** The imported report that was checked; absent for a load of the API */
  readonly importId?: string;
  /** Id of the check, `spend-of-campaign`; docs/quality.md lists them */
  readonly check: string;
  readonly step: "plan" | "transform" | "load" | "publish";
  readonly severity: "ok" | "info" | "warning" | "error";
  /** What was found, in a sentence */
  readonly message: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  /** Null for a connection that failed before its accounts were known */
  readonly accountId: string | null;
  readonly accountName: string;
  readonly grain: "account" | "campaign" | "ad-group" | "ad" | "keyword" | "search-term" | "asset" | "age" | "gender" | "country" | "device" | "placement" | null;
  /** First account-local day that was judged */
  readonly from: string | null;
  readonly to: string | null;
  readonly unit: "rows" | "objects" | "days" | "accounts" | "impressions" | "micros";
  readonly expected: number | null;
  readonly found: number | null;
  /** Of amounts in micros; null without any */
  readonly currency: string | null;
  /** Spend that the finer report leaves out by its nature, by reason */
  readonly explained: readonly ({
    readonly reason: string;
    /** Millionths of the currency unit */
    readonly micros: number;
  })[];
  /** Expected minus found minus explained; null where no money is compared */
  readonly unexplainedMicros: number | null;
  /** The largest of what was found; the lake holds all days */
  readonly sample: readonly (Readonly<Record<string, unknown>>)[];
};

/** Results of the checks after a load, by severity */
export type QualitySummary = {
  /** When it should be decided by: setting `review.hours` */
  readonly checkedAt: string;
  readonly accounts: number;
  readonly ok: number;
  readonly info: number;
  readonly warning: number;
  readonly error: number;
};

export type QuarantinePage = {
  readonly items: readonly (QuarantinedRow)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** A row that was not loaded, and why */
export type QuarantinedRow = {
  /** Account id */
  readonly accountId: string;
  /** The report the row came from, `metrics/campaign` */
  readonly report: string;
  /** `schema`: not as the platform documents it; `range`: impossible or not asked for; `duplicate`: answered twice */
  readonly refusal?: "schema" | "range" | "duplicate";
  readonly field: string;
  readonly reason: string;
  /** The row as the platform answered it */
  readonly raw: Readonly<Record<string, unknown>>;
};

/** What a landing page says, with where it says it */
export type QuotedFact = {
  readonly id: string;
  readonly kind: "product" | "benefit" | "feature" | "offer" | "price" | "proof" | "number" | "problem" | "urgency" | "claim";
  readonly text: string;
  readonly language: string | null;
  /** UTF-16 offset into the text that was read */
  readonly start: number;
  readonly end: number;
  /** It reads like an instruction to a machine: shown, and never said in an ad */
  readonly suspicious: boolean;
};

export type ReceivedEvents = {
  /** How many are on their way; repeats are dropped later */
  readonly accepted: number;
  /** Those that were not taken, each with all that is wrong with it */
  readonly refused: readonly ({
    /** Its place in what was sent, from 0 */
    readonly index: number;
    readonly id: string | null;
    readonly problems: readonly ({
      readonly field: string;
      readonly message: string;
    })[];
  })[];
  /** `late`: kept and counted as late, its window is closed; `click-ids-dropped`, `identifiers-dropped`: consent was missing; `identifier-unusable`: not an address, or a number without its country */
  readonly notes: readonly ({
    /** Its place in what was sent, from 0 */
    readonly index: number;
    readonly id: string | null;
    readonly notes: readonly ("late" | "click-ids-dropped" | "identifiers-dropped" | "identifier-unusable")[];
  })[];
};

export type ReceivedNotices = {
  /** Notices that went on the stream, one a workspace */
  readonly received: number;
};

export type ReconciliationAnswer = {
  /** Of each account by its own clock; of UTC for events of no account */
  readonly date: string;
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  /** Enabled ones, and others that have numbers. Repeats of an event are dropped before it is counted */
  readonly accounts: readonly (AccountReconciliation)[];
  /** Events that name no account; null when one platform or account is asked for */
  readonly elsewhere: {
    readonly site: SiteCounts;
    readonly late: LateCounts;
  } | null;
};

export type Removed = {
  readonly removed: boolean;
};

/** What became of a connection; its facts stay */
export type RemovedConnection = {
  /** Connection id */
  readonly id: string;
  /** Whether the platform took the grant back; otherwise remove the app in the platform’s own settings */
  readonly revocation: "revoked" | "not-supported" | "failed";
  /** Until then an operator can restore the credentials */
  readonly credentialsDeletedAt: string;
  readonly accountsDisabled: number;
};

/** What the plan is made from, besides the brief */
export type ResearchSummary = {
  /** `own-metrics`: the workspace’s own past results and the landing page, and nothing else */
  readonly basis: "own-metrics";
  readonly history: readonly (PlatformHistory)[];
  /** Null where it was not read */
  readonly landingPage: {
    readonly url: string;
    /** When it should be decided by: setting `review.hours` */
    readonly readAt: string;
    readonly facts: number;
  } | null;
  readonly notes: readonly (string)[];
};

/** Something that waits for a person, or what they decided */
export type Review = {
  /** Review id */
  readonly id: string;
  readonly kind: "creative" | "text";
  /** The ad as `GET /v1/creatives/{creativeId}` shows it; null for a text */
  readonly creative: {
    /** Creative id */
    readonly creativeId: string;
    /** Pipeline run id */
    readonly runId: string;
    /** Ad platform */
    readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** ISO 639-1, `de` */
    readonly language: string;
    readonly countries: readonly (string)[];
  } | null;
  readonly texts: readonly ({
    readonly field: string;
    readonly text: string;
  })[];
  readonly note: string | null;
  readonly reasons: readonly (ReviewReason)[];
  readonly status: "open" | "approved" | "rejected" | "closed";
  readonly escalated: boolean;
  readonly claim: ReviewClaim | null;
  readonly history: readonly (ReviewHistoryEntry)[];
  /** When it should be decided by: setting `review.hours` */
  readonly openedAt: string;
  readonly decidedAt: string | null;
  readonly version: number;
  /** When it should be decided by: setting `review.hours` */
  readonly dueAt: string;
  readonly overdue: boolean;
};

/** Who works on it, and until when nobody else can */
export type ReviewClaim = {
  readonly by: string;
  /** When it should be decided by: setting `review.hours` */
  readonly until: string;
};

/** `escalate` hands it to an owner */
export type ReviewDecision = {
  readonly decision: "approve" | "reject" | "escalate";
  /** For whoever asks later: at least ten characters */
  readonly reason: string;
};

export type ReviewHistoryEntry = {
  /** When it should be decided by: setting `review.hours` */
  readonly at: string;
  /** Who; null for the system */
  readonly by: string | null;
  readonly what: "opened" | "claimed" | "released" | "escalated" | "approved" | "rejected" | "closed" | "reopened";
  readonly reason: string | null;
};

export type ReviewPage = {
  readonly items: readonly (Review)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** A finding that a person has to judge */
export type ReviewReason = {
  readonly ruleId: string;
  /** Ad platform */
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
  readonly country: string | null;
  readonly countries: readonly (string)[];
  readonly field: string;
  readonly span: {
    readonly start: number;
    readonly end: number;
  };
  readonly severity: "block" | "warn" | "info";
  readonly message: string;
  readonly source: {
    readonly title: string;
    readonly url: string;
  };
  readonly fix: {
    readonly text: string;
  } | null;
};

/** Texts that a person is to look at, and why */
export type ReviewRequest = {
  readonly texts: readonly ({
    readonly field: string;
    readonly text: string;
  })[];
  readonly note?: string;
};

/** One run of a pipeline */
export type Run = {
  /** Pipeline run id */
  readonly id: string;
  readonly pipeline: "etl";
  readonly trigger: "daily" | "hourly" | "on-demand";
  /** `reprocess` reads the raw answers that are kept and calls no platform */
  readonly mode: "load" | "reprocess";
  /** 1, and one more each time the run was resumed */
  readonly attempt: number;
  readonly status: "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
  readonly from: string | null;
  readonly to: string | null;
  readonly accounts: {
    readonly total: number;
    readonly loaded: number;
    readonly failed: number;
    readonly skipped: number;
  };
  readonly rowsExtracted: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  readonly error: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly startedAt: string;
  readonly finishedAt: string | null;
};

/** What somebody decided on a round of creatives */
export type RunDecision = {
  readonly round: number;
  readonly decision: "approve" | "send-back" | "reject";
  readonly comment: string | null;
  readonly decidedBy: string;
  /** When it should be decided by: setting `review.hours` */
  readonly decidedAt: string;
};

/** A run with the progress of each account */
export type RunDetail = {
  /** Pipeline run id */
  readonly id: string;
  readonly pipeline: "etl";
  readonly trigger: "daily" | "hourly" | "on-demand";
  /** `reprocess` reads the raw answers that are kept and calls no platform */
  readonly mode: "load" | "reprocess";
  /** 1, and one more each time the run was resumed */
  readonly attempt: number;
  readonly status: "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
  readonly from: string | null;
  readonly to: string | null;
  readonly accounts: {
    readonly total: number;
    readonly loaded: number;
    readonly failed: number;
    readonly skipped: number;
  };
  readonly rowsExtracted: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  readonly error: string | null;
  /** When it should be decided by: setting `review.hours` */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly pace: RunPace;
  /** What the checks said; null until they have run */
  readonly quality: QualitySummary | null;
  readonly progress: readonly (AccountProgress)[];
};

/** What a load would take */
export type RunEstimate = {
  readonly accounts: number;
  /** Account windows that would be loaded */
  readonly windows: number;
  readonly accountDays: number;
  readonly platforms: readonly ({
    /** Ad platform */
    readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** Estimated from the rows of the latest loads; none when facts are made again */
    readonly calls: number;
    /** Null where the platform names no daily limit */
    readonly permittedPerDay: number | null;
    /** Calls that back-fills may still make today */
    readonly leftToday: number | null;
    /** UTC days that the calls spread over */
    readonly days: number;
  })[];
  /** At the rate of the latest loads, waits aside; null when there is none to measure by */
  readonly seconds: number | null;
};

/** Progress by account windows, and the time that is left */
export type RunPace = {
  readonly windows: {
    readonly total: number;
    readonly done: number;
    readonly failed: number;
  };
  /** Rows loaded a second; null until a window is loaded */
  readonly rowsPerSecond: number | null;
  /** At the rate measured so far; null until a window is loaded and once the run is over */
  readonly secondsLeft: number | null;
};

export type RunPage = {
  readonly items: readonly (Run)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** Who is asking, and in which workspace */
export type Session = {
  readonly workspace: {
    /** Workspace id */
    readonly id: string;
    readonly name: string;
    /** ISO 4217 code */
    readonly currency: string;
  };
  readonly role: "owner" | "manager" | "analyst" | "viewer";
  readonly scopes: readonly ("accounts.read" | "metrics.read" | "query.run" | "events.write" | "pixels.read" | "pixels.write" | "alerts.read" | "alerts.write" | "pipelines.read" | "pipelines.run" | "connections.read" | "connections.write" | "settings.read" | "settings.write" | "changes.read" | "changes.write" | "changes.approve" | "guardrails.read" | "guardrails.write" | "audit.read" | "policies.read" | "reviews.read" | "reviews.write" | "reviews.decide" | "briefs.read" | "briefs.write" | "creatives.read" | "creatives.write" | "creatives.approve")[];
};

/** One setting and where its value comes from */
export type Setting = {
  readonly key: string;
  /** What holds, from the layer named `source` */
  readonly value: unknown;
  readonly source: "default" | "stage" | "parameter-store" | "workspace";
  readonly unit: string | null;
  readonly description: string;
  /** What a value must be, in words */
  readonly form: string;
  readonly workspaceMayChange: boolean;
  /** Where it is set, the first that gives way first */
  readonly layers: readonly ({
    readonly layer: "default" | "stage" | "parameter-store" | "workspace";
    readonly value: unknown;
  })[];
};

export type SettingList = {
  readonly items: readonly (Setting)[];
};

export type SettingsChange = {
  /** By key; null takes the workspace’s own value away */
  readonly values: Readonly<Record<string, unknown>>;
};

/** What the site itself says, a currency each: attribution beside the platform’s conversions, which may be of the same sale and are never subtracted */
export type SiteCounts = {
  readonly orders: number;
  readonly money: readonly ({
    /** ISO 4217 code */
    readonly currency: string;
    /** Millionths of the currency unit */
    readonly revenueMicros: number;
    /** Millionths of the currency unit */
    readonly refundsMicros: number;
  })[];
};

/** The most that may be spent on a day and in a calendar month; null for no ceiling, which warns */
export type SpendCeiling = {
  readonly dailyMicros: number | null;
  readonly monthlyMicros: number | null;
};

/** Daily budgets of what is enabled, before and after, and what they may cost at most */
export type SpendEffect = {
  readonly accounts: readonly ({
    /** Account id */
    readonly accountId: string;
    /** ISO 4217 code */
    readonly currency: string;
    readonly dailyBudgetMicros: {
      /** Millionths of the currency unit */
      readonly before: number;
      /** Millionths of the currency unit */
      readonly after: number;
    };
    readonly mostOnADayMicros: {
      /** Millionths of the currency unit */
      readonly before: number;
      /** Millionths of the currency unit */
      readonly after: number;
    };
    readonly mostInAMonthMicros: {
      /** Millionths of the currency unit */
      readonly before: number;
      /** Millionths of the currency unit */
      readonly after: number;
    };
  })[];
  /** In the currency of the workspace, over all its accounts; null when a rate is missing, which a warning names */
  readonly workspace: {
    /** ISO 4217 code */
    readonly currency: string;
    readonly ratesOf: string | null;
    readonly dailyBudgetMicros: {
      /** Millionths of the currency unit */
      readonly before: number;
      /** Millionths of the currency unit */
      readonly after: number;
    };
    readonly mostOnADayMicros: {
      /** Millionths of the currency unit */
      readonly before: number;
      /** Millionths of the currency unit */
      readonly after: number;
    };
    readonly mostInAMonthMicros: {
      /** Millionths of the currency unit */
      readonly before: number;
      /** Millionths of the currency unit */
      readonly after: number;
    };
  } | null;
};

/** What to load; an empty object loads the look-back window of every account */
export type StartRun = {
  /** First account-local day; the platform’s look-back window by default */
  readonly from?: string;
  /** Last account-local day; today by default */
  readonly to?: string;
  /** All enabled accounts by default */
  readonly accountIds?: readonly (string)[];
  /** Only `objects` (accounts to ads and keywords) or only `segments` (the rest); all by default */
  readonly grains?: "objects" | "segments";
  /** `load` by default; `reprocess` needs `from` */
  readonly mode?: "load" | "reprocess";
};

/** The first half of a sign-in at a platform */
export type StartedAuthorization = {
  /** Send the browser here */
  readonly authorizationUrl: string;
  /** What the platform hands back with the code; good once, for the caller alone */
  readonly state: string;
  /** When it should be decided by: setting `review.hours` */
  readonly expiresAt: string;
};

/** A claim and what proves it */
export type SubstantiatedClaim = {
  /** The claim as it may be said */
  readonly text: string;
  /** What proves it: a study, a register entry, an address */
  readonly substantiation: string;
};

/** Whom it reaches */
export type Targeting = {
  readonly countries?: readonly (string)[];
  readonly languages?: readonly (string)[];
  readonly ages?: readonly ("13-17" | "18-24" | "25-34" | "35-44" | "45-54" | "55-64" | "65-up")[];
  readonly genders?: readonly ("female" | "male" | "unknown")[];
  readonly interests?: readonly (string)[];
  readonly audiences?: readonly (string)[];
  readonly companies?: readonly (string)[];
  readonly keywords?: readonly ({
    readonly text: string;
    readonly match: "exact" | "phrase" | "broad";
  })[];
  readonly negativeKeywords?: readonly ({
    readonly text: string;
    readonly match: "exact" | "phrase" | "broad";
  })[];
};

export type UndoRequest = {
  /** Why; it goes into the audit trail */
  readonly reason: string;
};

/** Normalised and hashed on arrival; never stored or logged in clear */
export type UserIdentifiers = {
  readonly email?: string | readonly (string)[];
  readonly phone?: string | readonly (string)[];
  /** First name, in clear or as the hex of its SHA-256 */
  readonly firstName?: string;
  /** Last name, in clear or as the hex of its SHA-256 */
  readonly lastName?: string;
  readonly externalId?: string | readonly (string)[];
};

/** Campaign parameters of the landing page */
export type Utm = {
  readonly source?: string;
  readonly medium?: string;
  readonly campaign?: string;
  readonly content?: string;
  readonly term?: string;
};

/** How a brand speaks */
export type Voice = {
  readonly tone: "plain" | "friendly" | "expert" | "bold" | "premium";
  /** How readers are spoken to where a language has two ways: Sie or du, vous or tu, usted or tú */
  readonly formality: "formal" | "informal";
};

export type WatchedObject = {
  readonly kind: "workspace" | "account" | "campaign";
  /** Null for the workspace */
  readonly id: string | null;
  readonly name: string | null;
  readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads" | null;
  readonly accountId: string | null;
};

/** The signed-in workspace, role and scopes */
export interface GetSession {
}

/** Advertising accounts */
export interface ListAccounts {
  readonly query?: {
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Campaigns */
export interface ListCampaigns {
  readonly query?: {
    /** Account id */
    readonly accountId?: string;
    readonly status?: "enabled" | "paused" | "removed";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One campaign */
export interface GetCampaign {
  readonly path: {
    /** Campaign id */
    readonly campaignId: string;
  };
}

/** Ad groups */
export interface ListAdGroups {
  readonly query?: {
    /** Account id */
    readonly accountId?: string;
    /** Campaign id */
    readonly campaignId?: string;
    readonly status?: "enabled" | "paused" | "removed";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Ads */
export interface ListAds {
  readonly query?: {
    /** Account id */
    readonly accountId?: string;
    /** Campaign id */
    readonly campaignId?: string;
    /** Ad group id */
    readonly adGroupId?: string;
    readonly status?: "enabled" | "paused" | "removed";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Metrics by any grouping, in one currency */
export interface QueryMetrics {
  readonly query: {
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly from: string;
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly to: string;
    /** Comma-separated: platform, account, date, week, month, campaign, ad-group, ad, keyword, search-term, asset, age, gender, country, device, placement */
    readonly groupBy?: string;
    /** The level the facts were reported at. A finer grain never sums to a coarser one. */
    readonly grain?: "account" | "campaign" | "ad-group" | "ad" | "keyword" | "search-term" | "asset" | "age" | "gender" | "country" | "device" | "placement";
    /** Convert money to this; the workspace’s own by default */
    readonly currency?: string;
    readonly compare?: "previous-period";
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** Account id */
    readonly accountId?: string;
    /** Campaign id */
    readonly campaignId?: string;
    /** A metric or dimension; `-spendMicros` is descending */
    readonly sort?: string;
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** The last minutes, pacing against budgets and what the day comes to */
export interface QueryLive {
  readonly query?: {
    /** The last so many minutes, the running one with them; 60 by default */
    readonly minutes?: string;
    /** What a row is of; `campaign` by default */
    readonly level?: "workspace" | "account" | "campaign" | "ad-group" | "ad";
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** Account id */
    readonly accountId?: string;
    /** Campaign id */
    readonly campaignId?: string;
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** What the stream counted of a day beside the loaded facts, and where the difference comes from */
export interface ReconcileLive {
  readonly query: {
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly date: string;
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** Account id */
    readonly accountId?: string;
  };
}

/** All rows of a metrics question as a file */
export interface ExportMetrics {
  readonly query: {
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly from: string;
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly to: string;
    /** Comma-separated: platform, account, date, week, month, campaign, ad-group, ad, keyword, search-term, asset, age, gender, country, device, placement */
    readonly groupBy?: string;
    /** The level the facts were reported at. A finer grain never sums to a coarser one. */
    readonly grain?: "account" | "campaign" | "ad-group" | "ad" | "keyword" | "search-term" | "asset" | "age" | "gender" | "country" | "device" | "placement";
    /** Convert money to this; the workspace’s own by default */
    readonly currency?: string;
    readonly compare?: "previous-period";
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** Account id */
    readonly accountId?: string;
    /** Campaign id */
    readonly campaignId?: string;
    /** A metric or dimension; `-spendMicros` is descending */
    readonly sort?: string;
    /** csv: money in units; jsonl: rows as `/v1/metrics` answers them; parquet: typed columns, money in micros */
    readonly format: "csv" | "jsonl" | "parquet";
    /** csv only: begin with a byte order mark, by which Excel knows UTF-8 */
    readonly bom?: "true" | "false";
  };
}

/** One read-only SQL query over the facts of the workspace */
export interface RunQuery {
  readonly body: {
    /** One SELECT over the views `metrics_…_daily` */
    readonly sql: string;
    /** Rows to answer at most; 1,000 by default, 10000 at most */
    readonly maxRows?: number;
  };
}

/** Load data from the platforms now */
export interface StartEtlRun {
  readonly body: StartRun;
}

/** Data loads, newest first */
export interface ListEtlRuns {
  readonly query?: {
    readonly status?: "queued" | "running" | "succeeded" | "partial" | "failed" | "cancelled";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One data load with the progress of each account */
export interface GetEtlRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** Go on with a data load that failed, was cancelled or died */
export interface ResumeEtlRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** End a data load; what is loaded stays */
export interface CancelEtlRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** What a data load would take: windows, platform calls against those permitted, time */
export interface EstimateEtlRun {
  readonly body: StartRun;
}

/** Rows a load refused, with reasons */
export interface ListQuarantine {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
  readonly query?: {
    /** Account id */
    readonly accountId?: string;
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Announce a downloaded report; its parts are sent next */
export interface StartImport {
  readonly body: NewImport;
}

/** Imported reports, newest first */
export interface ListImports {
  readonly query?: {
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One imported report and how far it is */
export interface GetImport {
  readonly path: {
    /** Import id */
    readonly importId: string;
  };
}

/** Take the facts of an import away again */
export interface RemoveImport {
  readonly path: {
    /** Import id */
    readonly importId: string;
  };
}

/** Send one part of the file */
export interface SendImportPart {
  readonly path: {
    /** Import id */
    readonly importId: string;
  };
  readonly body: ImportPart;
}

/** What the file is taken for, and everything that is wrong with it */
export interface PreviewImport {
  readonly path: {
    /** Import id */
    readonly importId: string;
  };
  readonly body: ImportPreviewOrder;
}

/** Load the previewed file into the facts of an account */
export interface ConfirmImport {
  readonly path: {
    /** Import id */
    readonly importId: string;
  };
  readonly body: ImportConfirmation;
}

/** Connections to ad platforms and how they fare */
export interface ListConnections {
}

/** Make or renew a connection with what the platform handed back */
export interface CompleteAuthorization {
  readonly body: AuthorizationCode;
}

/** One connection */
export interface GetConnection {
  readonly path: {
    /** Connection id */
    readonly connectionId: string;
  };
}

/** Rename, pause or resume a connection */
export interface ChangeConnection {
  readonly path: {
    /** Connection id */
    readonly connectionId: string;
  };
  readonly body: ConnectionChange;
}

/** Revoke and remove a connection; its facts stay */
export interface RemoveConnection {
  readonly path: {
    /** Connection id */
    readonly connectionId: string;
  };
}

/** Begin to authorize a connection at its platform */
export interface StartAuthorization {
  readonly body: AuthorizationRequest;
}

/** All settings and where each value comes from */
export interface ListSettings {
}

/** Change or take away the workspace’s own values */
export interface ChangeSettings {
  readonly body: SettingsChange;
}

/** Rules that open alerts */
export interface ListAlertRules {
}

/** Make a rule */
export interface CreateAlertRule {
  readonly body: NewAlertRule;
}

/** Rules that a workspace may want; none of them is made */
export interface SuggestAlertRules {
}

/** How often a rule would have opened an alert of late; nothing is made */
export interface PreviewAlertRule {
  readonly body: AlertRulePreviewRequest;
}

/** One rule */
export interface GetAlertRule {
  readonly path: {
    /** Alert rule id */
    readonly ruleId: string;
  };
}

/** Change, mute, disable or enable a rule */
export interface ChangeAlertRule {
  readonly path: {
    /** Alert rule id */
    readonly ruleId: string;
  };
  readonly body: AlertRuleChange;
}

/** Remove a rule; its alerts stay to be read */
export interface RemoveAlertRule {
  readonly path: {
    /** Alert rule id */
    readonly ruleId: string;
  };
}

/** Send alerts of a rule to an address; the answer alone has the secret that signs them */
export interface AddAlertWebhook {
  readonly path: {
    /** Alert rule id */
    readonly ruleId: string;
  };
  readonly body: NewAlertWebhook;
}

/** Send alerts of a rule to an address no longer */
export interface RemoveAlertWebhook {
  readonly path: {
    /** Alert rule id */
    readonly ruleId: string;
    /** Id of a webhook of an alert rule */
    readonly webhookId: string;
  };
}

/** Alerts, newest first */
export interface ListAlerts {
  readonly query?: {
    readonly status?: "open" | "resolved";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One alert */
export interface GetAlert {
  readonly path: {
    /** Alert id */
    readonly alertId: string;
  };
}

/** Acknowledge or mute an alert */
export interface ChangeAlert {
  readonly path: {
    /** Alert id */
    readonly alertId: string;
  };
  readonly body: AlertChange;
}

/** What was sent of an alert, and what became of it */
export interface ListAlertDeliveries {
  readonly path: {
    /** Alert id */
    readonly alertId: string;
  };
}

/** Preview operations: old and new values, effect on spend, guardrails. Nothing is written to a platform */
export interface PreviewChange {
  readonly body: ChangeRequest;
}

/** Changes, newest first */
export interface ListChanges {
  readonly query?: {
    readonly status?: "previewed" | "awaiting-approval" | "applying" | "applied" | "partial" | "failed" | "discarded" | "expired";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One change with its operations and what became of each */
export interface GetChange {
  readonly path: {
    /** Change id */
    readonly changeId: string;
  };
}

/** Apply a previewed change, or hand it to whoever has to approve it */
export interface ConfirmChange {
  readonly path: {
    /** Change id */
    readonly changeId: string;
  };
  readonly body: ChangeDecision;
}

/** Approve a change that waits for it; it is then applied */
export interface ApproveChange {
  readonly path: {
    /** Change id */
    readonly changeId: string;
  };
  readonly body: ChangeDecision;
}

/** Give up a change that was not applied */
export interface DiscardChange {
  readonly path: {
    /** Change id */
    readonly changeId: string;
  };
  readonly body: ChangeDecision;
}

/** Try again what failed of a change */
export interface ResumeChange {
  readonly path: {
    /** Change id */
    readonly changeId: string;
  };
  readonly body: ChangeDecision;
}

/** Preview a change that puts back what was applied of this one */
export interface UndoChange {
  readonly path: {
    /** Change id */
    readonly changeId: string;
  };
  readonly body: UndoRequest;
}

/** What bounds every change of the workspace */
export interface GetGuardrails {
}

/** Tighten or loosen the guardrails; what is loosened goes into the audit trail */
export interface ChangeGuardrails {
  readonly body: GuardrailChange;
}

/** What was done, by whom and why, newest first */
export interface ListAudit {
  readonly query?: {
    /** Change id */
    readonly changeId?: string;
    readonly action?: "change.previewed" | "change.approval-asked" | "change.confirmed" | "change.approved" | "change.discarded" | "change.expired" | "change.resumed" | "change.finished" | "operation.applied" | "operation.failed" | "operation.conflict" | "operation.unknown" | "operation.blocked" | "guardrails.changed" | "brief.created" | "brief.changed" | "brand-kit.created" | "brand-kit.changed" | "pixel.created" | "pixel.changed" | "generation.approved" | "generation.sent-back" | "generation.rejected" | "creative.edited" | "asset.uploaded" | "asset.deleted" | "review.approved" | "review.rejected" | "review.escalated";
    readonly actor?: string;
    /** When it should be decided by: setting `review.hours` */
    readonly from?: string;
    /** When it should be decided by: setting `review.hours` */
    readonly to?: string;
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Whether the audit trail is whole; if not, which entries were altered, are missing or were moved */
export interface VerifyAudit {
  readonly query?: {
    /** Of a head noted earlier; with `hash` */
    readonly sequence?: string;
    /** That the entry `sequence` had */
    readonly hash?: string;
  };
}

/** The audit trail as a file, oldest first; JSON lines hold all that verification needs */
export interface ExportAudit {
  readonly query: {
    /** Change id */
    readonly changeId?: string;
    readonly action?: "change.previewed" | "change.approval-asked" | "change.confirmed" | "change.approved" | "change.discarded" | "change.expired" | "change.resumed" | "change.finished" | "operation.applied" | "operation.failed" | "operation.conflict" | "operation.unknown" | "operation.blocked" | "guardrails.changed" | "brief.created" | "brief.changed" | "brand-kit.created" | "brand-kit.changed" | "pixel.created" | "pixel.changed" | "generation.approved" | "generation.sent-back" | "generation.rejected" | "creative.edited" | "asset.uploaded" | "asset.deleted" | "review.approved" | "review.rejected" | "review.escalated";
    readonly actor?: string;
    /** When it should be decided by: setting `review.hours` */
    readonly from?: string;
    /** When it should be decided by: setting `review.hours` */
    readonly to?: string;
    readonly format: "csv" | "jsonl";
  };
}

/** What platforms and laws object to in an ad: where, why, and what to write instead */
export interface CheckPolicy {
  readonly body: {
    /** Ad platform */
    readonly platform: "google-ads" | "tiktok-ads" | "linkedin-ads";
    readonly countries: readonly (string)[];
    /** ISO 639-1: `de` */
    readonly language?: string;
    readonly category?: "alcohol" | "gambling" | "prescription-drugs" | "medicines" | "weight-loss" | "credit" | "investments" | "crypto" | "housing" | "employment" | "political" | "weapons" | "tobacco" | "drugs" | "adult" | "dating" | "food" | "cars";
    readonly texts?: readonly ({
      /** Where the text stands: `headlines.0`, `descriptions.1`, `longHeadlines.0`, `businessName`, `path.0`, `text`, `displayName`, `introduction`, `headline`; other names are checked without a length */
      readonly field: string;
      readonly text: string;
    })[];
    readonly creative?: Creative;
    readonly destination?: {
      readonly url: string;
      readonly text?: string;
      readonly status?: number;
    };
    readonly imageTexts?: readonly ({
      /** Where the text stands: `headlines.0`, `descriptions.1`, `longHeadlines.0`, `businessName`, `path.0`, `text`, `displayName`, `introduction`, `headline`; other names are checked without a length */
      readonly field: string;
      readonly text: string;
    })[];
    readonly brand?: {
      readonly bannedWords?: readonly (string)[];
      readonly trademarksAllowed?: readonly (string)[];
    };
    readonly facts?: readonly ({
      readonly id: string;
      readonly kind: "product" | "benefit" | "feature" | "offer" | "price" | "proof" | "number" | "problem" | "urgency" | "claim";
      readonly text: string;
    })[];
    /** Calendar day in the account’s own time zone, `2026-11-01` */
    readonly at?: string;
  };
}

/** The rules that ads are checked against, each with its source and examples */
export interface ListPolicyRules {
  readonly query?: {
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** ISO 3166-1 alpha-2: `DE`, `GB` */
    readonly country?: string;
  };
}

/** Whether texts and pictures are fit to be shown: insults, hate, nudity, swearwords, personal data */
export interface CheckModeration {
  readonly body: ModerationRequest;
}

/** What waits for a person: escalated first, then the oldest first */
export interface ListReviews {
  readonly query?: {
    readonly status?: "open" | "approved" | "rejected" | "closed";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Ask a person to look at texts */
export interface AskReview {
  readonly body: ReviewRequest;
}

/** One review with its reasons and its history */
export interface GetReview {
  readonly path: {
    /** Review id */
    readonly reviewId: string;
  };
}

/** Take a review for fifteen minutes, or for fifteen more */
export interface ClaimReview {
  readonly path: {
    /** Review id */
    readonly reviewId: string;
  };
}

/** Give back a review that one has claimed */
export interface ReleaseReview {
  readonly path: {
    /** Review id */
    readonly reviewId: string;
  };
}

/** Approve, reject or escalate, with the reason */
export interface DecideReview {
  readonly path: {
    /** Review id */
    readonly reviewId: string;
  };
  readonly body: ReviewDecision;
}

/** What to send to a platform that has refused an ad */
export interface GetAppealPack {
  readonly path: {
    /** Review id */
    readonly reviewId: string;
  };
}

/** Briefs, the newest first */
export interface ListBriefs {
  readonly query?: {
    readonly archived?: "true" | "false";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Begin a brief; fields may stay open */
export interface CreateBrief {
  readonly body: BriefDraft;
}

/** Begin a brief from a landing page, which is read in the background */
export interface CreateBriefFromUrl {
  readonly body: BriefFromUrl;
}

/** One brief, what is still open, and what its landing page says */
export interface GetBrief {
  readonly path: {
    /** Brief id */
    readonly briefId: string;
  };
}

/** Change a brief, or archive it */
export interface ChangeBrief {
  readonly path: {
    /** Brief id */
    readonly briefId: string;
  };
  readonly body: BriefChange;
}

/** Read the landing page of a brief, again if it was read before */
export interface ReadBriefPage {
  readonly path: {
    /** Brief id */
    readonly briefId: string;
  };
}

/** Uploaded pictures, the newest first */
export interface ListAssets {
  readonly query?: {
    readonly kind?: "logo" | "product-photo";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** Upload a logo or a photo of a product; it is decoded, turned upright and looked at */
export interface UploadAsset {
  readonly body: AssetUpload;
}

/** One uploaded picture with an address to see it at */
export interface GetAsset {
  readonly path: {
    /** Id of an uploaded picture */
    readonly assetId: string;
  };
}

/** Delete an uploaded picture; pictures that were made with it stay */
export interface DeleteAsset {
  readonly path: {
    /** Id of an uploaded picture */
    readonly assetId: string;
  };
}

/** Brand kits: how the ads of a brand look and speak */
export interface ListBrandKits {
}

/** Make a brand kit */
export interface CreateBrandKit {
  readonly body: BrandKit;
}

/** One brand kit */
export interface GetBrandKit {
  readonly path: {
    /** Brand kit id */
    readonly brandKitId: string;
  };
}

/** Change a brand kit, or archive it */
export interface ChangeBrandKit {
  readonly path: {
    /** Brand kit id */
    readonly brandKitId: string;
  };
  readonly body: BrandKitChange;
}

/** Make campaigns from a brief: facts, plan, copy, images, checks; then it waits for a decision */
export interface StartGenerationRun {
  readonly body: GenerationStart;
}

/** Runs from briefs to campaigns, newest first */
export interface ListGenerationRuns {
  readonly query?: {
    readonly status?: "queued" | "running" | "awaiting-approval" | "launching" | "succeeded" | "partial" | "failed" | "rejected" | "expired" | "cancelled";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One run with its steps, plan, decisions and what was launched */
export interface GetGenerationRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** End a run before it launches; its creatives stay to be looked at */
export interface CancelGenerationRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** Go on with a run that failed, was cancelled or died; what it made stays made */
export interface ResumeGenerationRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** Approve the creatives of a run, send them back with a comment, or reject them */
export interface DecideGenerationRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
  readonly body: GenerationDecision;
}

/** Ads that a run made, by campaign and strength */
export interface ListCreatives {
  readonly query: {
    /** Pipeline run id */
    readonly runId: string;
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    readonly status?: "draft" | "needs-review" | "approved" | "sent-back" | "rejected" | "launched";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** One ad with its texts, images, the facts behind them, findings and strength */
export interface GetCreative {
  readonly path: {
    /** Creative id */
    readonly creativeId: string;
  };
}

/** Change texts of an ad; it is checked anew */
export interface EditCreative {
  readonly path: {
    /** Creative id */
    readonly creativeId: string;
  };
  readonly body: CreativeEdit;
}

/** Take the suggestion of a finding; the ad is checked anew */
export interface FixCreative {
  readonly path: {
    /** Creative id */
    readonly creativeId: string;
  };
  readonly body: CreativeFix;
}

/** What the checks say of the data: the latest of each account, or those of one load */
export interface ListQuality {
  readonly query?: {
    /** One load; the latest check of every account by default */
    readonly runId?: string;
    /** Account id */
    readonly accountId?: string;
    readonly severity?: "ok" | "info" | "warning" | "error";
    readonly limit?: number;
    /** Opaque; from `nextCursor` of the page before */
    readonly cursor?: string;
  };
}

/** The progress of a data load as it happens */
export interface WatchEtlRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** The steps of a run from a brief to campaigns as they are taken */
export interface WatchGenerationRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

/** The last minutes as they are counted */
export interface WatchLive {
  readonly query?: {
    /** The last so many minutes, the running one with them; 60 by default */
    readonly minutes?: string;
    /** What a row is of; `campaign` by default */
    readonly level?: "workspace" | "account" | "campaign" | "ad-group" | "ad";
    /** Ad platform */
    readonly platform?: "google-ads" | "tiktok-ads" | "linkedin-ads";
    /** Account id */
    readonly accountId?: string;
    /** Campaign id */
    readonly campaignId?: string;
    readonly limit?: number;
  };
}

/** Send what happened: one event or up to 500 */
export interface ReceiveEvents {
  readonly body: EventsBody;
}

/** Send orders and refunds from your server, with consent, click ids and identifiers */
export interface ReceiveConversions {
  readonly body: ConversionsBody;
}

/** Pixels and whose pages may send to them */
export interface ListPixels {
}

/** Make a pixel */
export interface CreatePixel {
  readonly body: PixelStart;
}

/** One pixel */
export interface GetPixel {
  readonly path: {
    /** Pixel id */
    readonly pixelId: string;
  };
}

/** Change a pixel or switch it off */
export interface ChangePixel {
  readonly path: {
    /** Pixel id */
    readonly pixelId: string;
  };
  readonly body: PixelChange;
}

export const routes = {
  getSession: route<GetSession, Session, false>({ method: 'GET', path: '/v1/session', streams: false, idempotent: false }),
  listAccounts: route<ListAccounts, AccountPage, false>({ method: 'GET', path: '/v1/accounts', streams: false, idempotent: false }),
  listCampaigns: route<ListCampaigns, CampaignPage, false>({ method: 'GET', path: '/v1/campaigns', streams: false, idempotent: false }),
  getCampaign: route<GetCampaign, Campaign, false>({ method: 'GET', path: '/v1/campaigns/{campaignId}', streams: false, idempotent: false }),
  listAdGroups: route<ListAdGroups, AdGroupPage, false>({ method: 'GET', path: '/v1/ad-groups', streams: false, idempotent: false }),
  listAds: route<ListAds, AdPage, false>({ method: 'GET', path: '/v1/ads', streams: false, idempotent: false }),
  queryMetrics: route<QueryMetrics, MetricsAnswer, false>({ method: 'GET', path: '/v1/metrics', streams: false, idempotent: false }),
  queryLive: route<QueryLive, LiveAnswer, false>({ method: 'GET', path: '/v1/metrics/live', streams: false, idempotent: false }),
  reconcileLive: route<ReconcileLive, ReconciliationAnswer, false>({ method: 'GET', path: '/v1/metrics/live/reconciliation', streams: false, idempotent: false }),
  exportMetrics: route<ExportMetrics, Response, false>({ method: 'GET', path: '/v1/metrics/export', streams: false, file: true, idempotent: false }),
  runQuery: route<RunQuery, AnalystAnswer, false>({ method: 'POST', path: '/v1/query', streams: false, idempotent: false }),
  startEtlRun: route<StartEtlRun, Run, false>({ method: 'POST', path: '/v1/pipelines/etl/runs', streams: false, idempotent: true }),
  listEtlRuns: route<ListEtlRuns, RunPage, false>({ method: 'GET', path: '/v1/pipelines/etl/runs', streams: false, idempotent: false }),
  getEtlRun: route<GetEtlRun, RunDetail, false>({ method: 'GET', path: '/v1/pipelines/etl/runs/{runId}', streams: false, idempotent: false }),
  resumeEtlRun: route<ResumeEtlRun, Run, false>({ method: 'POST', path: '/v1/pipelines/etl/runs/{runId}/resume', streams: false, idempotent: false }),
  cancelEtlRun: route<CancelEtlRun, Run, false>({ method: 'POST', path: '/v1/pipelines/etl/runs/{runId}/cancel', streams: false, idempotent: false }),
  estimateEtlRun: route<EstimateEtlRun, RunEstimate, false>({ method: 'POST', path: '/v1/pipelines/etl/estimates', streams: false, idempotent: false }),
  listQuarantine: route<ListQuarantine, QuarantinePage, false>({ method: 'GET', path: '/v1/pipelines/etl/runs/{runId}/quarantine', streams: false, idempotent: false }),
  startImport: route<StartImport, Import, false>({ method: 'POST', path: '/v1/imports', streams: false, idempotent: true }),
  listImports: route<ListImports, ImportPage, false>({ method: 'GET', path: '/v1/imports', streams: false, idempotent: false }),
  getImport: route<GetImport, Import, false>({ method: 'GET', path: '/v1/imports/{importId}', streams: false, idempotent: false }),
  removeImport: route<RemoveImport, Import, false>({ method: 'DELETE', path: '/v1/imports/{importId}', streams: false, idempotent: false }),
  sendImportPart: route<SendImportPart, Import, false>({ method: 'POST', path: '/v1/imports/{importId}/parts', streams: false, idempotent: false }),
  previewImport: route<PreviewImport, ImportPreview, false>({ method: 'POST', path: '/v1/imports/{importId}/preview', streams: false, idempotent: false }),
  confirmImport: route<ConfirmImport, Import, false>({ method: 'POST', path: '/v1/imports/{importId}/confirm', streams: false, idempotent: false }),
  listConnections: route<ListConnections, ConnectionList, false>({ method: 'GET', path: '/v1/connections', streams: false, idempotent: false }),
  completeAuthorization: route<CompleteAuthorization, Connection, false>({ method: 'POST', path: '/v1/connections', streams: false, idempotent: true }),
  getConnection: route<GetConnection, Connection, false>({ method: 'GET', path: '/v1/connections/{connectionId}', streams: false, idempotent: false }),
  changeConnection: route<ChangeConnection, Connection, false>({ method: 'PATCH', path: '/v1/connections/{connectionId}', streams: false, idempotent: false }),
  removeConnection: route<RemoveConnection, RemovedConnection, false>({ method: 'DELETE', path: '/v1/connections/{connectionId}', streams: false, idempotent: false }),
  startAuthorization: route<StartAuthorization, StartedAuthorization, false>({ method: 'POST', path: '/v1/connections/authorizations', streams: false, idempotent: true }),
  listSettings: route<ListSettings, SettingList, false>({ method: 'GET', path: '/v1/settings', streams: false, idempotent: false }),
  changeSettings: route<ChangeSettings, SettingList, false>({ method: 'PATCH', path: '/v1/settings', streams: false, idempotent: false }),
  listAlertRules: route<ListAlertRules, AlertRuleList, false>({ method: 'GET', path: '/v1/alert-rules', streams: false, idempotent: false }),
  createAlertRule: route<CreateAlertRule, AlertRule, false>({ method: 'POST', path: '/v1/alert-rules', streams: false, idempotent: true }),
  suggestAlertRules: route<SuggestAlertRules, AlertRuleSuggestions, false>({ method: 'GET', path: '/v1/alert-rules/suggestions', streams: false, idempotent: false }),
  previewAlertRule: route<PreviewAlertRule, AlertRulePreview, false>({ method: 'POST', path: '/v1/alert-rules/preview', streams: false, idempotent: false }),
  getAlertRule: route<GetAlertRule, AlertRule, false>({ method: 'GET', path: '/v1/alert-rules/{ruleId}', streams: false, idempotent: false }),
  changeAlertRule: route<ChangeAlertRule, AlertRule, false>({ method: 'PATCH', path: '/v1/alert-rules/{ruleId}', streams: false, idempotent: false }),
  removeAlertRule: route<RemoveAlertRule, Removed, false>({ method: 'DELETE', path: '/v1/alert-rules/{ruleId}', streams: false, idempotent: false }),
  addAlertWebhook: route<AddAlertWebhook, CreatedAlertWebhook, false>({ method: 'POST', path: '/v1/alert-rules/{ruleId}/webhooks', streams: false, idempotent: true }),
  removeAlertWebhook: route<RemoveAlertWebhook, Removed, false>({ method: 'DELETE', path: '/v1/alert-rules/{ruleId}/webhooks/{webhookId}', streams: false, idempotent: false }),
  listAlerts: route<ListAlerts, AlertPage, false>({ method: 'GET', path: '/v1/alerts', streams: false, idempotent: false }),
  getAlert: route<GetAlert, Alert, false>({ method: 'GET', path: '/v1/alerts/{alertId}', streams: false, idempotent: false }),
  changeAlert: route<ChangeAlert, Alert, false>({ method: 'PATCH', path: '/v1/alerts/{alertId}', streams: false, idempotent: false }),
  listAlertDeliveries: route<ListAlertDeliveries, AlertDeliveryList, false>({ method: 'GET', path: '/v1/alerts/{alertId}/deliveries', streams: false, idempotent: false }),
  previewChange: route<PreviewChange, ChangeDetail, false>({ method: 'POST', path: '/v1/changes', streams: false, idempotent: true }),
  listChanges: route<ListChanges, ChangePage, false>({ method: 'GET', path: '/v1/changes', streams: false, idempotent: false }),
  getChange: route<GetChange, ChangeDetail, false>({ method: 'GET', path: '/v1/changes/{changeId}', streams: false, idempotent: false }),
  confirmChange: route<ConfirmChange, ChangeDetail, false>({ method: 'POST', path: '/v1/changes/{changeId}/confirm', streams: false, idempotent: true }),
  approveChange: route<ApproveChange, ChangeDetail, false>({ method: 'POST', path: '/v1/changes/{changeId}/approve', streams: false, idempotent: true }),
  discardChange: route<DiscardChange, ChangeDetail, false>({ method: 'POST', path: '/v1/changes/{changeId}/discard', streams: false, idempotent: true }),
  resumeChange: route<ResumeChange, ChangeDetail, false>({ method: 'POST', path: '/v1/changes/{changeId}/resume', streams: false, idempotent: true }),
  undoChange: route<UndoChange, ChangeDetail, false>({ method: 'POST', path: '/v1/changes/{changeId}/undo', streams: false, idempotent: true }),
  getGuardrails: route<GetGuardrails, Guardrails, false>({ method: 'GET', path: '/v1/guardrails', streams: false, idempotent: false }),
  changeGuardrails: route<ChangeGuardrails, Guardrails, false>({ method: 'PATCH', path: '/v1/guardrails', streams: false, idempotent: false }),
  listAudit: route<ListAudit, AuditPage, false>({ method: 'GET', path: '/v1/audit', streams: false, idempotent: false }),
  verifyAudit: route<VerifyAudit, AuditVerification, false>({ method: 'GET', path: '/v1/audit/verification', streams: false, idempotent: false }),
  exportAudit: route<ExportAudit, Response, false>({ method: 'GET', path: '/v1/audit/export', streams: false, file: true, idempotent: false }),
  checkPolicy: route<CheckPolicy, {
  readonly verdict: "pass" | "warn" | "block";
  readonly findings: readonly (PolicyFinding)[];
  readonly rules: {
    readonly version: string;
    readonly checked: number;
  };
}, false>({ method: 'POST', path: '/v1/policies/check', streams: false, idempotent: false }),
  listPolicyRules: route<ListPolicyRules, {
  readonly items: readonly (PolicyRule)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
}, false>({ method: 'GET', path: '/v1/policies/rules', streams: false, idempotent: false }),
  checkModeration: route<CheckModeration, ModerationAnswer, false>({ method: 'POST', path: '/v1/moderation/check', streams: false, idempotent: false }),
  listReviews: route<ListReviews, ReviewPage, false>({ method: 'GET', path: '/v1/reviews', streams: false, idempotent: false }),
  askReview: route<AskReview, Review, false>({ method: 'POST', path: '/v1/reviews', streams: false, idempotent: true }),
  getReview: route<GetReview, Review, false>({ method: 'GET', path: '/v1/reviews/{reviewId}', streams: false, idempotent: false }),
  claimReview: route<ClaimReview, Review, false>({ method: 'POST', path: '/v1/reviews/{reviewId}/claim', streams: false, idempotent: false }),
  releaseReview: route<ReleaseReview, Review, false>({ method: 'POST', path: '/v1/reviews/{reviewId}/release', streams: false, idempotent: false }),
  decideReview: route<DecideReview, Review, false>({ method: 'POST', path: '/v1/reviews/{reviewId}/decision', streams: false, idempotent: false }),
  getAppealPack: route<GetAppealPack, AppealPack, false>({ method: 'GET', path: '/v1/reviews/{reviewId}/appeal-pack', streams: false, idempotent: false }),
  listBriefs: route<ListBriefs, BriefPage, false>({ method: 'GET', path: '/v1/briefs', streams: false, idempotent: false }),
  createBrief: route<CreateBrief, KeptBrief, false>({ method: 'POST', path: '/v1/briefs', streams: false, idempotent: true }),
  createBriefFromUrl: route<CreateBriefFromUrl, KeptBrief, false>({ method: 'POST', path: '/v1/briefs/from-url', streams: false, idempotent: true }),
  getBrief: route<GetBrief, KeptBrief, false>({ method: 'GET', path: '/v1/briefs/{briefId}', streams: false, idempotent: false }),
  changeBrief: route<ChangeBrief, KeptBrief, false>({ method: 'PATCH', path: '/v1/briefs/{briefId}', streams: false, idempotent: false }),
  readBriefPage: route<ReadBriefPage, KeptBrief, false>({ method: 'POST', path: '/v1/briefs/{briefId}/reading', streams: false, idempotent: false }),
  listAssets: route<ListAssets, AssetPage, false>({ method: 'GET', path: '/v1/assets', streams: false, idempotent: false }),
  uploadAsset: route<UploadAsset, Asset, false>({ method: 'POST', path: '/v1/assets', streams: false, idempotent: true }),
  getAsset: route<GetAsset, Asset, false>({ method: 'GET', path: '/v1/assets/{assetId}', streams: false, idempotent: false }),
  deleteAsset: route<DeleteAsset, Asset, false>({ method: 'DELETE', path: '/v1/assets/{assetId}', streams: false, idempotent: false }),
  listBrandKits: route<ListBrandKits, BrandKitList, false>({ method: 'GET', path: '/v1/brand-kits', streams: false, idempotent: false }),
  createBrandKit: route<CreateBrandKit, KeptBrandKit, false>({ method: 'POST', path: '/v1/brand-kits', streams: false, idempotent: true }),
  getBrandKit: route<GetBrandKit, KeptBrandKit, false>({ method: 'GET', path: '/v1/brand-kits/{brandKitId}', streams: false, idempotent: false }),
  changeBrandKit: route<ChangeBrandKit, KeptBrandKit, false>({ method: 'PATCH', path: '/v1/brand-kits/{brandKitId}', streams: false, idempotent: false }),
  startGenerationRun: route<StartGenerationRun, GenerationRun, false>({ method: 'POST', path: '/v1/pipelines/campaign-generation/runs', streams: false, idempotent: true }),
  listGenerationRuns: route<ListGenerationRuns, GenerationRunPage, false>({ method: 'GET', path: '/v1/pipelines/campaign-generation/runs', streams: false, idempotent: false }),
  getGenerationRun: route<GetGenerationRun, GenerationRunDetail, false>({ method: 'GET', path: '/v1/pipelines/campaign-generation/runs/{runId}', streams: false, idempotent: false }),
  cancelGenerationRun: route<CancelGenerationRun, GenerationRun, false>({ method: 'POST', path: '/v1/pipelines/campaign-generation/runs/{runId}/cancel', streams: false, idempotent: false }),
  resumeGenerationRun: route<ResumeGenerationRun, GenerationRun, false>({ method: 'POST', path: '/v1/pipelines/campaign-generation/runs/{runId}/resume', streams: false, idempotent: false }),
  decideGenerationRun: route<DecideGenerationRun, GenerationRunDetail, false>({ method: 'POST', path: '/v1/pipelines/campaign-generation/runs/{runId}/decision', streams: false, idempotent: true }),
  listCreatives: route<ListCreatives, CreativePage, false>({ method: 'GET', path: '/v1/creatives', streams: false, idempotent: false }),
  getCreative: route<GetCreative, GeneratedCreative, false>({ method: 'GET', path: '/v1/creatives/{creativeId}', streams: false, idempotent: false }),
  editCreative: route<EditCreative, GeneratedCreative, false>({ method: 'PATCH', path: '/v1/creatives/{creativeId}', streams: false, idempotent: false }),
  fixCreative: route<FixCreative, GeneratedCreative, false>({ method: 'POST', path: '/v1/creatives/{creativeId}/fixes', streams: false, idempotent: true }),
  listQuality: route<ListQuality, QualityPage, false>({ method: 'GET', path: '/v1/quality', streams: false, idempotent: false }),
  watchEtlRun: route<WatchEtlRun, RunDetail, true>({ method: 'GET', path: '/v1/pipelines/etl/runs/{runId}/progress', streams: true, idempotent: false }),
  watchGenerationRun: route<WatchGenerationRun, GenerationRunDetail, true>({ method: 'GET', path: '/v1/pipelines/campaign-generation/runs/{runId}/progress', streams: true, idempotent: false }),
  watchLive: route<WatchLive, LiveEvent, true>({ method: 'GET', path: '/v1/metrics/live/events', streams: true, idempotent: false }),
  receiveEvents: route<ReceiveEvents, ReceivedEvents, false>({ method: 'POST', path: '/v1/events', streams: false, idempotent: false }),
  receiveConversions: route<ReceiveConversions, ReceivedEvents, false>({ method: 'POST', path: '/v1/conversions', streams: false, idempotent: false }),
  listPixels: route<ListPixels, PixelList, false>({ method: 'GET', path: '/v1/pixels', streams: false, idempotent: false }),
  createPixel: route<CreatePixel, Pixel, false>({ method: 'POST', path: '/v1/pixels', streams: false, idempotent: false }),
  getPixel: route<GetPixel, Pixel, false>({ method: 'GET', path: '/v1/pixels/{pixelId}', streams: false, idempotent: false }),
  changePixel: route<ChangePixel, Pixel, false>({ method: 'PATCH', path: '/v1/pixels/{pixelId}', streams: false, idempotent: false }),
} as const;


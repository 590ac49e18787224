// Generated from contracts/routes.ts by `npm run generate`. Do not edit.

import { route } from '../route.ts';

/** An advertising account on a platform */
export type Account = {
  /** Account id */
  readonly id: string;
  /** Ad platform */
  readonly platform: "google-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  /** ISO 4217 code */
  readonly currency: string;
  /** IANA time zone */
  readonly timeZone: string;
  readonly status: "enabled" | "disabled";
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
  readonly platform: "google-ads";
  readonly stage: "waiting" | "extracting" | "transforming" | "loading" | "loaded" | "failed" | "skipped";
  readonly from: string | null;
  readonly to: string | null;
  readonly rowsExtracted: number;
  readonly rowsLoaded: number;
  readonly rowsQuarantined: number;
  /** What failed and why; null otherwise */
  readonly error: string | null;
  /** UTC instant, `2026-11-01T08:30:00.000Z` */
  readonly updatedAt: string;
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
  readonly platform: "google-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  readonly status: "enabled" | "paused" | "removed";
  readonly type: string;
  /** UTC instant, `2026-11-01T08:30:00.000Z` */
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
  readonly platform: "google-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  readonly status: "enabled" | "paused" | "removed";
  readonly type: string;
  /** UTC instant, `2026-11-01T08:30:00.000Z` */
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

/** A campaign as the platform has it */
export type Campaign = {
  /** Campaign id */
  readonly id: string;
  /** Account id */
  readonly accountId: string;
  /** Ad platform */
  readonly platform: "google-ads";
  /** The platform’s own id */
  readonly platformId: string;
  readonly name: string;
  readonly status: "enabled" | "paused" | "removed";
  /** `search`, `performance-max`, `video`, … */
  readonly type: string;
  /** ISO 4217 code */
  readonly currency: string;
  readonly dailyBudgetMicros: number | null;
  /** UTC instant, `2026-11-01T08:30:00.000Z` */
  readonly updatedAt: string;
};

export type CampaignPage = {
  readonly items: readonly (Campaign)[];
  /** Pass as `cursor` for the next page; null on the last one */
  readonly nextCursor: string | null;
};

/** One group; only the dimensions asked for are present */
export type MetricRow = {
  /** Ad platform */
  readonly platform?: "google-ads";
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
  /** Platforms report fractions of a conversion */
  readonly conversions: number;
  /** Millionths of the currency unit */
  readonly conversionValueMicros: number;
  /** Clicks by impressions, a fraction; null without impressions */
  readonly ctr: number | null;
  /** Spend by clicks; null without clicks, and where money is unconverted */
  readonly cpcMicros: number | null;
  /** Spend by conversions; null without conversions, and where money is unconverted */
  readonly cpaMicros: number | null;
  /** Conversion value by spend; null without spend */
  readonly roas: number | null;
};

export type MetricsAnswer = {
  readonly rows: readonly (MetricRow)[];
  readonly totals: MetricValues;
  readonly previousTotals?: MetricValues | null;
  /** ISO 4217 code */
  readonly currency: string;
  /** The level the facts were reported at. A finer grain never sums to a coarser one. */
  readonly grain: "account" | "campaign" | "ad-group" | "ad" | "keyword";
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
  readonly field: string;
  readonly reason: string;
  /** The row as the platform answered it */
  readonly raw: Readonly<Record<string, unknown>>;
};

/** One run of a pipeline */
export type Run = {
  /** Pipeline run id */
  readonly id: string;
  readonly pipeline: "etl";
  readonly trigger: "daily" | "hourly" | "on-demand";
  readonly status: "queued" | "running" | "succeeded" | "partial" | "failed";
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
  /** UTC instant, `2026-11-01T08:30:00.000Z` */
  readonly startedAt: string;
  readonly finishedAt: string | null;
};

/** A run with the progress of each account */
export type RunDetail = {
  /** Pipeline run id */
  readonly id: string;
  readonly pipeline: "etl";
  readonly trigger: "daily" | "hourly" | "on-demand";
  readonly status: "queued" | "running" | "succeeded" | "partial" | "failed";
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
  /** UTC instant, `2026-11-01T08:30:00.000Z` */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly progress: readonly (AccountProgress)[];
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
  readonly scopes: readonly ("accounts.read" | "metrics.read" | "pipelines.read" | "pipelines.run")[];
};

/** What to load; an empty object loads the look-back window of every account */
export type StartRun = {
  /** First account-local day; the platform’s look-back window by default */
  readonly from?: string;
  /** Last account-local day; today by default */
  readonly to?: string;
  /** All enabled accounts by default */
  readonly accountIds?: readonly (string)[];
};

/** The signed-in workspace, role and scopes */
export interface GetSession {
}

/** Advertising accounts */
export interface ListAccounts {
  readonly query?: {
    /** Ad platform */
    readonly platform?: "google-ads";
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
    /** Comma-separated: platform, account, date, week, month, campaign, ad-group, ad, keyword */
    readonly groupBy?: string;
    /** The level the facts were reported at. A finer grain never sums to a coarser one. */
    readonly grain?: "account" | "campaign" | "ad-group" | "ad" | "keyword";
    /** Convert money to this; the workspace’s own by default */
    readonly currency?: string;
    readonly compare?: "previous-period";
    /** Ad platform */
    readonly platform?: "google-ads";
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

/** Load data from the platforms now */
export interface StartEtlRun {
  readonly body: StartRun;
}

/** Data loads, newest first */
export interface ListEtlRuns {
  readonly query?: {
    readonly status?: "queued" | "running" | "succeeded" | "partial" | "failed";
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

/** The progress of a data load as it happens */
export interface WatchEtlRun {
  readonly path: {
    /** Pipeline run id */
    readonly runId: string;
  };
}

export const routes = {
  getSession: route<GetSession, Session, false>({ method: 'GET', path: '/v1/session', streams: false, idempotent: false }),
  listAccounts: route<ListAccounts, AccountPage, false>({ method: 'GET', path: '/v1/accounts', streams: false, idempotent: false }),
  listCampaigns: route<ListCampaigns, CampaignPage, false>({ method: 'GET', path: '/v1/campaigns', streams: false, idempotent: false }),
  getCampaign: route<GetCampaign, Campaign, false>({ method: 'GET', path: '/v1/campaigns/{campaignId}', streams: false, idempotent: false }),
  listAdGroups: route<ListAdGroups, AdGroupPage, false>({ method: 'GET', path: '/v1/ad-groups', streams: false, idempotent: false }),
  listAds: route<ListAds, AdPage, false>({ method: 'GET', path: '/v1/ads', streams: false, idempotent: false }),
  queryMetrics: route<QueryMetrics, MetricsAnswer, false>({ method: 'GET', path: '/v1/metrics', streams: false, idempotent: false }),
  startEtlRun: route<StartEtlRun, Run, false>({ method: 'POST', path: '/v1/pipelines/etl/runs', streams: false, idempotent: true }),
  listEtlRuns: route<ListEtlRuns, RunPage, false>({ method: 'GET', path: '/v1/pipelines/etl/runs', streams: false, idempotent: false }),
  getEtlRun: route<GetEtlRun, RunDetail, false>({ method: 'GET', path: '/v1/pipelines/etl/runs/{runId}', streams: false, idempotent: false }),
  listQuarantine: route<ListQuarantine, QuarantinePage, false>({ method: 'GET', path: '/v1/pipelines/etl/runs/{runId}/quarantine', streams: false, idempotent: false }),
  watchEtlRun: route<WatchEtlRun, RunDetail, true>({ method: 'GET', path: '/v1/pipelines/etl/runs/{runId}/progress', streams: true, idempotent: false }),
} as const;


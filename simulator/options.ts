import { type AccessLevel, accessLevels } from './google-ads/quota.ts';
import type { LinkedInLimits } from './linkedin-ads/listener.ts';
import type { RateLevel } from './tiktok-ads/rate-limits.ts';

/** Everything that can be asked of a simulator; all of it has a default. */
export interface SimulatorOptions {
  /** Two simulators with the same seed and clock answer the same bytes. */
  readonly seed?: number;
  /** Days of history before the clock's start. */
  readonly days?: number;
  /** Where the clock starts, epoch milliseconds; the wall clock by default. */
  readonly startAt?: number;
  /** 1 is real time, 0 stands still. */
  readonly speed?: number;
  /** Without sizes the world is the running-shoe shop; with them a synthetic account of that size stands beside it. */
  readonly extraCampaigns?: number;
  readonly extraAds?: number;
  /** No conversion is reported later than this many days after its click. */
  readonly maxConversionDelayDays?: number;
  readonly tokenLifetimeSeconds?: number;
  readonly accessLevel?: AccessLevel;
  /** Operations in 24 hours, where another number than the access level's is wanted. */
  readonly dailyOperations?: number;
  /** Rows of a search page; Google's is 10,000. */
  readonly pageRows?: number;
  readonly transientFailureRate?: number;
  /** Lifetimes and allowances of LinkedIn, where others than its own are wanted. */
  readonly linkedIn?: LinkedInLimits;
  /** TikTok Ads: what differs from its defaults. */
  readonly tiktok?: {
    /** Calls of the app a second and a minute; `basic`, the default, really refuses. */
    readonly rateLevel?: RateLevel;
    /** Calls a second to one advertiser (40133); unlimited by default, TikTok publishes no number. */
    readonly advertiserPerSecond?: number;
    /** The clock of the rate limits: the wall's by default, so that a simulated clock that stands still refuses nobody for ever. */
    readonly rateClock?: 'wall' | 'simulated';
    /** What an authorization gives: a token without an end (default), or one for a day with a refresh token. */
    readonly tokens?: 'long-term' | 'expiring';
    readonly tokenLifetimeSeconds?: number;
    /** How long an asynchronous report takes to be made, wall milliseconds. */
    readonly taskMs?: number;
  };
  /** Also serve REST, OAuth and gRPC together on one TLS port under Google's host names. */
  readonly tls?: boolean;
  /** A file in which what was written is kept from one start to the next; without it, a start begins with the first world. */
  readonly editsFile?: string;
  /** 0, the default, takes a free port. */
  readonly ports?: { readonly rest?: number; readonly grpc?: number; readonly control?: number; readonly tls?: number };
}

export type Settled = Required<Omit<SimulatorOptions, 'tiktok' | 'editsFile'>> & {
  readonly editsFile: string | undefined;
  readonly tiktok: Required<NonNullable<SimulatorOptions['tiktok']>>;
};

export function settle(options: SimulatorOptions): Settled {
  const accessLevel = options.accessLevel ?? 'standard';
  return {
    seed: options.seed ?? 1,
    days: options.days ?? 90,
    startAt: options.startAt ?? Date.now(),
    speed: options.speed ?? 1,
    extraCampaigns: options.extraCampaigns ?? 0,
    extraAds: options.extraAds ?? 0,
    maxConversionDelayDays: options.maxConversionDelayDays ?? 21,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3599,
    accessLevel,
    dailyOperations: options.dailyOperations ?? accessLevels[accessLevel],
    pageRows: options.pageRows ?? 10_000,
    transientFailureRate: options.transientFailureRate ?? 0,
    linkedIn: options.linkedIn ?? {},
    tiktok: {
      rateLevel: options.tiktok?.rateLevel ?? 'basic',
      advertiserPerSecond: options.tiktok?.advertiserPerSecond ?? Number.POSITIVE_INFINITY,
      rateClock: options.tiktok?.rateClock ?? 'wall',
      tokens: options.tiktok?.tokens ?? 'long-term',
      tokenLifetimeSeconds: options.tiktok?.tokenLifetimeSeconds ?? 86_400,
      taskMs: options.tiktok?.taskMs ?? 1000,
    },
    tls: options.tls ?? false,
    editsFile: options.editsFile,
    ports: options.ports ?? {},
  };
}

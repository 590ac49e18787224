import { type AccessLevel, accessLevels } from './google-ads/quota.ts';
import type { LinkedInLimits } from './linkedin-ads/listener.ts';

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
  /** Also serve REST, OAuth and gRPC together on one TLS port under Google's host names. */
  readonly tls?: boolean;
  /** 0, the default, takes a free port. */
  readonly ports?: { readonly rest?: number; readonly grpc?: number; readonly control?: number; readonly tls?: number };
}

export type Settled = Required<Omit<SimulatorOptions, 'dailyOperations'>> & { readonly dailyOperations: number };

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
    tls: options.tls ?? false,
    ports: options.ports ?? {},
  };
}

import type { LiveLevel } from '../../../contracts/schemas/live.ts';
import type { PlatformId } from '../../integrations/platform.ts';
import type { HourCounters, MinuteCounters } from '../../integrations/streaming/counters.ts';
import type { ExchangeRate } from '../currency-conversion.ts';
import type { SpendHistory } from './spend-history.ts';

export interface LiveAccount {
  readonly id: string;
  readonly name: string;
  readonly platform: PlatformId;
  readonly currency: string;
  readonly timeZone: string;
  readonly enabled: boolean;
}

/** What has a daily budget, or may have one. */
export interface LiveObject {
  readonly id: string;
  readonly accountId: string;
  readonly enabled: boolean;
  /** In the account’s currency; of a campaign without one the sum of its ad groups’, where those have any. */
  readonly dailyBudgetMicros: number | null;
}

/** Everything an answer is made of. */
export interface LiveState {
  /** Epoch milliseconds. */
  readonly now: number;
  /** The workspace’s. */
  readonly currency: string;
  readonly accounts: readonly LiveAccount[];
  /** Enabled campaigns of the workspace, and those that have counters. */
  readonly campaigns: ReadonlyMap<string, LiveObject>;
  readonly minutes: readonly MinuteCounters[];
  /** Hours of every account’s running day. */
  readonly hours: readonly HourCounters[];
  readonly history: SpendHistory;
  /** Today’s rate into the workspace’s currency; undefined when none is known. */
  readonly rateOf: (currency: string) => ExchangeRate | undefined;
  /** What a platform spends of a daily budget on one day at most, micros. */
  readonly mostADay: (platform: PlatformId, dailyBudgetMicros: number) => number;
}

export interface LiveQuestion {
  readonly minutes: number;
  readonly level: LiveLevel;
  readonly platform?: PlatformId | undefined;
  readonly accountId?: string | undefined;
  readonly campaignId?: string | undefined;
}

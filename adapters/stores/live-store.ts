import type { HourCounters, MinuteCounters } from '../../domain/integrations/streaming/counters.ts';

/** What a workspace's counters say. The processor alone writes them, through lanes. */
export interface LiveStore {
  /** Minutes that start at or after `from` and before `to`, epoch milliseconds; those with no event are absent. */
  minutes(from: number, to: number): Promise<readonly MinuteCounters[]>;
  /** Hours of account-local days (`2026-11-23`). */
  hours(dates: readonly string[]): Promise<readonly HourCounters[]>;
  /** Events that came too late to count, by the UTC day they were received on. */
  late(dates: readonly string[]): Promise<readonly { readonly date: string; readonly events: number }[]>;
  /** Changes whenever one of the blocks of minutes between the two changes; cheap beside `minutes`. */
  stamp(from: number, to: number): Promise<string>;
}

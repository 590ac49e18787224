import type { StreamEvent } from '../../contracts/streams/stream-event.ts';

/** Where events are put for the processor. */
export interface EventStream {
  /**
   * Puts events on the stream, those of one campaign (or account) on one shard. What the stream refuses for lack of room is tried
   * again a bounded number of times. Answers the indexes of events that were not taken: sending them again is safe, by their ids.
   */
  put(events: readonly StreamEvent[]): Promise<{ readonly refused: readonly number[] }>;
}

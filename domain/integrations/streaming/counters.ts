import { type MeasureName, measureNames, type StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { latenessMillis } from '../../../contracts/streams/windows.ts';

/**
 * `events`: how many were counted. `late`: how many came too late to count; they stand where they were received, with nothing else of
 * them.
 */
export const counterNames = ['events', 'late', ...measureNames] as const;
export type CounterName = 'events' | 'late' | MeasureName;

/** Sums of some events; whole numbers, negative where corrections take back more than the window has. */
export type Counters = Readonly<Record<CounterName, number>>;

export const noCounters: Counters = Object.fromEntries(counterNames.map((name) => [name, 0])) as Record<
  CounterName,
  number
>;

/** What is counted: the object the event names, as far as it names one, and the currency of its money. */
export interface CounterKey {
  readonly accountId: string | null;
  readonly campaignId: string | null;
  readonly adGroupId: string | null;
  readonly adId: string | null;
  readonly currency: string | null;
}

/** A minute of UTC; `at` is its start in epoch milliseconds. */
export interface MinuteCounters extends CounterKey {
  readonly at: number;
  readonly counters: Counters;
}

/** An hour (0 to 23) of an account-local day. Where clocks are set back an hour holds two. */
export interface HourCounters extends CounterKey {
  readonly date: string;
  readonly hour: number;
  readonly counters: Counters;
}

type Timed = Pick<StreamEvent, 'occurredAt' | 'receivedAt' | 'appliesTo'>;

export const isLate = ({ occurredAt, receivedAt }: Timed): boolean => receivedAt - occurredAt > latenessMillis;

/**
 * Where an event counts, epoch milliseconds. Refunds and corrections count where that happened which they take back, while that window
 * may still change; after it where they happened themselves. A late event stands where it was received.
 */
export function countsAt(event: Timed): number {
  if (isLate(event)) return event.receivedAt;
  const { appliesTo, occurredAt, receivedAt } = event;
  return appliesTo !== null && appliesTo <= occurredAt && receivedAt - appliesTo <= latenessMillis
    ? appliesTo
    : occurredAt;
}

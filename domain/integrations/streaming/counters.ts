import { type MeasureName, measureNames, type StreamEvent } from '../../../contracts/streams/stream-event.ts';

/** Sums of some events, and how many there were. */
export type Counters = { readonly [N in MeasureName | 'events']: number };

export const counterNames = ['events', ...measureNames] as const;

export const noCounters: Counters = Object.fromEntries(counterNames.map((name) => [name, 0])) as unknown as Counters;

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

export const addCounters = (a: Counters, b: Counters): Counters =>
  Object.fromEntries(counterNames.map((name) => [name, a[name] + b[name]])) as unknown as Counters;

/** Where an event counts: refunds and corrections where that happened which they take back. Epoch milliseconds. */
export const countsAt = ({ occurredAt, appliesTo }: Pick<StreamEvent, 'occurredAt' | 'appliesTo'>): number =>
  appliesTo ?? occurredAt;

import { measureNames, type StreamEvent } from '../../../contracts/streams/stream-event.ts';
import { blockMillis, minuteMillis } from '../../../contracts/streams/windows.ts';
import { type Counters, countsAt, isLate, noCounters } from './counters.ts';
import { localHour } from './local-hour.ts';

/** Hours that share an item of the state table: a write carries a quarter of a day and not the whole. */
export const hoursPerPart = 6;

/** Where an event counts, and what. */
export interface PlacedEvent {
  readonly event: StreamEvent;
  /** Start of the block of minutes, epoch milliseconds. */
  readonly block: number;
  /** Minute within the block. */
  readonly minute: number;
  /** Account-local day and the part of it: `2026-11-23#2`. */
  readonly dayPart: string;
  /** 0 to 23. */
  readonly hour: number;
  readonly counters: Counters;
  readonly late: boolean;
  /** The block its id is remembered in: by when it happened, wherever it counts. */
  readonly seenIn: number;
}

const blockOf = (at: number): number => Math.floor(at / blockMillis) * blockMillis;

const lateOnce: Counters = { ...noCounters, late: 1 };

/**
 * Whether it is late depends on the event alone and not on when it is counted: taken from the stream a second time it gets the same
 * place. A late one stands where it was received, as one late event and nothing else.
 */
export function placeEvent(event: StreamEvent, timeZone: string): PlacedEvent {
  const late = isLate(event);
  const at = countsAt(event);
  const block = blockOf(at);
  const { date, hour } = localHour(at, timeZone);
  return {
    event,
    block,
    minute: Math.floor((at - block) / minuteMillis),
    dayPart: `${date}#${Math.floor(hour / hoursPerPart)}`,
    hour,
    counters: late ? lateOnce : countersOf(event),
    late,
    seenIn: blockOf(late ? event.receivedAt : event.occurredAt),
  };
}

function countersOf({ measures }: StreamEvent): Counters {
  const counters: Record<string, number> = { events: 1, late: 0 };
  for (const name of measureNames) counters[name] = measures[name];
  return counters as Counters;
}

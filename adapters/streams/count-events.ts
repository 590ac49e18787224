import { setTimeout as wait } from 'node:timers/promises';
import type { StreamEvent } from '../../contracts/streams/stream-event.ts';
import { minuteWindowDays } from '../../contracts/streams/windows.ts';
import { AppError } from '../../domain/errors.ts';
import { idMark, laneOf } from '../../domain/integrations/streaming/lane.ts';
import { type PlacedEvent, placeEvent } from '../../domain/integrations/streaming/place-event.ts';
import { blocksAtOnce, type StoredBlock } from '../stores/lane-store.ts';
import type { DayPart } from '../stores/live-keys.ts';
import type { LaneCache } from './lane-cache.ts';

/** Told by the position of the events given. */
export interface CountedEvents {
  /** Counted now: for the first time. */
  readonly counted: readonly number[];
  readonly duplicates: readonly number[];
  readonly late: readonly number[];
  /** Could not be written; whether any of a lane was is known by its ids, so that all of them can be counted again. */
  readonly failed: readonly { readonly index: number; readonly error: unknown }[];
  /** Transactions written, and items in them. */
  readonly writes: { readonly transactions: number; readonly items: number };
}

export interface CountingEvent {
  readonly event: StreamEvent;
  /** The account's; UTC for events without an account. */
  readonly timeZone: string;
}

export interface CountOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Writes of lanes under way at the same time. */
  readonly concurrency?: number;
}

const defaultConcurrency = 8;
/** Two workers in one lane make each other read again; more often than this there is something wrong. */
const attempts = 10;
const dayMillis = 86_400_000;

interface Placed extends PlacedEvent {
  readonly index: number;
  readonly mark: string;
}

/**
 * Counts events: each once, however often, in whatever order and by however many workers it is given. What a lane gets is one
 * conditional transaction of its counters and of the ids that are in them, so that a worker that dies has written all of it or nothing.
 * Writes grow with the lanes and windows touched, not with the events.
 */
export async function countEvents(
  events: readonly CountingEvent[],
  lanes: LaneCache,
  options: CountOptions,
): Promise<CountedEvents> {
  const outcome = {
    counted: [] as number[],
    duplicates: [] as number[],
    late: [] as number[],
    failed: [] as { index: number; error: unknown }[],
    writes: { transactions: 0, items: 0 },
  };
  const work = [...byLane(events)];
  const worker = async (): Promise<void> => {
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      for (const part of parts(next.placed)) {
        try {
          const done = await countPart(part, lanes.lane(next.workspaceId, next.lane), options.now);
          outcome.counted.push(...done.fresh.filter(({ late }) => !late).map(({ index }) => index));
          outcome.late.push(...done.fresh.filter(({ late }) => late).map(({ index }) => index));
          outcome.duplicates.push(...done.duplicates.map(({ index }) => index));
          outcome.writes.items += done.items;
          outcome.writes.transactions += done.items === 0 ? 0 : 1;
        } catch (error) {
          outcome.failed.push(...part.map(({ index }) => ({ index, error })));
        }
      }
    }
  };
  await Promise.all(Array.from({ length: options.concurrency ?? defaultConcurrency }, worker));
  await lanes.shrink();
  return outcome;
}

interface LaneWork {
  readonly workspaceId: string;
  readonly lane: number;
  readonly placed: Placed[];
}

function byLane(events: readonly CountingEvent[]): Iterable<LaneWork> {
  const lanes = new Map<string, LaneWork>();
  for (const [index, { event, timeZone }] of events.entries()) {
    const lane = laneOf(event);
    const name = `${event.workspaceId}#${lane}`;
    let work = lanes.get(name);
    if (work === undefined) {
      work = { workspaceId: event.workspaceId, lane, placed: [] };
      lanes.set(name, work);
    }
    work.placed.push({ ...placeEvent(event, timeZone), index, mark: idMark(event.id) });
  }
  return lanes.values();
}

/** By the blocks that one transaction takes. A lane's events are mostly of the same minutes: one part. */
function* parts(placed: readonly Placed[]): Generator<readonly Placed[]> {
  const touched = new Set(placed.flatMap(({ block, seenIn }) => [block, seenIn]));
  if (touched.size <= blocksAtOnce) return yield placed;
  let part: Placed[] = [];
  let blocks = new Set<number>();
  for (const one of placed.toSorted((a, b) => a.seenIn - b.seenIn || a.block - b.block)) {
    const more = new Set([...blocks, one.block, one.seenIn]);
    if (more.size > blocksAtOnce) {
      yield part;
      part = [];
      blocks = new Set([one.block, one.seenIn]);
    } else blocks = more;
    part.push(one);
  }
  yield part;
}

interface CountedPart {
  readonly fresh: readonly Placed[];
  readonly duplicates: readonly Placed[];
  readonly items: number;
}

async function countPart(
  part: readonly Placed[],
  { memory, store }: ReturnType<LaneCache['lane']>,
  now: () => number,
): Promise<CountedPart> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await wait(Math.min(500, 10 * 2 ** attempt) * (0.5 + Math.random() / 2));
    const seenBefore = new Map<number, Set<string>>();
    for (const start of new Set(part.map(({ seenIn }) => seenIn))) {
      // First the version, then the ids: whoever adds an id after the version was read is found out when it is written. The other way
      // round an id could come in between and never be seen.
      await memory.minutes(start);
      seenBefore.set(start, await memory.seen(start));
    }
    const fresh: Placed[] = [];
    const duplicates: Placed[] = [];
    const marks = new Map<number, string[]>();
    for (const one of part) {
      const before = seenBefore.get(one.seenIn);
      if (before?.has(one.mark)) {
        duplicates.push(one);
        continue;
      }
      before?.add(one.mark);
      fresh.push(one);
      const of = marks.get(one.seenIn);
      if (of === undefined) marks.set(one.seenIn, [one.mark]);
      else of.push(one.mark);
    }
    if (fresh.length === 0) return { fresh, duplicates, items: 0 };
    try {
      const minutes = new Map<number, StoredBlock & { start: number }>();
      const days = new Map<string, StoredBlock & { part: DayPart }>();
      const minutesOf = async (start: number) => {
        const found = minutes.get(start) ?? { ...(await memory.minutes(start)), start };
        minutes.set(start, found);
        return found;
      };
      for (const { block, seenIn, dayPart } of fresh) {
        if (!minutes.has(block)) await minutesOf(block);
        // Raised with the ids: whoever adds to them at the same time is refused.
        if (!minutes.has(seenIn)) await minutesOf(seenIn);
        if (!days.has(dayPart)) {
          const [date = '', quarter] = dayPart.split('#');
          const place = { date, quarter: Number(quarter) };
          days.set(dayPart, { ...(await memory.day(place)), part: place });
        }
      }
      const kept = now() - minuteWindowDays * dayMillis;
      for (const { event, block, minute, dayPart, hour, counters } of fresh) {
        // Minutes of days ago are gone; what comes from a dead-letter queue counts in its hour.
        if (block > kept) minutes.get(block)?.block.add(event, minute, counters);
        days.get(dayPart)?.block.add(event, hour, counters);
      }
      const change = { minutes: [...minutes.values()], days: [...days.values()], seen: marks };
      if (await store.write(change)) {
        memory.wrote(change.minutes, change.days);
        return { fresh, duplicates, items: minutes.size + days.size + marks.size };
      }
    } catch (error) {
      // The blocks in memory hold what was not written.
      memory.forget();
      throw error;
    }
    memory.forget();
  }
  throw new AppError('unavailable', `Other workers wrote the same lane ${attempts} times in between.`);
}

import { setTimeout as wait } from 'node:timers/promises';
import type { StreamCase } from '../../../adapters/http/stream-handler.ts';
import type { LiveReader } from '../../../adapters/live/live-reader.ts';
import { defaultLiveMinutes, type LiveEvent } from '../../../contracts/schemas/live.ts';
import { changesSince, toldOf } from '../../../domain/analysis/live/live-changes.ts';

export interface WatchOptions {
  /** Between two looks at the counters. */
  readonly everyMillis: number;
  /** After this the stream ends, before the function is stopped; whoever watches comes back by itself. */
  readonly forMillis: number;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The function has five minutes: fifteen seconds are left for its start and the last look. */
export const watchDefaults: WatchOptions = { everyMillis: 1_000, forMillis: 285_000, now: Date.now };

/** The live view as it is, then what changed of it whenever something was counted and with every new minute. */
export const watchLive =
  (reader: LiveReader, options: WatchOptions = watchDefaults): StreamCase<'watchLive'> =>
  async ({ principal, query }, signal) => {
    const minutes = query.minutes ?? defaultLiveMinutes;
    const look = () => reader.stamp(principal.workspaceId, minutes);
    // The stamp before the state: what is counted between the two is told once more, and never missed.
    const stamp = await look();
    const first = await reader.answer(principal.workspaceId, query);
    return changes({ first, stamp, look, answer: () => reader.answer(principal.workspaceId, query) }, options, signal);
  };

interface Watched {
  readonly first: Awaited<ReturnType<LiveReader['answer']>>;
  readonly stamp: string;
  readonly look: () => Promise<string>;
  readonly answer: () => ReturnType<LiveReader['answer']>;
}

async function* changes(
  { first, stamp, look, answer }: Watched,
  { everyMillis, forMillis, now }: WatchOptions,
  signal: AbortSignal,
): AsyncGenerator<LiveEvent> {
  const end = now() + forMillis;
  yield { kind: 'state', state: first };
  let told = toldOf(first);
  let seen = stamp;
  while (!signal.aborted && now() < end) {
    // An abort ends the wait; the loop then sees it.
    await wait(everyMillis, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const present = await look();
    if (present === seen) continue;
    seen = present;
    const next = await answer();
    yield changesSince(told, next);
    told = toldOf(next);
  }
}

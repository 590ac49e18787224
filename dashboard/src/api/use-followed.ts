import { useEffect, useRef, useState } from 'react';
import type { ConextClient } from '../../../sdks/javascript/src/client.ts';
import { useApi } from './api-context.tsx';

/** A stream ends by itself after some minutes, and the longest run outlasts many of them. */
const mostStreams = 60;
const mostFailures = 5;

export interface Followed<T> {
  readonly state: T | undefined;
  /** Why watching was given up; what is watched goes on. */
  readonly error: unknown;
  readonly retry: () => void;
}

interface What<T> {
  readonly watch: (client: ConextClient, signal: AbortSignal) => AsyncIterable<T>;
  /** Whether nothing more will come. */
  readonly isOver: (state: T) => boolean;
  /** Called once it is over. */
  readonly done?: (() => void) | undefined;
}

/** Something as it goes on: opens its stream again until it is over. Without a key nothing is watched. */
export function useFollowed<T>(key: string | undefined, what: What<T>): Followed<T> {
  const { client } = useApi();
  const [state, setState] = useState<T>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(what);
  latest.current = what;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` watches again.
  useEffect(() => {
    setState(undefined);
    setError(undefined);
    if (key === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const watch = async (): Promise<void> => {
      for (let streams = 0, failures = 0; streams < mostStreams && !signal.aborted; streams += 1) {
        let last: T | undefined;
        try {
          for await (const one of latest.current.watch(client, signal)) {
            if (signal.aborted) return;
            last = one;
            failures = 0;
            setState(one);
          }
        } catch (failure) {
          failures += 1;
          if (signal.aborted) return;
          if (failures >= mostFailures) {
            setError(failure);
            return;
          }
        }
        if (last !== undefined && latest.current.isOver(last)) {
          latest.current.done?.();
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    };
    void watch();
    return () => leaving.abort();
  }, [client, key, attempt]);

  return { state, error, retry: () => setAttempt((count) => count + 1) };
}

import { useEffect, useState } from 'react';
import type { ConextClient } from '../../../../sdks/javascript/src/client.ts';
import { ConextError } from '../../../../sdks/javascript/src/errors.ts';
import type { LiveAnswer, LiveEvent, WatchLive } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { SessionEndedError } from '../../session/sign-in.ts';
import { type LiveConnection, longestSilence, mostFailures, pauseBefore } from './live-connection.ts';
import { nextState } from './live-state.ts';
import { useVisible } from './use-visible.ts';

export type LiveQuestion = NonNullable<WatchLive['query']>;

export interface Live {
  /** Stays while the connection is made again; of the question that is asked, never of the one before. */
  readonly state: LiveAnswer | undefined;
  readonly connection: LiveConnection;
  /** Why it was given up. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** A refusal stays one however often it is asked; anything else may pass. */
const isFinal = (failure: unknown): boolean =>
  failure instanceof SessionEndedError ||
  (failure instanceof ConextError && failure.status >= 400 && failure.status < 500 && failure.status !== 429);

interface Seen {
  readonly asked: string;
  readonly state: LiveAnswer;
}

/** The live view as it goes on; a tab that nobody sees holds no connection. */
export function useLive(question: LiveQuestion): Live {
  const { client } = useApi();
  const visible = useVisible();
  const [seen, setSeen] = useState<Seen>();
  const [connection, setConnection] = useState<LiveConnection>('connecting');
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const asked = JSON.stringify(question);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` watches again.
  useEffect(() => {
    setError(undefined);
    if (!visible) {
      setConnection('paused');
      return;
    }
    setConnection('connecting');
    const leaving = new AbortController();
    const query = JSON.parse(asked) as LiveQuestion;
    void follow({
      open: (signal) => client.watchLive({ query }, { signal }),
      leaving: leaving.signal,
      take: (event) => {
        setConnection('live');
        setSeen((before) => {
          const state = nextState(before?.asked === asked ? before.state : undefined, event);
          return state === undefined ? before : { asked, state };
        });
      },
      broken: () => setConnection('reconnecting'),
      givenUp: (failure) => {
        setError(failure);
        setConnection('given-up');
      },
    });
    return () => leaving.abort();
  }, [client, asked, visible, attempt]);

  return {
    state: seen?.asked === asked ? seen.state : undefined,
    connection,
    error,
    retry: () => setAttempt((count) => count + 1),
  };
}

interface Following {
  readonly open: (signal: AbortSignal) => ReturnType<ConextClient['watchLive']>;
  readonly leaving: AbortSignal;
  readonly take: (event: LiveEvent) => void;
  readonly broken: () => void;
  readonly givenUp: (failure: unknown) => void;
}

/** One stream after the other until the page is left. The server ends each after some minutes, which is no failure. */
async function follow({ open, leaving, take, broken, givenUp }: Following): Promise<void> {
  let failures = 0;
  while (!leaving.aborted) {
    const silent = new AbortController();
    let watchdog = setTimeout(() => silent.abort(), longestSilence);
    let events = 0;
    try {
      for await (const event of open(AbortSignal.any([leaving, silent.signal]))) {
        if (leaving.aborted) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => silent.abort(), longestSilence);
        events += 1;
        failures = 0;
        take(event);
      }
      // A stream that says nothing and ends is asked for no more eagerly than one that fails.
      if (events === 0) failures += 1;
    } catch (failure) {
      if (leaving.aborted) return;
      failures += 1;
      if (isFinal(failure) || failures >= mostFailures) {
        givenUp(failure);
        return;
      }
    } finally {
      clearTimeout(watchdog);
    }
    if (leaving.aborted) return;
    if (failures >= mostFailures) {
      givenUp(new Error('The stream ended again and again without saying anything.'));
      return;
    }
    if (failures > 0) broken();
    await pause(pauseBefore(failures, Math.random()), leaving);
  }
}

const pause = (millis: number, leaving: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      leaving.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, millis);
    leaving.addEventListener('abort', done);
  });

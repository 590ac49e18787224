import { useEffect, useState } from 'react';
import { ConextError } from '../../../../sdks/javascript/src/errors.ts';
import type { LiveAnswer, WatchLive } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { applyEvent } from './apply-event.ts';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'paused';

export interface Live {
  readonly answer: LiveAnswer | undefined;
  readonly connection: Connection;
  /** Why watching was given up. */
  readonly error: unknown;
  readonly retry: () => void;
}

const mostFailures = 5;
/** What was refused is refused again; too many requests, a broken line and a fault of the other side pass. */
const isFinal = (failure: unknown): boolean =>
  failure instanceof ConextError && failure.status >= 400 && failure.status < 500 && failure.status !== 429;
/** Between two streams: longer after each that failed. */
const pauseMillis = (failures: number): number => Math.min(30_000, 1_000 * 2 ** failures);

/** Whether somebody can see the page: a hidden tab asks for nothing. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}

/** The live view as it changes. A stream ends by itself after some minutes and is opened again. */
export function useLive(query: NonNullable<WatchLive['query']>): Live {
  const { client } = useApi();
  const visible = useVisible();
  const [answer, setAnswer] = useState<LiveAnswer>();
  const [connection, setConnection] = useState<Connection>('connecting');
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const question = JSON.stringify(query);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` watches again.
  useEffect(() => {
    setError(undefined);
    if (!visible) {
      setConnection('paused');
      return;
    }
    const leaving = new AbortController();
    const { signal } = leaving;
    const watch = async (): Promise<void> => {
      for (let failures = 0; !signal.aborted; ) {
        try {
          for await (const event of client.watchLive({ query: JSON.parse(question) }, { signal })) {
            if (signal.aborted) return;
            failures = 0;
            setConnection('live');
            setAnswer((before) => applyEvent(before, event));
          }
        } catch (failure) {
          if (signal.aborted) return;
          failures += 1;
          if (failures >= mostFailures || isFinal(failure)) {
            setError(failure);
            return;
          }
        }
        if (signal.aborted) return;
        setConnection('reconnecting');
        await pause(pauseMillis(failures), signal);
      }
    };
    setConnection((before) => (before === 'paused' || before === 'live' ? 'reconnecting' : before));
    void watch();
    return () => leaving.abort();
  }, [client, question, visible, attempt]);

  return { answer, connection, error, retry: () => setAttempt((count) => count + 1) };
}

const pause = (millis: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

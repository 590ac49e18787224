import { useCallback, useEffect, useRef, useState } from 'react';
import type { ConextClient } from '../../../sdks/javascript/src/client.ts';
import { useApi } from './api-context.tsx';

export interface Query<T> {
  /** The last answer; of another question when `stale`. */
  readonly data: T | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  /** `data` answers the question before this one. */
  readonly stale: boolean;
  readonly reload: () => void;
}

interface State<T> {
  readonly key: string | undefined;
  readonly data: T | undefined;
  readonly error: unknown;
  readonly loading: boolean;
}

/**
 * Asks once for each `key`, shows what is known meanwhile, and asks again when the connection comes back. Without a key
 * nothing is asked.
 */
export function useQuery<T>(
  key: string | undefined,
  ask: (client: ConextClient, signal: AbortSignal) => Promise<T>,
): Query<T> {
  const { client, answers } = useApi();
  const [state, setState] = useState<State<T>>(() => ({
    key,
    data: key === undefined ? undefined : (answers.get(key) as T | undefined),
    error: undefined,
    loading: key !== undefined,
  }));
  const [attempt, setAttempt] = useState(0);
  const latestAsk = useRef(ask);
  latestAsk.current = ask;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again.
  useEffect(() => {
    if (key === undefined) return;
    const leaving = new AbortController();
    setState((before) => {
      const known = answers.get(key) as T | undefined;
      return known === undefined
        ? { ...before, error: undefined, loading: true }
        : { key, data: known, error: undefined, loading: true };
    });
    latestAsk.current(client, leaving.signal).then(
      (data) => {
        answers.set(key, data);
        if (!leaving.signal.aborted) setState({ key, data, error: undefined, loading: false });
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) setState((before) => ({ ...before, error, loading: false }));
      },
    );
    return () => leaving.abort();
  }, [key, attempt, client, answers]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  useEffect(() => {
    addEventListener('online', reload);
    return () => removeEventListener('online', reload);
  }, [reload]);

  return {
    data: state.data,
    error: state.error,
    loading: state.loading || (key !== undefined && state.key !== key && state.error === undefined),
    stale: state.data !== undefined && state.key !== key,
    reload,
  };
}

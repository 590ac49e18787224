import { useEffect, useRef, useState } from 'react';
import type { RunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { isFinished } from './run-words.ts';

/** A stream ends by itself after some minutes, and the longest load outlasts many of them. */
const mostStreams = 60;
const mostFailures = 5;

export interface RunProgress {
  readonly run: RunDetail | undefined;
  /** Why watching was given up; the run itself goes on. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** A run as it goes on: opens its stream again until the run is finished, then calls `done` once. */
export function useRunProgress(runId: string | undefined, done?: () => void): RunProgress {
  const { client } = useApi();
  const [run, setRun] = useState<RunDetail>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const latestDone = useRef(done);
  latestDone.current = done;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` watches again.
  useEffect(() => {
    setRun(undefined);
    setError(undefined);
    if (runId === undefined) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const watch = async (): Promise<void> => {
      for (let streams = 0, failures = 0; streams < mostStreams && !signal.aborted; streams += 1) {
        let last: RunDetail | undefined;
        try {
          for await (const detail of client.watchEtlRun({ path: { runId } }, { signal })) {
            if (signal.aborted) return;
            last = detail;
            failures = 0;
            setRun(detail);
          }
        } catch (failure) {
          failures += 1;
          if (signal.aborted) return;
          if (failures >= mostFailures) {
            setError(failure);
            return;
          }
        }
        if (last !== undefined && isFinished(last)) {
          latestDone.current?.();
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    };
    void watch();
    return () => leaving.abort();
  }, [client, runId, attempt]);

  return { run, error, retry: () => setAttempt((count) => count + 1) };
}

import { useState } from 'react';
import type { Run } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { ProgressTable, RunBar } from './run-progress-view.tsx';
import { isFinished } from './run-words.ts';
import { useRunProgress } from './use-run-progress.ts';

interface LoadNowProps {
  /** The newest runs, when they are known. */
  readonly runs: readonly Run[] | undefined;
  readonly started: () => void;
  readonly done: () => void;
}

/** Starts a data load and shows it go on; one that runs already is shown too. */
export function LoadNow({ runs, started, done }: LoadNowProps) {
  const { client } = useApi();
  const { role } = useSession();
  const may = useMay('pipelines.run');
  const [ownRunId, setOwnRunId] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [refusal, setRefusal] = useState<unknown>();
  const underWay = runs?.find((run) => !isFinished(run))?.id;
  const { state: run, error, retry } = useRunProgress(underWay ?? ownRunId, done);
  const busy = asking || (run !== undefined && !isFinished(run));

  const start = async (): Promise<void> => {
    setAsking(true);
    setRefusal(undefined);
    try {
      const { id } = await client.startEtlRun({ body: {} });
      setOwnRunId(id);
      started();
    } catch (failure) {
      setRefusal(failure);
    } finally {
      setAsking(false);
    }
  };
  return (
    <div className="load-now">
      <div className="load-now-action">
        <button
          type="button"
          className="button primary"
          disabled={!may || busy}
          aria-describedby="load-now-about"
          onClick={() => void start()}
        >
          {asking ? 'Starting…' : busy ? 'Loading…' : 'Load now'}
        </button>
        <p id="load-now-about" className="muted">
          {may
            ? 'Loads the look-back window of every enabled account again.'
            : `Your role (${role}) may see data loads but not start them. Ask an owner or manager of the workspace.`}
        </p>
      </div>
      {refusal !== undefined && (
        <ErrorPanel error={refusal} retry={() => void start()} what="The data load was not started" />
      )}
      {error !== undefined && <ErrorPanel error={error} retry={retry} what="The progress could not be followed" />}
      {run !== undefined && (
        <>
          <RunBar run={run} />
          <ProgressTable run={run} />
        </>
      )}
    </div>
  );
}

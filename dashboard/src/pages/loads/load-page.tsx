import { useQuery } from '../../api/use-query.ts';
import { duration, instant } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Link } from '../../routing/link.tsx';
import { QualityCounts } from '../quality/quality-counts.tsx';
import { QuarantinePanel } from './quarantine-panel.tsx';
import { RunActions } from './run-actions.tsx';
import { ProgressTable, RunBar } from './run-progress-view.tsx';
import { isFinished, runKind } from './run-words.ts';
import { useRunProgress } from './use-run-progress.ts';

/** One data load: followed while it runs, with what it refused and why. */
export function LoadPage({ runId }: { readonly runId: string }) {
  const asked = useQuery(`run ${runId}`, (client, signal) => client.getEtlRun({ path: { runId } }, { signal }));
  const live = useRunProgress(asked.data !== undefined && !isFinished(asked.data) ? runId : undefined, asked.reload);
  const run = live.state ?? asked.data;
  return (
    <>
      <Link href="/loads" className="back">
        <Icon name="back" /> All data loads
      </Link>
      <PageHead
        title={run === undefined ? 'Data load' : `Data load of ${instant(run.startedAt)}`}
        about={
          run === undefined
            ? undefined
            : `${runKind(run)} · ${run.finishedAt === null ? 'under way' : `took ${duration(run.startedAt, run.finishedAt)}`} · ${run.id}`
        }
      >
        {run !== undefined && (
          <RunActions
            run={run}
            accountIds={[...new Set(run.progress.flatMap(({ accountId }) => accountId ?? []))]}
            changed={asked.reload}
          />
        )}
      </PageHead>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The data load could not be shown" />
      )}
      {live.error !== undefined && (
        <ErrorPanel error={live.error} retry={live.retry} what="The progress could not be followed" />
      )}
      {run === undefined ? (
        asked.error === undefined && <Skeleton lines={6} what="the data load" />
      ) : (
        <>
          <section className="panel" aria-labelledby="progress">
            <h2 id="progress">Accounts</h2>
            <RunBar run={run} />
            {run.error !== null && <p className="fault">{run.error}</p>}
            <ProgressTable run={run} />
          </section>
          {run.quality !== null && (
            <section className="panel" aria-labelledby="checks">
              <div className="panel-head">
                <h2 id="checks">Checks of this load</h2>
                <Link href={`/quality?run=${run.id}`}>What they found</Link>
              </div>
              <QualityCounts counts={run.quality} />
            </section>
          )}
          <QuarantinePanel run={run} />
        </>
      )}
    </>
  );
}

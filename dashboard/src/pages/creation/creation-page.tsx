import type { GenerationRunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { PlatformMark } from '../../parts/platform-mark.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { changeStatus, personText } from '../changes/change-words.ts';
import { creationStatus, creativesText, decisionWords, isCancellable, isResumable } from './creation-words.ts';
import { DecisionForm } from './decision-form.tsx';
import { Gallery } from './gallery.tsx';
import { PlanView } from './plan-view.tsx';
import { StepList } from './step-list.tsx';
import { useCreation } from './use-creation.ts';

/** One run from a brief to campaigns: its steps, its plan, its ads, and the decision on them. */
export function CreationPage({ runId }: { readonly runId: string }) {
  const creation = useCreation(runId);
  const run = creation.data;
  return (
    <>
      <Link href="/briefs" className="back">
        <Icon name="back" /> Briefs and campaigns
      </Link>
      <PageHead
        title={run === undefined ? 'Campaigns from a brief' : `Campaigns for ${run.briefName}`}
        about={run === undefined ? undefined : `${creativesText(run)} · begun ${instant(run.startedAt)}`}
      >
        {run !== undefined && (
          <>
            <Status tone={creationStatus[run.status].tone}>{creationStatus[run.status].label}</Status>
            <RunActions run={run} changed={creation.reload} />
          </>
        )}
      </PageHead>
      {creation.error !== undefined && (
        <ErrorPanel error={creation.error} retry={creation.reload} what="The run could not be shown" />
      )}
      {creation.followed.error !== undefined && (
        <ErrorPanel
          error={creation.followed.error}
          retry={creation.followed.retry}
          what="The progress could not be followed"
        />
      )}
      {run === undefined ? (
        creation.error === undefined && <Skeleton lines={8} what="the run" />
      ) : (
        <>
          <section className="panel" aria-labelledby="progress">
            <h2 id="progress">Progress</h2>
            <StepList run={run} />
            {run.error !== null && <p className="fault">{run.error}</p>}
          </section>
          {run.status === 'awaiting-approval' && (
            <section className="panel" aria-labelledby="decision">
              <h2 id="decision">Your decision</h2>
              <DecisionForm key={run.round} run={run} decided={creation.show} />
            </section>
          )}
          {(run.changes.length > 0 || run.decisions.length > 0) && <Outcome run={run} />}
          {run.plan !== null && <PlanView plan={run.plan} research={run.research} />}
          {run.creatives.total > 0 && <Gallery key={run.round} run={run} changed={creation.reload} />}
        </>
      )}
    </>
  );
}

function RunActions({ run, changed }: { readonly run: GenerationRunDetail; readonly changed: () => void }) {
  const { client } = useApi();
  const may = useMay('creatives.write');
  const path = { runId: run.id };
  const cancel = useAction(async () => {
    await client.cancelGenerationRun({ path });
    changed();
  });
  const resume = useAction(async () => {
    await client.resumeGenerationRun({ path });
    changed();
  });
  if (!may) return null;
  return (
    <>
      {isCancellable(run) && (
        <ConfirmButton
          label="Cancel"
          title="Cancel this run?"
          confirm="Cancel the run"
          disabled={cancel.busy}
          act={() => void cancel.run()}
        >
          <p>Nothing is launched. What it has made stays to be looked at, and the run can be resumed.</p>
        </ConfirmButton>
      )}
      {isResumable(run) && (
        <button type="button" className="button" disabled={resume.busy} onClick={() => void resume.run()}>
          {resume.busy ? 'Resuming…' : 'Go on from there'}
        </button>
      )}
      {(cancel.error ?? resume.error) !== undefined && (
        <ErrorPanel
          error={cancel.error ?? resume.error}
          retry={cancel.error === undefined ? resume.again : cancel.again}
          what="It was refused"
        />
      )}
    </>
  );
}

/** What was decided, and what became of it: a change request for each campaign. */
function Outcome({ run }: { readonly run: GenerationRunDetail }) {
  const { subject } = useApi();
  return (
    <section className="panel" aria-labelledby="outcome">
      <h2 id="outcome">What was decided</h2>
      <ul className="plain">
        {run.decisions.map(({ round, decision, comment, decidedBy, decidedAt }) => (
          <li key={`${round} ${decidedAt}`}>
            Round {round}: <strong>{decisionWords[decision]}</strong> by{' '}
            <span title={decidedBy}>{personText(decidedBy, subject)}</span>, {instant(decidedAt)}
            {comment !== null && (
              <>
                {' '}
                · <q>{comment}</q>
              </>
            )}
          </li>
        ))}
      </ul>
      {run.changes.length > 0 && (
        <>
          <p className="muted">{counted(run.changes.length, 'change')}, one for each campaign:</p>
          <ul className="plain">
            {run.changes.map(({ accountId, platform, changeId, status, note }) => (
              <li key={`${accountId} ${changeId} ${note}`}>
                <PlatformMark platform={platform} />{' '}
                {changeId === null ? null : <Link href={`/changes/${changeId}`}>Open the change</Link>}{' '}
                {status !== null && <Status tone={changeStatus[status].tone}>{changeStatus[status].label}</Status>}
                {note !== null && <span className="muted second-line">{note}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

import type { Run } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { counted } from '../../format/plural.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { navigate } from '../../routing/location.ts';
import { isFinished, isResumable } from './run-words.ts';

interface RunActionsProps {
  readonly run: Run;
  readonly accountIds: readonly string[];
  /** The run is another one now: read it again. */
  readonly changed: () => void;
}

/** What may be done with a run: end it, go on with it, or make its facts again from the answers that are kept. */
export function RunActions({ run, accountIds, changed }: RunActionsProps) {
  const { client } = useApi();
  const may = useMay('pipelines.run');
  const path = { runId: run.id };
  const cancel = useAction(async () => {
    await client.cancelEtlRun({ path });
    changed();
  });
  const resume = useAction(async () => {
    await client.resumeEtlRun({ path });
    changed();
  });
  const reprocess = useAction(async (from: string) => {
    const { id } = await client.startEtlRun({
      body: {
        mode: 'reprocess',
        from,
        ...(run.to !== null && { to: run.to }),
        ...(accountIds.length > 0 && accountIds.length <= mostAccounts && { accountIds }),
      },
    });
    navigate(`/loads/${id}`);
  });
  if (!may) return null;
  const { from } = run;
  return (
    <>
      <div className="actions">
        {!isFinished(run) && (
          <ConfirmButton
            label={cancel.busy ? 'Cancelling…' : 'Cancel load'}
            disabled={cancel.busy}
            title="Cancel this load?"
            confirm="Cancel load"
            act={() => void cancel.run()}
          >
            <p>What is loaded stays. You can resume the rest later.</p>
          </ConfirmButton>
        )}
        {isResumable(run) && (
          <button type="button" className="button" disabled={resume.busy} onClick={() => void resume.run()}>
            {resume.busy ? 'Resuming…' : 'Resume'}
          </button>
        )}
        {isFinished(run) && from !== null && (
          <ConfirmButton
            label={reprocess.busy ? 'Starting…' : 'Reprocess'}
            disabled={reprocess.busy}
            title="Make these facts again?"
            confirm="Reprocess"
            act={() => void reprocess.run(from)}
          >
            <p>
              A new load reads the kept answers of {counted(accountIds.length, 'account')} and replaces the facts of the
              same days. No platform is called.
            </p>
          </ConfirmButton>
        )}
      </div>
      {[
        { action: cancel, what: 'The load was not cancelled' },
        { action: resume, what: 'The load was not resumed' },
        { action: reprocess, what: 'The facts are not being made again' },
      ].map(
        ({ action, what }) =>
          action.error !== undefined && <ErrorPanel key={what} error={action.error} retry={action.again} what={what} />,
      )}
    </>
  );
}

/** The API takes so many by name; a load of more was of all accounts. */
const mostAccounts = 500;

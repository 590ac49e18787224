import { type SubmitEvent, useState } from 'react';
import type { GenerationRunDetail, RunDecision } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';

interface DecisionFormProps {
  readonly run: GenerationRunDetail;
  readonly decided: (run: GenerationRunDetail) => void;
}

type Decision = RunDecision['decision'];

const words: Readonly<Record<Decision, { readonly label: string; readonly busy: string }>> = {
  approve: { label: 'Approve', busy: 'Approving…' },
  'send-back': { label: 'Send back', busy: 'Sending back…' },
  reject: { label: 'Reject', busy: 'Rejecting…' },
};

/** What approving would do, in a sentence. */
export function approvalText({
  creatives: { total, blocked },
  launch,
}: Pick<GenerationRunDetail, 'creatives' | 'launch'>): string {
  const ready = total - blocked;
  return [
    `Approving hands ${counted(ready, 'ad')} over as changes, which guardrails look at once more; the campaigns begin ${launch === 'paused' ? 'paused' : 'live and may spend'}.`,
    ...(blocked > 0
      ? [`${counted(blocked, 'ad')} that must be mended ${blocked === 1 ? 'stays' : 'stay'} out of it.`]
      : []),
  ].join(' ');
}

/** Approve, send back with a comment, or reject; said who may and until when. */
export function DecisionForm({ run, decided }: DecisionFormProps) {
  const { client } = useApi();
  const { role } = useSession();
  const may = useMay('creatives.approve');
  const [comment, setComment] = useState('');
  const [taken, setTaken] = useState<Decision>('approve');
  const [missing, setMissing] = useState(false);
  /** The key is given once for a decision: trying it again decides nothing twice. */
  const act = useAction(async (decision: Decision, said: string, idempotencyKey: string) => {
    const body = { decision, ...(said !== '' && { comment: said }) };
    decided(await client.decideGenerationRun({ path: { runId: run.id }, body }, { idempotencyKey }));
  });
  if (!may) {
    return (
      <p className="muted">
        Your role ({role}) may see these ads but not decide on them. Ask an owner or manager of the workspace.
      </p>
    );
  }
  const take = (decision: Decision): void => {
    const said = comment.trim();
    setMissing(decision === 'send-back' && said === '');
    if (decision === 'send-back' && said === '') return;
    setTaken(decision);
    void act.run(decision, said, crypto.randomUUID());
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    take('approve');
  };
  const ready = run.creatives.total - run.creatives.blocked;
  const button = (decision: Decision) => (
    <button
      type={decision === 'approve' ? 'submit' : 'button'}
      className={decision === 'approve' ? 'button primary' : 'button'}
      disabled={act.busy || (decision === 'approve' && ready === 0)}
      onClick={decision === 'approve' ? undefined : () => take(decision)}
    >
      {act.busy && taken === decision ? words[decision].busy : words[decision].label}
    </button>
  );
  return (
    <form className="change-actions" onSubmit={submit} aria-label="Decision">
      <p>{approvalText(run)}</p>
      <label className="field">
        <span>A comment (needed to send back: what should be different)</span>
        <input
          type="text"
          maxLength={1000}
          value={comment}
          aria-invalid={missing}
          onChange={({ target }) => {
            setComment(target.value);
            setMissing(false);
          }}
        />
      </label>
      {missing && (
        <p className="fault" role="alert">
          Say what should be different, so that whoever looks at the next round knows.
        </p>
      )}
      <div className="actions">
        {button('approve')}
        {button('send-back')}
        {button('reject')}
      </div>
      {run.expiresAt !== null && <p className="muted">To be decided until {instant(run.expiresAt)}.</p>}
      {act.error !== undefined && <ErrorPanel error={act.error} retry={act.again} what="Nothing was decided" />}
    </form>
  );
}

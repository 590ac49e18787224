import { type SubmitEvent, useState } from 'react';
import type { ChangeDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay, useSession } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { useQuery } from '../../api/use-query.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { type Decision, offersOf } from './decisions.ts';
import { spokenRefusal } from './refusal.ts';

interface ChangeActionsProps {
  readonly change: ChangeDetail & { readonly id: string };
  /** What a decision made of the change. */
  readonly decided: (change: ChangeDetail) => void;
  /** The change that undoes it is previewed. */
  readonly undone: (undoing: ChangeDetail) => void;
  /** It was refused: what is shown may be old. */
  readonly refused: () => void;
}

interface Words {
  readonly label: string;
  readonly busy: string;
  readonly failed: string;
}

const words: Readonly<Record<Decision, Words>> = {
  confirm: { label: 'Confirm and apply', busy: 'Confirming…', failed: 'The change was not confirmed' },
  approve: { label: 'Approve and apply', busy: 'Approving…', failed: 'The change was not approved' },
  discard: { label: 'Discard', busy: 'Discarding…', failed: 'The change was not discarded' },
  resume: { label: 'Try again what failed', busy: 'Resuming…', failed: 'The change was not resumed' },
  undo: { label: 'Undo', busy: 'Previewing…', failed: 'The undoing could not be previewed' },
};

/** What may be done with a change where it stands, by whoever looks, and why something may not. */
export function ChangeActions({ change, decided, undone, refused }: ChangeActionsProps) {
  const { client, subject } = useApi();
  const { role } = useSession();
  const looker = { subject, role, mayWrite: useMay('changes.write'), mayApprove: useMay('changes.approve') };
  const maySeePolicy = useMay('guardrails.read');
  const waits = change.status === 'awaiting-approval';
  const policy = useQuery(waits && maySeePolicy ? 'guardrails' : undefined, (asking, signal) =>
    asking.getGuardrails({}, { signal }),
  );
  const offers = offersOf(change, looker, policy.data?.policy.approval);
  const [comment, setComment] = useState('');

  /** The key is given once for a decision: trying it again decides nothing twice. */
  const act = useAction(async (decision: Decision, said: string, idempotencyKey: string) => {
    const path = { changeId: change.id };
    const options = { idempotencyKey };
    const body = said === '' ? {} : { comment: said };
    try {
      switch (decision) {
        case 'confirm':
          return decided(await client.confirmChange({ path, body }, options));
        case 'approve':
          return decided(await client.approveChange({ path, body }, options));
        case 'discard':
          return decided(await client.discardChange({ path, body }, options));
        case 'resume':
          return decided(await client.resumeChange({ path, body }, options));
        case 'undo':
          return undone(
            await client.undoChange(
              { path, body: { reason: said === '' ? `Undo: ${change.reason}`.slice(0, 1000) : said } },
              options,
            ),
          );
      }
    } catch (error) {
      refused();
      throw spokenRefusal(error, change.operations);
    }
  });
  const [taken, setTaken] = useState<Decision>('confirm');
  const take = (decision: Decision): void => {
    setTaken(decision);
    void act.run(decision, comment.trim(), crypto.randomUUID());
  };
  if (offers.length === 0) return null;
  const free = offers.filter(({ refusal }) => refusal === undefined);
  const first = free[0]?.decision;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (first !== undefined) take(first);
  };
  return (
    <form className="change-actions" onSubmit={submit} aria-label="Decision">
      {free.length > 0 && (
        <label className="field">
          <span>A word for the audit trail (may be left empty)</span>
          <input type="text" maxLength={1000} value={comment} onChange={({ target }) => setComment(target.value)} />
        </label>
      )}
      <div className="actions">
        {offers.map(({ decision, refusal }, index) => (
          <button
            key={decision}
            type={decision === first ? 'submit' : 'button'}
            className={index === 0 && decision !== 'undo' ? 'button primary' : 'button'}
            disabled={refusal !== undefined || act.busy}
            onClick={decision === first ? undefined : () => take(decision)}
          >
            {act.busy && decision === taken ? words[decision].busy : words[decision].label}
          </button>
        ))}
      </div>
      {[...new Set(offers.flatMap(({ refusal }) => refusal ?? []))].map((refusal) => (
        <p key={refusal} className="muted">
          {refusal}
        </p>
      ))}
      {act.error !== undefined && <ErrorPanel error={act.error} retry={act.again} what={words[taken].failed} />}
    </form>
  );
}

import { type SubmitEvent, useId, useState } from 'react';
import type { Review } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { reasonFault } from './review-words.ts';

type Decision = 'approve' | 'reject' | 'escalate';
const labels: Readonly<Record<Decision, string>> = {
  approve: 'Let it pass',
  reject: 'Reject',
  escalate: 'Hand to an owner',
};

/** Take it, decide with a reason, or hand it on. Nobody has to take it first: that only keeps others away meanwhile. */
export function ReviewForm({ review, changed }: { readonly review: Review; readonly changed: () => void }) {
  const { client } = useApi();
  const path = { reviewId: review.id };
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const [deed, setDeed] = useState('');
  const faultId = useId();
  const act = useAction(async (work: () => Promise<Review>) => {
    await work();
    changed();
  });
  const decide = (decision: Decision): void => {
    const missing = reasonFault(reason);
    setFault(missing);
    if (missing !== undefined) return;
    setDeed('Nothing was decided');
    void act.run(() => client.decideReview({ path, body: { decision, reason: reason.trim() } }));
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    decide('approve');
  };
  const claim = (): void => {
    setDeed('The review could not be taken');
    void act.run(() => client.claimReview({ path }));
  };
  const release = (): void => {
    setDeed('The review could not be given back');
    void act.run(() => client.releaseReview({ path }));
  };
  return (
    <form className="change-actions" onSubmit={submit}>
      <label className="field">
        <span>Why</span>
        <input
          type="text"
          maxLength={1000}
          value={reason}
          aria-invalid={fault !== undefined}
          aria-describedby={fault === undefined ? undefined : faultId}
          onChange={({ target }) => {
            setReason(target.value);
            setFault(undefined);
          }}
        />
      </label>
      {fault !== undefined && (
        <p className="fault" role="alert" id={faultId}>
          {fault}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={act.busy}>
          {labels.approve}
        </button>
        <button type="button" className="button" disabled={act.busy} onClick={() => decide('reject')}>
          {labels.reject}
        </button>
        {!review.escalated && (
          <button type="button" className="button" disabled={act.busy} onClick={() => decide('escalate')}>
            {labels.escalate}
          </button>
        )}
        {review.claim === null ? (
          <button type="button" className="button quiet" disabled={act.busy} onClick={claim}>
            Take it for 15 minutes
          </button>
        ) : (
          <button type="button" className="button quiet" disabled={act.busy} onClick={release}>
            Give it back
          </button>
        )}
      </div>
      {act.error !== undefined && <ErrorPanel error={act.error} retry={act.again} what={deed} />}
    </form>
  );
}

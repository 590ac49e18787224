import type { Account } from '../../../../sdks/javascript/src/generated/api.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { navigate } from '../../routing/location.ts';
import { ChangeActions } from '../changes/change-actions.tsx';
import { ChangeBody } from '../changes/change-body.tsx';
import { ApplyProgress } from '../changes/change-page.tsx';
import { changeStatus, isUnderWay } from '../changes/change-words.ts';
import { useChange } from '../changes/use-change.ts';

interface EditPreviewProps {
  readonly changeId: string;
  readonly accounts: readonly Account[];
  /** It is on its way. */
  readonly confirmed: () => void;
  readonly close: () => void;
}

/** What an edit would do and, once it is confirmed, what becomes of it. */
export function EditPreview({ changeId, accounts, confirmed, close }: EditPreviewProps) {
  const asked = useChange(changeId);
  const change = asked.data;
  if (change === undefined) {
    return asked.error === undefined ? null : (
      <ErrorPanel error={asked.error} retry={asked.reload} what="The change could not be shown" />
    );
  }
  const { label, tone } = changeStatus[change.status];
  const atOnce = change.status !== 'previewed' && change.operations.every(({ spend }) => spend === 'decrease');
  return (
    <>
      <p>
        {!isUnderWay(change) && <Status tone={tone}>{label}</Status>}{' '}
        <span className="muted">
          {change.status === 'previewed' && 'Nothing is written yet. '}
          {change.status === 'applied' && atOnce && 'It only spends less. '}
          <Link href={`/changes/${changeId}`}>Open it as a page</Link>
        </span>
      </p>
      <ApplyProgress change={change} left={asked.left} follow={asked.follow} />
      <ChangeBody change={change} accounts={accounts} />
      <div className="panel-foot">
        <ChangeActions
          key={change.status}
          change={{ ...change, id: changeId }}
          decided={(now) => {
            asked.show(now);
            if (now.status !== 'discarded') confirmed();
          }}
          undone={({ id }) => navigate(`/changes/${id ?? ''}`)}
          refused={asked.reload}
        />
        <button type="button" className="button" onClick={close}>
          Close
        </button>
      </div>
    </>
  );
}

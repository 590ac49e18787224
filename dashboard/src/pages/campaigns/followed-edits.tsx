import { useEffect, useRef } from 'react';
import { Icon } from '../../parts/icon.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { changeStatus } from '../changes/change-words.ts';
import { useChange } from '../changes/use-change.ts';
import { reasonOf } from './campaign-edits.ts';
import type { FollowedEdit } from './use-campaign-edits.ts';

interface FollowedEditsProps {
  readonly followed: readonly FollowedEdit[];
  readonly ended: (changeId: string, applied: boolean) => void;
  readonly dismiss: (changeId: string) => void;
}

/** What became of the edits of this visit, said aloud as it changes. */
export function FollowedEdits({ followed, ended, dismiss }: FollowedEditsProps) {
  return (
    <div className="followed" role="status" aria-label="Changes under way">
      {followed.map((one) => (
        <Followed key={one.changeId} one={one} ended={ended} dismiss={dismiss} />
      ))}
    </div>
  );
}

interface FollowedProps extends Omit<FollowedEditsProps, 'followed'> {
  readonly one: FollowedEdit;
}

function Followed({ one, ended, dismiss }: FollowedProps) {
  const { changeId, row, edit } = one;
  const { data, left, follow } = useChange(changeId);
  const status = data?.status;
  const latestEnded = useRef(ended);
  latestEnded.current = ended;
  useEffect(() => {
    if (status !== undefined && status !== 'applying') latestEnded.current(changeId, status === 'applied');
  }, [changeId, status]);
  const told = status === undefined ? changeStatus.applying : changeStatus[status];
  const [operation] = data?.operations ?? [];
  const why =
    operation?.error?.reason ??
    (operation?.conflict == null ? undefined : 'Somebody changed it on the platform meanwhile.');
  return (
    <div>
      <Status tone={told.tone}>{told.label}</Status>
      <span>
        {reasonOf(row, edit)}
        {why !== undefined && <span className="fault second-line">{why}</span>}
        {left && <span className="muted second-line">It takes longer than usual; it goes on by itself.</span>}
      </span>
      <span className="actions">
        {left && (
          <button type="button" className="button quiet" onClick={follow}>
            Look again
          </button>
        )}
        <Link href={`/changes/${changeId}`}>{status === 'applied' ? 'See or undo it' : 'See it'}</Link>
        {status !== undefined && status !== 'applying' && (
          <button
            type="button"
            className="button quiet"
            aria-label={`Take away: ${reasonOf(row, edit)}`}
            onClick={() => dismiss(changeId)}
          >
            <Icon name="close" />
          </button>
        )}
      </span>
    </div>
  );
}

import type { ReactNode } from 'react';
import type { ChangeDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi, useMay } from '../../api/api-context.tsx';
import { useAccounts } from '../../api/use-accounts.ts';
import { instant } from '../../format/times.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { Status } from '../../parts/status.tsx';
import { Link } from '../../routing/link.tsx';
import { navigate } from '../../routing/location.ts';
import { ChangeActions } from './change-actions.tsx';
import { ChangeBody } from './change-body.tsx';
import { changeStatus, isUnderWay, operationsText, personText } from './change-words.ts';
import { useChange } from './use-change.ts';

/** One change: its preview, the decisions that may be taken on it, and what became of each operation. */
export function ChangePage({ changeId }: { readonly changeId: string }) {
  const asked = useChange(changeId);
  const accounts = useAccounts();
  const change = asked.data;
  return (
    <>
      <Link href="/changes" className="back">
        <Icon name="back" /> All changes
      </Link>
      <PageHead
        title={change === undefined ? 'Change' : change.reason}
        about={change === undefined ? undefined : operationsText(change)}
      >
        {change !== undefined && (
          <Status tone={changeStatus[change.status].tone}>{changeStatus[change.status].label}</Status>
        )}
      </PageHead>
      {asked.error !== undefined && (
        <ErrorPanel error={asked.error} retry={asked.reload} what="The change could not be shown" />
      )}
      {change === undefined ? (
        asked.error === undefined && <Skeleton lines={8} what="the change" />
      ) : (
        <>
          <section className="panel" aria-labelledby="standing">
            <h2 id="standing">Where it stands</h2>
            <Standing change={change} />
            <ApplyProgress change={change} left={asked.left} follow={asked.follow} />
            {change.id !== null && (
              <ChangeActions
                key={change.status}
                change={{ ...change, id: change.id }}
                decided={asked.show}
                undone={({ id }) => navigate(`/changes/${id ?? ''}`)}
                refused={asked.reload}
              />
            )}
          </section>
          <ChangeBody change={change} accounts={accounts.data} />
        </>
      )}
    </>
  );
}

/** Who did what with it, and when. */
function Standing({ change }: { readonly change: ChangeDetail }) {
  const { subject } = useApi();
  const mayAudit = useMay('audit.read');
  const by = (who: string | null, at: string | null) =>
    at === null ? null : (
      <>
        {who !== null && <span title={who}>{personText(who, subject)}</span>}
        {who !== null && ', '}
        {instant(at)}
      </>
    );
  const open = change.status === 'previewed' || change.status === 'awaiting-approval';
  return (
    <dl className="facts">
      <Fact label="Asked for by">{by(change.createdBy, change.createdAt)}</Fact>
      <Fact label="Confirmed by">{by(change.decidedBy, change.decidedAt)}</Fact>
      <Fact label="Approved by">{by(change.approvedBy, change.approvedAt)}</Fact>
      <Fact label={change.status === 'discarded' ? 'Discarded' : 'Finished'}>{by(null, change.finishedAt)}</Fact>
      <Fact label={change.status === 'previewed' ? 'To be confirmed until' : 'To be approved until'}>
        {open ? by(null, change.expiresAt) : null}
      </Fact>
      <Fact label="It undoes">
        {change.undoOf === null ? null : <Link href={`/changes/${change.undoOf}`}>an earlier change</Link>}
      </Fact>
      <Fact label="Undone by">
        {change.undoneBy === null ? null : <Link href={`/changes/${change.undoneBy}`}>a later change</Link>}
      </Fact>
      <Fact label="Request">
        <code>{change.requestId}</code>
        {mayAudit && change.id !== null && (
          <>
            {' '}
            · <Link href={`/audit?change=${change.id}`}>audit trail</Link>
          </>
        )}
      </Fact>
    </dl>
  );
}

/** Nothing where there is nothing to tell. */
function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return children === null ? null : (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ApplyProgressProps {
  readonly change: ChangeDetail;
  readonly left: boolean;
  readonly follow: () => void;
}

const ended: ReadonlySet<string> = new Set(['applied', 'failed', 'conflict', 'unknown', 'blocked']);

/** How far the applying has come; said aloud as it goes on. */
export function ApplyProgress({ change, left, follow }: ApplyProgressProps) {
  const total = change.operations.length;
  const done = change.operations.filter(({ status }) => ended.has(status)).length;
  const underWay = isUnderWay(change);
  return (
    <div role="status">
      {underWay && (
        <div className="run-bar">
          <Status tone="busy">Being applied</Status>
          <progress value={done} max={total} aria-label="Operations that are over" />
          <span className="muted">
            {done} of {total}
          </span>
        </div>
      )}
      {left && (
        <p className="note">
          <Icon name="alert" />
          <span>
            It takes longer than usual: the platform may permit no more calls for a while. It goes on by itself.
          </span>
          <button type="button" className="button" onClick={follow}>
            Look again
          </button>
        </p>
      )}
    </div>
  );
}

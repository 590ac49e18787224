import { useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { describeError } from '../../api/describe-error.ts';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { useOnline } from '../../parts/use-online.ts';
import { Link } from '../../routing/link.tsx';
import { navigate, useLocation } from '../../routing/location.ts';
import { readReturn } from './authorize.ts';

/** Where a platform sends the browser back to: hands the code over once and goes on to the list. */
export function CallbackPage() {
  const { client, answers } = useApi();
  const { search } = useLocation();
  const [back] = useState(() => readReturn(search));
  const [failure, setFailure] = useState<unknown>();
  const online = useOnline();
  const begun = useRef(false);
  useEffect(() => {
    if (back.kind !== 'code' || begun.current) return;
    begun.current = true;
    // A code is good once and belongs in no history.
    history.replaceState(null, '', location.pathname);
    client.completeAuthorization({ body: { state: back.state, code: back.code } }).then(
      ({ id }) => {
        answers.delete('connections');
        navigate(`/connections?authorized=${encodeURIComponent(id)}`, { replace: true });
      },
      (error: unknown) => setFailure(error),
    );
  }, [back, client, answers]);
  const told = failure === undefined ? undefined : describeError(failure, online);
  const reason =
    back.kind === 'refused'
      ? `The platform did not grant access: ${back.reason}`
      : back.kind === 'unreadable'
        ? 'The platform sent the browser back without a code. Start again from the connections.'
        : undefined;
  return (
    <>
      <PageHead title="Authorize a connection" />
      {reason === undefined && told === undefined ? (
        <p role="status">Handing over what the platform granted…</p>
      ) : (
        <div className="error-panel" role="alert">
          <Icon name="alert" />
          <div>
            <p className="error-title">Nothing was connected{told === undefined ? '' : `: ${told.title}`}</p>
            <p>{reason ?? told?.detail}</p>
            {told?.requestId !== undefined && (
              <p className="muted">
                Request <code>{told.requestId}</code>
              </p>
            )}
          </div>
          <Link className="button" href="/connections">
            Back to the connections
          </Link>
        </div>
      )}
    </>
  );
}

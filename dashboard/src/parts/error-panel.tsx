import { useApi } from '../api/api-context.tsx';
import { describeError } from '../api/describe-error.ts';
import { Icon } from './icon.tsx';
import { useOnline } from './use-online.ts';

interface ErrorPanelProps {
  readonly error: unknown;
  readonly retry: () => void;
  /** What could not be shown: `The campaigns could not be loaded`. */
  readonly what: string;
}

/** What went wrong, the request to quote, and the way on. */
export function ErrorPanel({ error, retry, what }: ErrorPanelProps) {
  const { signIn } = useApi();
  const told = describeError(error, useOnline());
  return (
    <div className="error-panel" role="alert">
      <Icon name="alert" />
      <div>
        <p className="error-title">
          {what}: {told.title}
        </p>
        {told.detail !== undefined && <p>{told.detail}</p>}
        {told.requestId !== undefined && (
          <p className="muted">
            Request <code>{told.requestId}</code>
          </p>
        )}
      </div>
      {told.kind === 'session-ended' ? (
        <button type="button" className="button primary" onClick={() => void signIn.signIn()}>
          Sign in again
        </button>
      ) : (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

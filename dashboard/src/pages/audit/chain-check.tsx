import { useState } from 'react';
import type { AuditVerification } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { useAction } from '../../api/use-action.ts';
import { counted } from '../../format/plural.ts';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { Icon } from '../../parts/icon.tsx';

/** Has the chain of hashes worked out again, from the first entry to the last. */
export function ChainCheck() {
  const { client } = useApi();
  const [found, setFound] = useState<AuditVerification>();
  const check = useAction(async () => {
    setFound(undefined);
    setFound(await client.verifyAudit());
  });
  return (
    <>
      <div className="load-now-action">
        <button type="button" className="button" disabled={check.busy} onClick={() => void check.run()}>
          {check.busy ? 'Checking…' : 'Check that it is whole'}
        </button>
        <p className="muted">
          Each entry holds the hash of the one before: whatever was altered, taken away or moved is found.
        </p>
      </div>
      {check.error !== undefined && (
        <ErrorPanel error={check.error} retry={check.again} what="The audit trail was not checked" />
      )}
      <div role="status">{found !== undefined && <Finding found={found} />}</div>
    </>
  );
}

function Finding({ found: { valid, entries, head, faults, faultCount } }: { readonly found: AuditVerification }) {
  if (valid) {
    return (
      <p className="note good">
        <span>
          Whole: {counted(entries, 'entry', 'entries')}.
          {head !== null && (
            <>
              {' '}
              Note the head elsewhere to prove it later: {head.sequence}, <code className="hash">{head.hash}</code>
            </>
          )}
        </span>
      </p>
    );
  }
  return (
    <div className="note bad">
      <Icon name="alert" />
      <div>
        <p className="primary-text">Not whole: {counted(faultCount, 'fault')}</p>
        {faults.map(({ kind, sequence, message }) => (
          <p key={`${kind} ${sequence}`}>
            Entry {sequence}, {kind}: {message}
          </p>
        ))}
      </div>
    </div>
  );
}

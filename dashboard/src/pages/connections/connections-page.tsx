import { useState } from 'react';
import type { RemovedConnection } from '../../../../sdks/javascript/src/generated/api.ts';
import { useMay, useSession } from '../../api/api-context.tsx';
import { useQuery } from '../../api/use-query.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorPanel } from '../../parts/error-panel.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { Skeleton } from '../../parts/skeleton.tsx';
import { useLocation } from '../../routing/location.ts';
import { ConnectForm } from './connect-form.tsx';
import { ConnectionPanel } from './connection-panel.tsx';

const revocations: Readonly<Record<RemovedConnection['revocation'], string>> = {
  revoked: 'The platform took the access back.',
  'not-supported': 'The platform takes no access back by itself: remove the app in the platform’s own settings.',
  failed: 'The platform did not take the access back: remove the app in the platform’s own settings.',
};

/** Grants to read accounts of the platforms: made, watched, renewed and removed. */
export function ConnectionsPage() {
  const may = useMay('connections.read');
  const mayWrite = useMay('connections.write');
  const { role } = useSession();
  const { search } = useLocation();
  const authorized = new URLSearchParams(search).get('authorized');
  const [gone, setGone] = useState<RemovedConnection>();
  const asked = useQuery(may ? 'connections' : undefined, (client, signal) => client.listConnections({}, { signal }));
  const made = asked.data?.items.find(({ id }) => id === authorized);
  return (
    <>
      <PageHead title="Connections" about="What may be read at the platforms, and how it fares" />
      <div role="status">
        {made !== undefined && gone === undefined && (
          <p className="note good">{made.name} is authorized. Its accounts are found with the next data load.</p>
        )}
        {gone !== undefined && (
          <p className="note good">
            The connection is removed; {counted(gone.accountsDisabled, 'account')} will not be loaded any more.{' '}
            {revocations[gone.revocation]} An operator can restore the credentials until{' '}
            {instant(gone.credentialsDeletedAt)}.
          </p>
        )}
      </div>
      {!may ? (
        <Empty title="Your role does not see connections">
          <p>You are a {role} of this workspace. An owner or manager can change that.</p>
        </Empty>
      ) : (
        <>
          {asked.error !== undefined && (
            <ErrorPanel error={asked.error} retry={asked.reload} what="The connections could not be listed" />
          )}
          {asked.data === undefined ? (
            asked.error === undefined && <Skeleton lines={6} what="the connections" />
          ) : asked.data.items.length === 0 ? (
            <Empty title="No connection yet">
              <p>Sign in at a platform below; its accounts are then loaded every hour.</p>
            </Empty>
          ) : (
            asked.data.items.map((connection) => (
              <ConnectionPanel
                key={connection.id}
                connection={connection}
                changed={asked.reload}
                removed={(what) => {
                  setGone(what);
                  asked.reload();
                }}
              />
            ))
          )}
          {mayWrite && (
            <section className="panel" aria-labelledby="connect">
              <h2 id="connect">Connect a platform</h2>
              <ConnectForm />
            </section>
          )}
        </>
      )}
    </>
  );
}

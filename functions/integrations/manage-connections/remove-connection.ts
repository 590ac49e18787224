import { setTimeout as wait } from 'node:timers/promises';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { revocations } from '../../../contracts/schemas/connections.ts';
import { type ConnectionPorts, noConnection } from './ports.ts';

/**
 * Takes the grant back where the platform can, lets the credentials expire, disables the accounts it reached and hides the
 * connection. Facts and structure stay. Repeating it after a failure goes on.
 */
export async function removeConnection(ports: ConnectionPorts, workspaceId: string, id: string) {
  const { workspace, accounts } = ports.stores.forWorkspace(workspaceId);
  const connection = await workspace.connection(id);
  if (connection === undefined) throw noConnection(id);
  const revocation = await revoke(ports, connection);
  const credentialsDeletedAt = new Date(await ports.keeping.retire(id, ports.now())).toISOString();
  let accountsDisabled = 0;
  for (const { lastLoadedAt: _, lastError: __, throughDate: ___, ...account } of await accounts.all()) {
    if (account.connectionId !== id || account.status === 'disabled') continue;
    await accounts.upsert({ ...account, status: 'disabled' });
    accountsDisabled += 1;
  }
  await workspace.putConnection({ ...connection, removedAt: new Date(ports.now()).toISOString() });
  return { id, revocation, credentialsDeletedAt, accountsDisabled };
}

/** A platform that throttles by the second takes the same call a little later; repeating a revocation changes nothing. */
const revocationAttempts = 3;
const revocationPauseMs = 1_200;

/** A platform that does not answer keeps nobody from removing a connection: the answer says that the grant may still stand. */
async function revoke(ports: ConnectionPorts, connection: ConnectionRecord): Promise<(typeof revocations)[number]> {
  const { revocation } = ports.authorizationOf(connection.platform);
  if (revocation === undefined) return 'not-supported';
  try {
    const credentials = await ports.secrets.connection(connection.id, connection.platform);
    const endpoints = await ports.endpointsOf(connection.platform);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ports.oauth.ask(revocation.request({ app: credentials, credentials, endpoints }));
      if (revocation.done(answer)) return 'revoked';
      if (attempt === revocationAttempts) return 'failed';
      await wait(revocationPauseMs);
    }
  } catch (error) {
    ports.telemetry.error('a grant was not revoked', error, { connectionId: connection.id });
    return 'failed';
  }
}

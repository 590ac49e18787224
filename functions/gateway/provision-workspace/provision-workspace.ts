import type { ConnectionSecrets } from '../../../adapters/connection-secrets.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import type { ProvisionedWorkspace, ProvisionWorkspace } from '../../../contracts/provisioning.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';

export interface ProvisioningPorts {
  readonly stores: Stores<'workspace', 'identity'>;
  readonly secrets: ConnectionSecrets;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Creates or completes a workspace: itself, who may enter it, what it is connected to. Repeating it with the same id changes
 * nothing that is already so; members and clients that are not named stay. A connection is told by platform and name.
 * Credentials are written before the connection, so that a connection always has some.
 */
export async function provisionWorkspace(
  { stores, secrets, now }: ProvisioningPorts,
  order: ProvisionWorkspace,
): Promise<ProvisionedWorkspace> {
  const workspaceId = order.workspace.id ?? newId('wsp', now());
  const { workspace } = stores.forWorkspace(workspaceId);
  for (const { clientId } of order.clients) {
    const others = (await stores.identity.clientsOf(clientId)).filter((client) => client.workspaceId !== workspaceId);
    if (others.length > 0) {
      throw new AppError(
        'conflict',
        `Client ${clientId} already belongs to another workspace; make a client for this one.`,
      );
    }
  }
  await workspace.put({ name: order.workspace.name, currency: order.workspace.currency });
  for (const member of order.members) await workspace.putMember(member);
  for (const client of order.clients) await workspace.putClient(client);
  const connectionIds: string[] = [];
  for (const { platform, name, managerPlatformId, credentials } of order.connections) {
    const id = derivedId('con', [workspaceId, platform, name]);
    await secrets.put(id, credentials);
    const known = await workspace.connection(id);
    await workspace.putConnection({
      ...known,
      id,
      platform,
      name,
      managerPlatformId: managerPlatformId ?? null,
      createdAt: known?.createdAt ?? new Date(now()).toISOString(),
    });
    connectionIds.push(id);
  }
  return { workspaceId, connectionIds };
}

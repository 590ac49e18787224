import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import { connection as connectionSchema } from '../../../contracts/schemas/connections.ts';
import { completeAuthorization, startAuthorization } from './authorize-connection.ts';
import { type ConnectionPorts, noConnection } from './ports.ts';
import { presentConnection } from './present-connection.ts';
import { removeConnection } from './remove-connection.ts';

/** Connections to the platforms: see how they fare, authorize, change, remove. */
export function manageConnections(ports: ConnectionPorts) {
  const present = async (workspaceId: string, record: ConnectionRecord) =>
    presentConnection(record, ports.descriptorOf(record.platform), await ports.versionOf(workspaceId, record.platform));
  const find = async (workspaceId: string, id: string): Promise<ConnectionRecord> => {
    const record = await ports.stores.forWorkspace(workspaceId).workspace.connection(id);
    if (record === undefined) throw noConnection(id);
    return record;
  };
  return {
    async listConnections({ principal: { workspaceId } }) {
      const records = await ports.stores.forWorkspace(workspaceId).workspace.connections();
      return { items: await Promise.all(records.map((record) => present(workspaceId, record))) };
    },

    getConnection: async ({ principal: { workspaceId }, path: { connectionId } }) =>
      present(workspaceId, await find(workspaceId, connectionId)),

    startAuthorization: (request) => startAuthorization(ports, request),

    completeAuthorization: async (request) =>
      present(request.principal.workspaceId, await completeAuthorization(ports, request)),

    async changeConnection({ principal: { workspaceId }, path: { connectionId }, body, ifMatch }) {
      const record = await find(workspaceId, connectionId);
      requireUnchanged(ifMatch, connectionSchema, await present(workspaceId, record));
      const { workspace } = ports.stores.forWorkspace(workspaceId);
      const change = {
        ...(body.name !== undefined && { name: body.name }),
        ...(body.paused !== undefined && { paused: body.paused }),
      };
      if (!(await workspace.changeConnection(connectionId, record.revision, change))) throw changedMeanwhile();
      return present(workspaceId, await find(workspaceId, connectionId));
    },

    removeConnection: ({ principal: { workspaceId }, path: { connectionId } }) =>
      removeConnection(ports, workspaceId, connectionId),
  } satisfies RouteCases;
}

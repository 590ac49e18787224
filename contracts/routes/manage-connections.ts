import type { Route } from '../route.ts';
import {
  changeConnectionBody,
  completeAuthorizationBody,
  connection,
  connectionList,
  connectionPath,
  removedConnection,
  startAuthorizationBody,
  startedAuthorization,
} from '../schemas/connections.ts';

const handler = 'integrations/manage-connections';

export const manageConnectionsRoutes = {
  listConnections: {
    method: 'GET',
    path: '/v1/connections',
    summary: 'Connections to ad platforms and how they fare',
    handler,
    scope: 'connections.read',
    success: { status: 200, schema: connectionList },
  },
  getConnection: {
    method: 'GET',
    path: '/v1/connections/{connectionId}',
    summary: 'One connection',
    handler,
    scope: 'connections.read',
    pathParams: connectionPath,
    success: { status: 200, schema: connection },
  },
  startAuthorization: {
    method: 'POST',
    path: '/v1/connections/authorizations',
    summary: 'Begin to authorize a connection at its platform',
    handler,
    scope: 'connections.write',
    body: startAuthorizationBody,
    success: { status: 201, schema: startedAuthorization },
    idempotent: true,
  },
  completeAuthorization: {
    method: 'POST',
    path: '/v1/connections',
    summary: 'Make or renew a connection with what the platform handed back',
    handler,
    scope: 'connections.write',
    body: completeAuthorizationBody,
    success: { status: 201, schema: connection },
    idempotent: true,
  },
  changeConnection: {
    method: 'PATCH',
    path: '/v1/connections/{connectionId}',
    summary: 'Rename, pause or resume a connection',
    handler,
    scope: 'connections.write',
    pathParams: connectionPath,
    body: changeConnectionBody,
    success: { status: 200, schema: connection },
    conditional: true,
  },
  removeConnection: {
    method: 'DELETE',
    path: '/v1/connections/{connectionId}',
    summary: 'Revoke and remove a connection; its facts stay',
    handler,
    scope: 'connections.write',
    pathParams: connectionPath,
    success: { status: 200, schema: removedConnection },
  },
} as const satisfies Record<string, Route>;

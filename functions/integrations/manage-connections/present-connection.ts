import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { Connection } from '../../../contracts/schemas/connections.ts';
import { connectionState } from '../../../domain/integrations/connections.ts';
import type { PlatformDescriptor } from '../../../domain/integrations/platform.ts';

/** A connection as callers see it. `version` is the configured one, where it differs from the descriptor's. */
export function presentConnection(
  record: ConnectionRecord,
  descriptor: PlatformDescriptor,
  version: string | undefined,
): Connection {
  return {
    id: record.id,
    platform: record.platform,
    name: record.name,
    paused: record.paused,
    managerPlatformId: record.managerPlatformId,
    createdAt: record.createdAt,
    authorizedAt: record.authorizedAt,
    tokenExpiresAt: record.tokenExpiresAt,
    apiVersion: {
      inUse: version ?? descriptor.apiVersion,
      // What is announced is announced for the descriptor's version alone.
      sunset: version === undefined || version === descriptor.apiVersion ? descriptor.apiVersionSunset : null,
    },
    health: {
      state: connectionState(record),
      lastSuccessAt: record.lastSuccessAt,
      lastFailureAt: record.lastFailureAt,
      lastFailure: record.lastFailure,
      accountsReached: record.accountsReached,
    },
  };
}
